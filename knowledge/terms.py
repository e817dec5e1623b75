"""The subject of a question as terms: what an answer has to speak of, and in which wordings plans write it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge import Language
from knowledge.index import Library
from knowledge.lexicon import LONGEST_PHRASE, Lexicon, lexicon
from knowledge.places import LEVELS
from knowledge.spelling import Spelling, restore

_SOFT = 0.25
# A word that our small dictionary lacks may be about the subject or not.
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""))
_UNKNOWN, _UNTRANSLATED = 1.5, 0.8
_COHESION, _FIRM, _ONE_WORD = 0.12, 0.3, 0.2
_FIRM_COUNT = 3
_LONE, _PAIR, _LENGTH = 0.8, 0.05, 0.01
_LONG = 3


@dataclass(frozen=True)
class Term:
    """One thing that a question speaks of: as it was said, the wordings of plans that answer it, how much it weighs.

    An answer `must` hold it when a plan that is silent about it cannot answer the question; a `soft` term only helps to
    choose between passages. A `joined` one is a word whose syllables say nothing apart: of "đoàn phí" a text about
    "kinh phí công đoàn" holds nothing.
    """

    said: str
    written: tuple[str, ...]
    weight: float
    must: bool = False
    soft: bool = False
    joined: bool = False

    def stands_in(self, words: str) -> bool:
        """Whether a text (its tokens, one space between and at both ends) holds the term in any of its wordings."""
        if any(option in words for option in self.wordings):
            return True
        # "phòng vắt, trữ sữa mẹ": a comma may part the words of a long name.
        return bool(self.long_wordings) and any(option in words.replace(" , ", " ") for option in self.long_wordings)

    @cached_property
    def spoken(self) -> str:
        """The term as it was said, to be looked for in a text."""
        return f" {self.said} "

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """The wordings of plans, to be looked for in a text."""
        return (*(f" {option} " for option in self.written), *self._turned_round)

    @property
    def _turned_round(self) -> tuple[str, ...]:
        """A term of two words with the second first: "đoàn viên phát triển" for "phát triển đoàn viên"."""
        words = self._whole.split()
        return (f" {' '.join((*words[2:], *words[:2]))} ",) if len(words) == _LONG + 1 and not self.joined else ()

    @cached_property
    def long_wordings(self) -> tuple[str, ...]:
        """The wordings of at least so many syllables that no two clauses make them by chance."""
        return tuple(option for option in self.wordings if option.count(" ") > _LONG)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of the term, to be looked for in a text; empty for a single word."""
        words = self._whole.split()
        return tuple(f" {word} " for word in words) if len(words) > 1 and not self.joined else ()

    @property
    def _whole(self) -> str:
        """The term in words of the documents: as it was said, or for one in English its first wording."""
        return self.said if self.said in self.written else self.written[0]

    @cached_property
    def nearby(self) -> re.Pattern[str]:
        """The words of the term in order with a few others between ("hiến ít nhất 600 đơn vị máu" for "hiến máu")."""
        return re.compile(r" (?:[^ ,]+ ){0,5}".join(re.escape(word) for word in self._whole.split(" ")))


def terms_of(tokens: Sequence[str], language: Language, library: Library) -> tuple[Term, ...]:
    """The terms of a question's tokens in order, each once; words that carry no subject are left out."""
    phrases = _with_heads(_phrases(tokens, language, library.spelling), language, library.spelling)
    said = [words for words in phrases if not _carries_nothing(words, language)]
    whole = _joined(said, language, library.spelling)
    return tuple(dict.fromkeys(_term(words, language, library) for words in whole))


def spelled_term(term: Term, long: str, library: Library) -> Term:
    """A short form that a document defines, as a term that its long form answers too."""
    return replace(term, written=(term.said, long), weight=_weight(long, library), soft=False)


def _stem(token: str) -> str:
    """An English word in the form that the lexicon knows: "compiles" as "compile"."""
    tables = lexicon()
    forms = (token, *(token.removesuffix(end) + put for end, put in _ENDINGS if token.endswith(end)))
    return next((form for form in forms if form in tables.english or form in tables.english_fillers), token)


def _phrases(tokens: Sequence[str], language: Language, spelling: Spelling) -> list[str]:
    """The tokens cut into the longest phrases that the lexicon, or for two syllables the collection, knows."""
    tables = lexicon()
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(tokens) + 1):
        ways = []
        for start in range(max(0, end - LONGEST_PHRASE), end):
            words = " ".join(tokens[start:end])
            pair = end - start == 2 and language == "vi" and _is_word(tokens[start], tokens[start + 1], spelling)
            if end - start == 1 or pair or _known(words, language, tables):
                piece = _stem(words) if language == "en" and end - start == 1 else words
                cost, before = best[start]
                ways.append((cost + _cost(piece, end - start, language, tables), [*before, piece]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _cost(piece: str, length: int, language: Language, tables: Lexicon) -> float:
    """What a piece of a cut costs: few and long pieces are best, and a lone syllable that nobody knows is worst."""
    unknown = not _known(piece, language, tables)
    # A pair of the collection alone gives way to a word of the lexicon: "giữ trẻ | cho", not "giữ | trẻ cho".
    doubt = _LONE if length == 1 else _PAIR
    return 1.0 + doubt * unknown - _LENGTH * (length - 1) ** 2


def _with_heads(phrases: Sequence[str], language: Language, spelling: Spelling) -> list[str]:
    """A lone syllable together with the word behind it that says little by itself, where the documents write them so:
    "tổ vận động" is more than any "tổ"."""
    tables = lexicon()
    whole: list[str] = []
    for words in phrases:
        left = whole[-1] if whole else ""
        head = (
            language == "vi" and _loose(left) and left.isalpha() and left not in tables.fillers and left not in LEVELS
        )
        if head and " " in words and words in tables.soft and spelling.written_pairs.get((left, words.split()[0])):
            whole[-1] = f"{left} {words}"
        else:
            whole.append(words)
    return whole


def _known(words: str, language: Language, tables: Lexicon) -> bool:
    if language == "en":
        return words in tables.english or words in tables.subjects
    return any(words in table for table in (tables.wordings, tables.subjects, tables.fillers, tables.soft))


def _carries_nothing(words: str, language: Language) -> bool:
    tables = lexicon()
    if words in LEVELS or words == "%" or (words.isdigit() and len(words) == 4 and words.startswith("20")):
        return True
    if language == "en":
        return words in tables.english_fillers and words not in tables.english
    return words in tables.fillers and words not in tables.subjects


def _joined(phrases: Sequence[str], language: Language, spelling: Spelling) -> list[str]:
    """Single syllables that the collection writes as one word put together again ("thi đua", "đối tác")."""
    if language == "en":
        return _vietnamese_names(phrases, spelling)
    whole: list[str] = []
    for words in phrases:
        left = whole[-1] if whole else ""
        if _loose(left) and _loose(words) and spelling.cohesion(left, words) >= _COHESION:
            whole[-1] = f"{left} {words}"
        else:
            whole.append(words)
    return whole


def _vietnamese_names(phrases: Sequence[str], spelling: Spelling) -> list[str]:
    """Vietnamese words typed in an English question ("Mai Am") as the documents write them."""
    whole: list[str] = []
    position = 0
    while position < len(phrases):
        pair = list(phrases[position : position + 2])
        if len(pair) == 2 and not any(words in lexicon().english for words in pair):
            left, right = restore(pair, spelling)
            if spelling.cohesion(left, right) >= _COHESION:
                whole.append(f"{left} {right}")
                position += 2
                continue
        whole.append(phrases[position])
        position += 1
    return whole


def _is_word(left: str, right: str, spelling: Spelling) -> bool:
    fillers = lexicon().fillers
    if (left in fillers) == (right in fillers) or not (left.isalpha() and right.isalpha()):
        return False
    return spelling.written_pairs.get((left, right), 0) >= _FIRM_COUNT and spelling.cohesion(left, right) >= _FIRM


def _is_one_word(words: str, spelling: Spelling) -> bool:
    """Whether the documents mostly write two syllables as one word."""
    pair = words.split()
    return len(pair) == 2 and spelling.cohesion(pair[0], pair[1]) >= _ONE_WORD


def _loose(words: str) -> bool:
    tables = lexicon()
    return bool(words) and " " not in words and words not in tables.wordings and words not in tables.soft


def _term(words: str, language: Language, library: Library) -> Term:
    tables = lexicon()
    table = tables.english if language == "en" else tables.wordings
    written = table.get(words, (words,))
    plain = written if language == "en" else (words,)
    soft = words not in tables.subjects and all(option in tables.soft for option in plain)
    weight = min(_weight(option, library) for option in written) * (_SOFT if soft else 1.0)
    if _says_little(words, library):
        weight = min(weight, _UNTRANSLATED if language == "en" else _UNKNOWN)
    must = words in tables.subjects or words[:1].isdigit()
    return Term(words, written, weight, must, soft, must and _is_one_word(words, library.spelling))


def _says_little(words: str, library: Library) -> bool:
    """Whether a word that the lexicon lacks may be about the subject or not: one that the collection does not write,
    or a single syllable, which is rarely the name of a thing."""
    tables = lexicon()
    if words in tables.subjects or words in tables.wordings or words in tables.english or not words[:1].isalpha():
        return False
    return " " not in words or not all(library.frequencies.get(word, 0) for word in words.split())


def _weight(words: str, library: Library) -> float:
    rarest = min(library.frequencies.get(word, 0) for word in words.split())
    return math.log(1 + library.size / (rarest + 0.5))
