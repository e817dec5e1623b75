"""What a question asks: its language, the kind of answer, its subject, period and place, and what it leans on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge import Language
from knowledge.index import Library
from knowledge.indicators import OTHER, recognise
from knowledge.intents import patterns
from knowledge.lexicon import lexicon, spell_out
from knowledge.places import LEVELS, Place, find_places
from knowledge.spelling import restore
from knowledge.terms import Term, spelled_term, terms_of
from knowledge.vietnamese import fold, is_syllable, syllables

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
_SORTS = ("who", "due", "often", "via", "number", "signer", "issuer", "recipients", "money", "own_unit", "handled")
_DETAILS = ("who", "often", "due", "via")
_SORTS_THAT_STAND_ALONE = (("report",), ("document", "number", "signer", "issuer", "basis", "recipients"))
"""Sorts of questions that need no subject: without one they are about the asker's own reports and documents."""
_HOW_MANY = re.compile(r"(?<!\w)(?:mấy|may|bao nhiêu|bao nhieu|bn|how many)(?!\w)", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:,|\bvà\b|\bva\b|\bvới\b|\band\b)\s*(?=(?:mấy|may|bao nhiêu|bao nhieu|bn|how many)\b)", re.IGNORECASE
)
_PAIR = re.compile(
    r"(?P<head>(?:năm |nam |đến |den )?20\d\d,? )?(?P<left>\S+(?: \S+){0,5}?) (?:và|va|với|voi) "
    r"(?P<right>\S+(?: \S+){0,5}?),? (?:là |đạt |dat |thì )?(?:bao nhiêu|bao nhieu|bn|mấy)\W*(?:phần trăm|%)?\W*",
    re.IGNORECASE,
)
_HAS = re.compile(r" có (?:tổng cộng |tất cả |khoảng )?(?:bao nhiêu|mấy|nhiêu) ")
_GROWTH = frozenset({"tăng", "tăng thêm", "phát triển", "phát triển thêm", "kết nạp", "kết nạp mới"})
_BETWEEN = re.compile(r"\s*(?:[,;]|(?<=\s)(?:và|va|còn|and)(?=\s))\s*", re.IGNORECASE)
BEARERS = frozenset(
    {
        "công ty",
        "doanh nghiệp",
        "nhà máy",
        "xí nghiệp",
        "khách sạn",
        "trường",
        "xưởng",
        "hợp tác xã",
        "bệnh viện",
        "cơ quan",
    }
)
_SHORT, _ENGLISH_AROUND, _LONG_ENOUGH = 5, 4, 3
_LOOSE = 0.5
_NUMBERED = (
    "kế hoạch|nghị quyết|chương trình|chương trình hành động|chỉ thị|quyết định|công văn|kết luận|quy chế|quy định|"
    "nghị định|thông tư|đề án|hướng dẫn|luật|số|khóa|điều|khoản|điểm|lần thứ|plan|resolution|directive|decision|number"
)


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
    levels: tuple[str, ...] = ()

    def wants(self, *intents: str) -> bool:
        """Whether any of these intents shows in the question."""
        return not self.intents.isdisjoint(intents)

    @property
    def subject(self) -> tuple[Term, ...]:
        """The terms that an answer should hold."""
        return tuple(term for term in self.terms if not term.soft)


def two_questions(text: str) -> tuple[str, str] | None:
    """The halves of a message that asks for two figures at once ("mấy đoàn viên, mấy thỏa ước")."""
    asked = list(_HOW_MANY.finditer(text))
    if len(asked) == 1 and (pair := _PAIR.fullmatch(text)) and _are_two(pair["left"], pair["right"]):
        return f"{pair['head'] or ''}{pair['left']} {asked[0][0]}", f"{pair['head'] or ''}{pair['right']} {asked[0][0]}"
    if len(asked) != 2:
        return None
    cut = _JOINT.search(text) or _BETWEEN.search(text, asked[0].end(), asked[1].start())
    return (text[: cut.start()], text[cut.end() :]) if cut else None


def _are_two(left: str, right: str) -> bool:
    """Whether both sides of "và" name an indicator, each another one."""
    named = [
        recognise(" ".join(["", *spell_out(syllables(side), lexicon().typed), ""]), False) for side in (left, right)
    ]
    return OTHER not in named and named[0] != named[1]


def understand(question: str, history: Sequence[str], library: Library, asker: Asker, today: date) -> Question:
    """What `question` asks, after what the same person asked before (`history`, oldest first)."""
    alone = _alone(question, library, today, _own_forms(library, asker))
    if not history or not _leans(alone):
        return alone
    before = understand(history[-1], history[:-1], library, asker, today)
    return alone if _turns_to_something_else(alone, before) else _merged(before, alone)


def _own_forms(library: Library, asker: Asker) -> Mapping[str, str]:
    """The short forms that the documents of the asker define and nobody else knows."""
    forms = library.short_forms(library.scope(asker.chain))
    return {short: long for short, long in forms.items() if short not in lexicon().typed}


def _alone(text: str, library: Library, today: date, forms: Mapping[str, str]) -> Question:
    typed = _with_forms(syllables(_SHARE.sub(" phần trăm ", text)), forms)
    language = _language(typed)
    places = find_places(text, typed, library.places)
    names = [spelled for _, spelled in places] + [token for token in typed if token in forms]
    tokens = typed if language == "en" else _repaired(typed, names, library)
    words = f" {' '.join(_with_forms(tokens, forms))} "
    subject = _without_question_words(_SPAN.sub(" ", _ONCE.sub("", words)), language)
    for _, spelled in places:
        subject = subject.replace(f" {spelled} ", " ")
    intents = frozenset(name for name, pattern in patterns(language).items() if pattern.search(words))
    terms = _without_loose_numbers(terms_of(subject.split(), language, library), words)
    terms = tuple(spelled_term(term, forms[term.said], library) if term.said in forms else term for term in terms)
    return Question(
        text=text,
        language=language,
        words=words,
        intents=intents,
        terms=_without_bearer(terms) if intents & {"threshold", "whether"} else terms,
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


def _without_bearer(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms of a question whether, or from how many people on, a duty holds; whom it binds ("công ty", "bệnh viện")
    plans call otherwise."""
    bearers = [term for term in terms if term.said in BEARERS]
    others = [term for term in terms if not term.soft and term not in bearers]
    return tuple(replace(term, soft=True) if others and term in bearers else term for term in terms)


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
        spelled = spell_out(part.split(), lexicon().typed)
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


_LEVEL = re.compile(rf"(?<= )({'|'.join(LEVELS)}) (?!ủy |đoàn |hội |viên )")
_PART_OF_A_NAME = re.compile(
    r" (?:mỗi|từng|các|những|nhân dân|tổ quốc|lãnh đạo|chính quyền|ban|ủy|vụ|an|thuế|hội|đảng|people s committee) $"
)


def _levels(words: str) -> tuple[str, ...]:
    """The levels whose affairs a question is about ("của huyện", "tỉnh mình"), not those in the name of a body."""
    found = (LEVELS[match[1]] for match in _LEVEL.finditer(words) if not _PART_OF_A_NAME.search(words[: match.start()]))
    return tuple(dict.fromkeys(found))


def _leans(question: Question) -> bool:
    if question.wants("follow"):
        return True
    if question.wants("subject_is_targets") and question.wants("own_unit", "list") and not question.wants("amount"):
        return False  # "chỉ tiêu 2025 của mình là gì" leaves nothing out, whatever was asked before
    short = len(question.words.split()) <= _SHORT
    return not question.subject or (short and question.wants("source"))


def _turns_to_something_else(now: Question, before: Question) -> bool:
    """Whether a question without a subject names its own sort of thing: who gets reports, who signed the plan."""
    if now.wants("follow"):
        return False
    return any(now.wants(*sort) and not before.wants(*sort) for sort in _SORTS_THAT_STAND_ALONE)


def _years_meant(before: Question, now: Question) -> tuple[int, ...]:
    """The years of a follow-up: its own, beside that of the question before where it compares with it."""
    if now.wants("compare", "difference") and len(now.years) == len(before.years) == 1:
        return tuple(dict.fromkeys((*before.years, *now.years)))
    return now.years or (() if now.cycle else before.years)


def _in_place(before: Question, now: Question) -> tuple[Term, ...]:
    """The terms of a follow-up that names another bearer ("còn công đoàn cấp trên?" after "công đoàn cơ sở"): those of
    the question before with that one in its place; else its own."""
    heads = {_head(term) for term in now.subject} - {""}
    left = [term for term in before.terms if _head(term) not in heads]
    if not now.wants("follow") or len(now.subject) != 1 or len(left) == len(before.terms):
        return now.terms
    return (*left, *now.terms)


def _head(term: Term) -> str:
    """The first two syllables of a term of several words, which say what sort of thing it is."""
    words = term.said.split()
    return " ".join(words[:2]) if len(words) > 2 else ""


def _merged(before: Question, now: Question) -> Question:
    """The question `now` with what it leaves out taken from the one before."""
    # "Ai lo A?" – "Thế ai lo B?" asks the same of something else; "Ai lo A?" – "Khi nào?" asks more of A.
    sort = next((name for name in _DETAILS if now.wants(name)), None)
    another = bool(sort and now.subject and before.wants(sort))
    asks_detail = not another and now.wants("who", "often", "due", "via", "source", "signer", "dated", "number")
    left = tuple(term for term in before.terms if not (_HAS.search(now.words) and term.said in _GROWTH)) or before.terms
    terms = left if not now.subject else (*before.terms, *now.terms) if asks_detail else _in_place(before, now)
    own = now.intents - {"follow"}
    inherits = not own or not asks_detail or now.wants("source", "often")
    return replace(
        now,
        intents=own | (before.intents if inherits else before.intents & {"report", "document"}),
        terms=tuple(dict.fromkeys(terms)),
        years=_years_meant(before, now),
        cycle=now.cycle or (None if now.years else before.cycle),
        places=now.places or before.places,
        levels=tuple(dict.fromkeys((*before.levels, *now.levels)))
        if now.wants("compare")
        else now.levels or before.levels,
    )
