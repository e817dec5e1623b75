"""A question that leans on the one before it ("còn 2030?", "gửi cho ai?", "thế mình?"), with what it leaves out."""

import re
from dataclasses import replace

from knowledge.asked import Question
from knowledge.index import Library
from knowledge.named_unions import in_names, names_in
from knowledge.terms import Term

_DETAILS = ("who", "often", "due", "via")
_SORTS_THAT_STAND_ALONE = (("report",), ("document", "number", "signer", "issuer", "basis", "recipients"))
"""Sorts of questions that need no subject: without one they are about the asker's own reports and documents."""
_YEAR = re.compile(r" (?:năm |đến năm )?20[1-9]\d(?= )| năm (?:nay|tới|sau|ngoái)(?= )")
_HAS = re.compile(r" có (?:tổng cộng |tất cả |khoảng )?(?:bao nhiêu|mấy|nhiêu) ")
_GROWTH = frozenset({"tăng", "tăng thêm", "phát triển", "phát triển thêm", "kết nạp", "kết nạp mới"})
_RHYTHM = re.compile(
    r" (?:(?:báo cáo|hằng|hàng|mỗi) (?:tháng|quý|năm|6 tháng|sáu tháng)|monthly|quarterly|annual|yearly|half-yearly|"
    r"six-month) "
)
_OWN_INSTEAD = re.compile(
    r" (?:thế |còn |vậy |rồi |thì |của |bên |đơn vị |công ty |trường |chỗ |nhà ){0,4}(?:mình|em|tôi|tui|tụi em|"
    r"chúng em|chúng tôi|bọn em)(?: thì sao| sao| thì)?(?: ạ| nhỉ| vậy)* "
)
_OURS_INSTEAD = re.compile(
    r" (?:and |what about |how about ){1,2}(?:us|ours|our (?:own )?(?:union|unit|company|school)) "
)
_THERE = re.compile(
    r" (?:ở|tại|bên|chỗ|nơi|đơn vị|trường|công ty|của) (?:đó|đấy|ấy|kia) | (?:there|that union|that one) "
)
_AMONG_THEM = re.compile(r" (?:trong đó|trong số (?:đó|này|ấy)|of these|of them|of which|among them) ")
_OF_EACH = re.compile(r" (?:mỗi|một|từng|each|per|every) (?!năm |quý |tháng |tuần |year |month |quarter )")
_SHORT = 5


def put_together(before: Question, now: Question, library: Library) -> Question:
    """The question `now`, which leans on the one before it, with what it leaves out."""
    if _OWN_INSTEAD.fullmatch(now.words) or _OURS_INSTEAD.fullmatch(now.words):
        return _merged(_without(before, in_names(before.terms, library)), _of_oneself(now))
    if _THERE.search(now.words):
        return _there(before, now, library)
    return now if _turns_to_something_else(now, before) else _merged(before, now)


def _there(before: Question, now: Question, library: Library) -> Question:
    """A follow-up about the union that the question before named ("ở đó đối thoại mấy buổi?")."""
    there = in_names(before.terms, library)
    named = names_in(before.words, library)
    terms = (*there, *now.terms) if now.subject else before.terms
    return replace(_merged(before, now), words=f"{now.words}{named} ", terms=terms)


def leans(question: Question) -> bool:
    """Whether a question leaves something out that the one before it may say."""
    if question.wants("follow") or _THERE.search(question.words) or _AMONG_THEM.match(question.words):
        return True
    if question.wants("subject_is_targets") and question.wants("own_unit", "list") and not question.wants("amount"):
        return False  # "chỉ tiêu 2025 của mình là gì" leaves nothing out, whatever was asked before
    short = len(question.words.split()) <= _SHORT
    return not question.subject or (short and question.wants("source"))


def goes_into(now: Question, before: Question) -> bool:
    """Whether a question asks for each of the things that the one before was about ("mỗi lớp bao nhiêu người?" after
    "mấy lớp cho tổ trưởng"), and says less of them."""
    named = now.subject
    known = bool(named) and all(term.spoken in before.words for term in named)
    return bool(_OF_EACH.match(now.words)) and known and set(named) != set(before.subject)


def _of_oneself(now: Question) -> Question:
    """A follow-up that asks the same of the asker's own union ("thế mình?")."""
    return replace(now, intents=now.intents | {"own_unit"} - {"follow"}, terms=(), places=(), levels=())


def _without(before: Question, named: tuple[Term, ...]) -> Question:
    """A question without the unions, places and levels that it names."""
    return replace(before, terms=tuple(term for term in before.terms if term not in named), places=(), levels=())


def _turns_to_something_else(now: Question, before: Question) -> bool:
    """Whether a question without a subject names its own sort of thing: who gets reports, who signed the plan."""
    if now.wants("follow"):
        return False
    if now.wants("subject_is_targets") and not before.wants("subject_is_targets", "amount", "figure"):
        # "Chỉ tiêu 2025 là gì" after who gets the reports, or what is to be done, asks for the targets.
        return True
    return any(now.wants(*sort) and not before.wants(*sort) for sort in _SORTS_THAT_STAND_ALONE)


def _years_meant(before: Question, now: Question) -> tuple[int, ...]:
    """The years of a follow-up: its own, beside that of the question before where it compares with it."""
    if now.wants("compare", "difference") and len(now.years) == len(before.years) == 1:
        return tuple(dict.fromkeys((*before.years, *now.years)))
    return now.years or (() if now.cycle else before.years)


def _in_place(before: Question, now: Question) -> tuple[Term, ...]:
    """The terms of a follow-up that names another bearer ("còn công đoàn cấp trên?" after "công đoàn cơ sở") or another
    thing of the same sort ("còn kinh phí?" after "đoàn phí"): those of the question before with that one in its place;
    else its own."""
    heads = {_head(term) for term in now.subject} - {""}
    tails = {_tail(term) for term in now.subject} - {""}
    left = [term for term in before.terms if _head(term) not in heads and _tail(term) not in tails]
    if not now.wants("follow") or len(now.subject) != 1 or len(left) == len(before.terms):
        return now.terms
    return (*left, *now.terms)


def _head(term: Term) -> str:
    """The first two syllables of a term of several words, which say what sort of thing it is."""
    words = term.said.split()
    return " ".join(words[:2]) if len(words) > 2 else ""


def _tail(term: Term) -> str:
    """The last syllable of a term of two, which says what sort of thing it is."""
    words = term.said.split()
    return words[1] if len(words) == 2 else ""


def _rhythm_left_out(before: Question, now: Question) -> str:
    """Which of several reports a follow-up ("gửi cho ai?") is about, in the words of the question before."""
    said = _RHYTHM.search(before.words) if before.wants("report") else None
    return f"{said[0].strip()} " if said and not re.search(r" (?:tháng|quý|năm) ", now.words) else ""


def _words_of(before: Question, now: Question) -> str:
    """The words of a follow-up: before those of the question that it leans on where it changes only the year."""
    if not now.years or now.subject or now.intents - {"follow"} or now.places or now.levels:
        return now.words + _rhythm_left_out(before, now)
    return f"{now.words.rstrip()}{_YEAR.sub(' ', before.words)}"


def _left_over(before: Question, now: Question) -> tuple[Term, ...]:
    """The terms of the question before that a follow-up may go on with: not what another report was about ("còn báo cáo
    quý?"), nor the growth where it asks for the whole ("có bao nhiêu?")."""
    if now.wants("report") and now.wants("follow") and _RHYTHM.search(now.words):
        return tuple(term for term in before.terms if term.soft)
    return tuple(term for term in before.terms if not (_HAS.search(now.words) and term.said in _GROWTH)) or before.terms


def _merged(before: Question, now: Question) -> Question:
    """The question `now` with what it leaves out taken from the one before."""
    # "Ai lo A?" – "Thế ai lo B?" asks the same of something else; "Ai lo A?" – "Khi nào?" asks more of A.
    sort = next((name for name in _DETAILS if now.wants(name)), None)
    another = bool(sort and now.subject and before.wants(sort))
    asks_detail = not another and now.wants("who", "often", "due", "via", "source", "signer", "dated", "number")
    left = _left_over(before, now)
    adds = asks_detail or _AMONG_THEM.match(now.words)
    terms = left if not now.subject else (*before.terms, *now.terms) if adds else _in_place(before, now)
    own = now.intents - {"follow"}
    inherits = not own or not asks_detail or now.wants("source", "often")
    return replace(
        now,
        words=_words_of(before, now),
        intents=own | (before.intents if inherits else before.intents & {"report", "document"}),
        terms=tuple(dict.fromkeys(terms)),
        years=_years_meant(before, now),
        cycle=now.cycle or (None if now.years or (now.subject and before.cycle == "annual") else before.cycle),
        places=now.places or before.places,
        levels=tuple(dict.fromkeys((*before.levels, *now.levels)))
        if now.wants("compare")
        else now.levels or before.levels,
    )
