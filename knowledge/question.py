"""What a question asks: its language, the kind of answer, its subject, period and place, and what it leans on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from knowledge import Language
from knowledge.index import Library
from knowledge.lexicon import lexicon, read_table, spell_out
from knowledge.places import LEVELS, Place, find_places
from knowledge.spelling import restore
from knowledge.terms import Term, terms_of
from knowledge.vietnamese import fold, syllables

_YEAR = re.compile(r"(?<!\S)20[1-9]\d(?!\S)")
_ENGLISH = re.compile(
    r"\b(?:what|who|whom|which|how|many|much|should|does|did|is|are|was|were|by|of|for|and|with|percentage|unions?|members|"
    r"targets?|reports?|plan|district|province|enterprises?|when|where|about|signed|our|must|have|has|there|grassroots)\b"
)
_SHARE = re.compile(r"(?<![\d\s])\s*%|(?<=\D)\s%")
_ONCE = re.compile(r"(?<= )(?:1|một) (?=(?:năm|tháng|quý|lần|tuần) )")
_SHORT = 5


@dataclass(frozen=True)
class Asker:
    """Who asks: the code of their union, and the codes of the levels above it (`chain`, their own first)."""

    union: str
    chain: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question as it was understood. `words` are its tokens with accents restored and abbreviations spelled out, one
    space between and at both ends; `intents` name the rows of `question_words.toml` that it matches."""

    text: str
    language: Language
    words: str
    intents: frozenset[str]
    terms: tuple[Term, ...]
    years: tuple[int, ...] = ()
    cycle: str | None = None
    places: tuple[Place, ...] = ()
    level: str | None = None
    follows: bool = False

    def wants(self, *intents: str) -> bool:
        """Whether any of these intents shows in the question."""
        return not self.intents.isdisjoint(intents)

    @property
    def subject(self) -> tuple[Term, ...]:
        """The terms that an answer should hold."""
        return tuple(term for term in self.terms if not term.soft)


def understand(question: str, history: Sequence[str], library: Library, asker: Asker, today: date) -> Question:
    """What `question` asks, after what the same person asked before (`history`, oldest first)."""
    alone = _alone(question, library, today)
    if not history or not _leans(alone):
        return alone
    return _merged(understand(history[-1], history[:-1], library, asker, today), alone)


def _alone(text: str, library: Library, today: date) -> Question:
    typed = syllables(_SHARE.sub(" phần trăm ", text))
    language = _language(typed)
    places = find_places(text, typed, library.places)
    tokens = typed if language == "en" else _repaired(typed, [spelled for _, spelled in places], library)
    words = f" {' '.join(tokens)} "
    subject = _ONCE.sub("", words)
    for _, spelled in places:
        subject = subject.replace(f" {spelled} ", " ")
    return Question(
        text=text,
        language=language,
        words=words,
        intents=frozenset(name for name, pattern in patterns(language).items() if pattern.search(words)),
        terms=terms_of(subject.split(), language, library),
        years=_years(words, today),
        cycle=_cycle(words, language),
        places=tuple(place for place, _ in places),
        level=_level(words),
    )


def _language(tokens: Sequence[str]) -> Language:
    if any(fold(token) != token for token in tokens):
        return "vi"
    english = len(_ENGLISH.findall(" ".join(tokens)))
    return "en" if english >= 2 or english * 3 >= len(tokens) > 0 else "vi"


def _repaired(tokens: Sequence[str], names: Sequence[str], library: Library) -> list[str]:
    # A name is right as it is: restoring accents would turn it into words of the collection.
    text = " ".join(tokens)
    cut = re.split("(" + "|".join(map(re.escape, names)) + ")", text) if names else [text]
    parts: list[str] = []
    for number, part in enumerate(cut):
        spelled = spell_out(part.split(), lexicon().typed)
        parts += part.split() if number % 2 else spell_out(restore(spelled, library.spelling), lexicon().typed)
    return parts


@cache
def patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    """For each intent the pattern that shows it in the words of a question."""
    rows = read_table("question_words.toml")[language]
    assert isinstance(rows, dict)
    return {name: re.compile("|".join(_bounded(said) for said in listed)) for name, listed in rows.items()}


def _bounded(said: str) -> str:
    start, end = said.startswith("^"), said.endswith("$")
    body = said.removeprefix("^").removesuffix("$")
    return (r"^\s*" if start else r"(?<!\S)") + f"(?:{body})" + (r"\s*$" if end else r"(?!\S)")


def _years(words: str, today: date) -> tuple[int, ...]:
    said = [int(year) for year in _YEAR.findall(words)]
    said += [2000 + int(short) for short in re.findall(r"(?<= năm )\d\d(?= )", words)]
    relative = (("năm nay", 0), ("this year", 0), ("năm tới", 1), ("năm sau", 1), ("next year", 1), ("năm ngoái", -1))
    said += [today.year + step for spelled, step in relative if f" {spelled} " in words]
    return tuple(dict.fromkeys(said))


_CYCLES = {
    "vi": (
        ("annual", r"(?:mỗi|hằng|hàng|từng|bình quân|một|1) năm|năm nào cũng"),
        ("quarterly", r"(?:mỗi|hằng|hàng|từng) quý"),
        ("term", r"nhiệm kỳ|giai đoạn|cả khóa|hết khóa"),
    ),
    "en": (("annual", r"(?:every|each|per|a) year|annual|annually|yearly"), ("term", r"term|period")),
}


def _cycle(words: str, language: Language) -> str | None:
    return next((name for name, pattern in _CYCLES[language] if re.search(rf" (?:{pattern}) ", words)), None)


_AREA = "|".join(LEVELS)
_WHOSE = re.compile(
    rf" (?:của|toàn|cả|trong) ({_AREA})(?= (?!ủy|đoàn) )| ({_AREA}) (?:mình|ta|nhà|em|chúng)(?= )| (?:our|the|whole) ({_AREA}) "
    rf"| (?:của|toàn|cả) ({_AREA}) $"
)


def _level(words: str) -> str | None:
    """The level whose affair a question is about ("của huyện", "tỉnh mình"); not one that is part of a name."""
    match = _WHOSE.search(words)
    if match is None:
        return None
    return LEVELS[next(group for group in match.groups() if group)]


def _leans(question: Question) -> bool:
    short = len(question.words.split()) <= _SHORT
    return question.wants("follow") or not question.subject or (short and question.wants("source"))


def _merged(before: Question, now: Question) -> Question:
    """The question `now` with what it leaves out taken from the one before."""
    asks_detail = now.wants("who", "often", "due", "via", "source", "signer", "dated", "number")
    terms = before.terms if not now.subject else (*before.terms, *now.terms) if asks_detail else now.terms
    own = now.intents - {"follow"}
    inherits = not own or not asks_detail or now.wants("source", "often")
    return replace(
        now,
        intents=own | (before.intents if inherits else before.intents & {"report", "document"}),
        terms=tuple(dict.fromkeys(terms)),
        years=now.years or (() if now.cycle else before.years),
        cycle=now.cycle or (None if now.years else before.cycle),
        places=now.places or before.places,
        level=now.level or before.level,
        follows=True,
    )
