"""What a question asks: its language, the kind of answer, its subject, period and place, and what it leans on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from knowledge import Language
from knowledge.asked import Asker, Question
from knowledge.bearers import BEARERS, without_bearers, written_in
from knowledge.english_slips import mended_english
from knowledge.followups import goes_into, leans, put_together
from knowledge.framing import without_courtesy
from knowledge.index import Library
from knowledge.intents import patterns
from knowledge.joined import parted_tokens, with_letters_back
from knowledge.keystrokes import retyped, without_keys
from knowledge.lexicon import lexicon, spell_out
from knowledge.named_unions import meant_as_named, without_own_name
from knowledge.places import LEVELS, find_places
from knowledge.readings import with_other_readings
from knowledge.spelling import restore
from knowledge.terms import Term, spelled_term, terms_of
from knowledge.turns import plainly_put
from knowledge.vietnamese import fold, is_syllable, syllables

__all__ = ["BEARERS", "Asker", "Question", "understand"]

_YEAR = re.compile(r"(?<!\S)20[1-9]\d(?!\S)")
_ENGLISH = re.compile(
    r"\b(?:what|who|whom|which|how|many|much|should|does|did|is|are|was|were|by|of|for|and|with|percentage|unions?|members|"
    r"targets?|reports?|plan|district|province|enterprises?|when|where|about|signed|our|must|have|has|there|grassroots)\b"
)
_SHARE = re.compile(r"(?<![\d\s])\s*%|(?<=\D)\s%")
_ONCE = re.compile(r"(?<= )(?:1|một) (?=(?:năm|tháng|quý|lần|tuần) )")
_SPAN = re.compile(
    r"(?<= )(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|[2-9]|1\d|20) năm (?=(?:nữa |tới |là |thì |sẽ |phải |tổng )|$)"
)
_SORTS = ("via", "who", "due", "often", "number", "signer", "issuer", "recipients", "money", "own_unit", "handled")
_ENGLISH_AROUND, _LONG_ENOUGH = 4, 3
_LOOSE = 0.5
_NUMBERED = (
    "kế hoạch|nghị quyết|chương trình|chương trình hành động|chỉ thị|quyết định|công văn|kết luận|quy chế|quy định|"
    "nghị định|thông tư|đề án|hướng dẫn|luật|số|khóa|điều|khoản|điểm|lần thứ|plan|resolution|directive|decision|number"
)


def understand(question: str, history: Sequence[str], library: Library, asker: Asker, today: date) -> Question:
    """What `question` asks, after what the same person asked before (`history`, oldest first)."""
    alone = replace(_alone(without_courtesy(retyped(question)), library, asker, today), text=question)
    if not history:
        return alone
    before = understand(history[-1], history[:-1], library, asker, today)
    if leans(alone):
        return put_together(before, alone, library)
    if not goes_into(alone, before):
        return alone
    return replace(alone, terms=tuple(dict.fromkeys((*before.terms, *alone.terms))))


def _own_forms(library: Library, asker: Asker) -> Mapping[str, str]:
    """The short forms that the documents of the asker define and nobody else knows."""
    forms = library.short_forms(library.scope(asker.chain))
    return {short: long for short, long in forms.items() if short not in lexicon().typed}


@lru_cache(maxsize=256)
def _alone(text: str, library: Library, asker: Asker, today: date) -> Question:
    forms = _own_forms(library, asker)
    said = syllables(_SHARE.sub(" phần trăm ", text))
    said = said if _language(said) == "en" else without_keys(said, library.spelling.counts)
    typed = _with_forms(parted_tokens(said, library.spelling), forms)
    language = _language(typed)
    places = find_places(text, typed, library.places)
    own = library.unions.get(asker.union)
    names = [spelled for _, spelled in places] + [token for token in typed if token in forms]
    tokens = mended_english(typed, names) if language == "en" else _repaired(typed, names, library)
    words = plainly_put(f" {' '.join(_with_forms(tokens, forms))} ", language)
    subject = _without_question_words(_SPAN.sub(" ", _ONCE.sub("", words)), language)
    for _, spelled in places:
        subject = subject.replace(f" {spelled} ", " ")
    intents = frozenset(name for name, pattern in patterns(language).items() if pattern.search(words))
    terms = _without_loose_numbers(terms_of(subject.split(), language, library), words)
    terms = tuple(spelled_term(term, forms[term.said], library) if term.said in forms else term for term in terms)
    terms = with_other_readings(terms, said, library.spelling) if language == "vi" else terms
    terms = meant_as_named(terms, words, library)
    terms = without_own_name(terms, words, own.name) if own and "report" in intents else terms
    written = written_in(library, library.scope(asker.chain))
    return Question(
        text=text,
        language=language,
        words=words,
        intents=intents,
        terms=without_bearers(terms, words, intents, own.name if own else "", written),
        years=_years(words, today),
        cycle=_cycle(words, language),
        places=tuple(place for place, _ in places),
        levels=_levels(words),
    )


def _with_forms(tokens: Sequence[str], forms: Mapping[str, str]) -> list[str]:
    """The tokens with the short forms of the documents, for their long forms and for what is typed without accents."""
    if not forms:
        return list(tokens)
    folded = {fold(short): short for short in forms}
    words = f" {' '.join(folded.get(token, token) for token in tokens)} "
    for short, long in forms.items():
        words = words.replace(f" {long} ", f" {short} ")
    return words.split()


def _without_question_words(words: str, language: Language) -> str:
    """The words of a question but for those that only say what sort of thing is asked for."""
    for name in _SORTS:
        words = patterns(language)[name].sub(" ", words)
    return words


def _without_loose_numbers(terms: Sequence[Term], words: str) -> tuple[Term, ...]:
    """The terms; a bare number is what an answer must hold only where it numbers a document ("Nghị quyết 02"): "công ty
    30 người" and "70 hay 65" do not ask for a text that holds just that."""
    return tuple(
        replace(term, must=False, soft=True, weight=_LOOSE)
        if term.said.isdigit() and not re.search(rf" (?:{_NUMBERED}) (?:số )?{term.said} ", words)
        else term
        for term in terms
    )


def _language(tokens: Sequence[str]) -> Language:
    english = len(_ENGLISH.findall(" ".join(tokens))) + sum(map(_is_english, tokens))
    accented = sum(fold(token) != token for token in tokens)
    if accented:
        # An English question may name a thing in Vietnamese.
        return "en" if english >= _ENGLISH_AROUND and accented * 3 <= len(tokens) else "vi"
    return "en" if english >= 2 or english * 3 >= len(tokens) > 0 else "vi"


def _is_english(token: str) -> bool:
    """Whether a token is an English word of union work that is no Vietnamese syllable without its accents."""
    known = token in lexicon().english or token in lexicon().english_fillers
    return known and len(token) > _LONG_ENOUGH and not is_syllable(token) and not _ENGLISH.fullmatch(token)


def _repaired(tokens: Sequence[str], names: Sequence[str], library: Library) -> list[str]:
    # A name is right as it is: restoring accents would turn it into words of the collection.
    text = " ".join(tokens)
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    cut = re.split(rf"(?<!\S)({either})(?!\S)", text) if names else [text]
    parts: list[str] = []
    for number, part in enumerate(cut):
        spelled = with_letters_back(spell_out(part.split(), lexicon().typed), library.spelling)
        parts += part.split() if number % 2 else spell_out(restore(spelled, library.spelling), lexicon().typed)
    return parts


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


_LEVEL = re.compile(rf"(?<= )(?<!tác )({'|'.join(LEVELS)}) (?!ủy |đoàn |hội |viên )")
_PART_OF_A_NAME = re.compile(
    r" (?:mỗi|từng|các|những|nhân dân|tổ quốc|lãnh đạo|chính quyền|ban|ủy|vụ|an|thuế|hội|đảng|people s committee) $"
)


def _levels(words: str) -> tuple[str, ...]:
    """The levels whose affairs a question is about ("của huyện", "tỉnh mình"), not those in the name of a body."""
    found = (LEVELS[match[1]] for match in _LEVEL.finditer(words) if not _PART_OF_A_NAME.search(words[: match.start()]))
    return tuple(dict.fromkeys(found))
