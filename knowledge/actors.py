"""Who does what: the bodies and people that documents give work to, and the verbs that work begins with."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.work_words import HEADS, NAME_WORDS, VERBS

_PLURAL = r"(?:(?:các|những|mỗi|từng|tất cả các|toàn thể)\s+)?(?:\d+\s+)?"
_DECISIVE = re.compile(
    r"(?:báo cáo|phản ánh|chủ trì|có nhiệm vụ|có trách nhiệm|chịu trách nhiệm|phải|thống nhất với)\b"
)
_ACTOR = re.compile(rf"{_PLURAL}(?:{HEADS})(?!\w)", re.IGNORECASE)
_VERB = re.compile(rf"(?<![\w-])(?<!được )(?P<verb>{VERBS})(?!\w)|(?<=[a-zà-ỹđ]):\s+(?!\d)")
_CALL = re.compile(
    r"(?:^|(?<=\s))(?:[Gg]iao(?! ban (?:nhanh|h[àằ]ng|định kỳ|với|tháng|quý|tuần|trực)| lưu| dịch)(?: cho)?|"
    r"[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Uu]ỷ quyền cho|[Đđ]ối với)\s+(?=\S)"
)
_ADVERBIAL = re.compile(
    r"(?:định kỳ|hàng|hằng|mỗi (?:tuần|tháng|quý|năm|kỳ|học)|trước|trong|sau|khi|trên cơ sở|căn cứ|đồng thời|"
    r"ngoài ra|riêng|đến|kể từ|từ|theo(?! dõi)|để|nhân (?:dịp|kỷ niệm|ngày)|vào|cuối|đầu(?! tư| mối)|nhận được|"
    r"quá trình|ngay|tùy|qua|bên cạnh|cùng với|nếu|trường hợp|nơi|ở|tại|đối với|nhằm|về|hết|"
    r"thực hiện (?:nghị|chỉ|kế|chương|công|hướng|luật|quy))\b[^,]{0,140},\s+",
    re.IGNORECASE,
)
_CAPITAL = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_DATED = re.compile(
    r"(?:[Tt]rước|[Cc]hậm nhất|[Vv]ào|[Đđ]ến|[Hh]ết)(?: là)?(?: vào)? ngày \d[\d/]*"
    rf"(?: (?:của|cuối|đầu|sau|này|mỗi|h[àằ]ng|tháng|quý|năm)(?: [\dIV/]+(?!\w))?)*\s+(?={_CAPITAL})"
)
"""A day without a comma before the name of the actor ("trước ngày 25 Ban Chấp hành tổng hợp …")."""
_OCCASION = re.compile(r"(?:khi|sau khi|nếu|trường hợp|nơi|quá trình|nhận được)\b", re.IGNORECASE)
_NAME_TAIL = re.compile(
    rf"(?:\s*[,–-]\s*|\s+)(?:(?:{NAME_WORDS})(?!\w)|"
    rf"{_CAPITAL}\w*(?:\s+(?!{_CAPITAL}|(?:có|được|là|đã|sẽ)\b)[^\W\d_]+)?)"
)
_ENTITLES = re.compile(r"[^,;.]*?\b(?:được|đạt|bị|hưởng|có (?:ít nhất |tối thiểu )?(?:một|\d+)|tăng|giảm)\b")
_NO_PREDICATE = re.compile(
    r"\s+(?:là|có|được|bị|đã|đang|đạt|của|với|về|ở|trong|trên|tại|từ|cho|vì|do|nên|không|chưa|còn|rất|hiện|gồm|hay|"
    r"hoặc|như|mà|khi|nếu|thì|để|hoạt động|vững mạnh|mới|ngày càng|nào|này|đó|trở|hưởng|đủ|tiêu biểu|xuất sắc|sau|tự|"
    r"chậm|vi phạm|nợ|thiếu|gặp (?:khó|vướng|trở)|đóng|nằm|vừa|làm việc|công tác|phải)\b"
)
_PREDICATE = re.compile(rf"\s+(?!{_CAPITAL})[^\W\d_]+(?=\s)")
_LONGEST_ACTOR = 260
_FARTHEST_CALL = 140
_FARTHEST_COMMA = 220
_OF = re.compile(
    r"(?:trách nhiệm(?: của| thuộc)?|(?:phân công )?nhiệm vụ (?:của|cho|đối với)|(?:về )?phía)\s+", re.IGNORECASE
)
_SENDS = re.compile(r"phân công|giao", re.IGNORECASE)
_OWN_PEOPLE = re.compile(
    r"(?:(?:ít nhất|một|mỗi|từng|các|những|\d+)\s+)*(?:đồng chí\s+)?"
    r"(?:cán bộ|(?:đảng |cấp )?ủy viên|đảng viên|đoàn viên|chuyên viên|nhân viên|thành viên|công chức|lãnh đạo|"
    r"người)\b",
    re.IGNORECASE,
)
"""Whom a body sends from among its own: the work stays its own ("Công đoàn cơ sở phân công cán bộ theo dõi")."""
_INVOLVES = re.compile(
    r"\b(?:với|cùng|cho|của|giữa|đến|tới|về|do|là|gồm|chỉ đạo|hướng dẫn|đề nghị|yêu cầu|giao|báo cáo|gửi|trình|giúp|"
    r"mời|vận động|đôn đốc|hỗ trợ|tạo điều kiện|phối hợp|lãnh đạo|tham mưu|phân công|kiểm tra|giám sát|để|nghe)\b|[;:]",
    re.IGNORECASE,
)
"""Work that reaches others: a name after it may be one more of them."""
_NOT_WORK = re.compile(
    r"\b(?:được(?! (?:phân công|giao|cử|chọn|ủy quyền))|đạt|"
    r"là(?! (?:chủ|cán bộ|lãnh đạo|người đứng đầu|đoàn viên|đảng viên|công nhân)\b)|đã|sẽ có|có tỷ lệ|"
    r"có uy tín|xếp loại|bị|bằng|"
    r"hưởng(?! (?:ngân sách|lương|chế độ))|nhưng|nếu|thì|mà)\b|(?:không|chưa|chậm|có thể)$|"
    r"\d ?%|\d (?:nghìn |triệu |tỷ )?đồng"
)
_DEFINITION = re.compile(r"\s+gồm \d.*|\s*\((?:sau đây |dưới đây )?(?:gọi|viết)[^)]*\)", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s+(?:và|thì|sẽ|để|trong|cũng|luôn|đều|có|tự|tự giác|tích cực|cùng)|,?\s+(?:trong |đến )?năm 20\d\d)+$"
)
_TOPIC = re.compile(r"[^:;]{2,70}:\s+(?=\S)")
_ROLE = re.compile(
    r"(?:(?:đơn vị|cơ quan|bộ phận|ban|người|cấp)\s+)?(?:được )?"
    r"(?:chủ trì|phối hợp|thực hiện|phụ trách|chịu trách nhiệm|đầu mối|phân công)"
    r"(?:\s+(?:chính|thực hiện|tham mưu|triển khai|theo dõi|chủ trì|phụ trách))?\s*:\s*(?P<actor>\S.*)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:do|giao(?: cho)?)\s+(?P<actor>[^;:()]{3,120}?)\s+"
    r"(?=(?:chủ trì|phụ trách|đảm nhiệm|chịu trách nhiệm|làm đầu mối)\b)"
)


@dataclass(frozen=True)
class Assigned:
    """An actor at the beginning of a clause and where the work begins."""

    actor: str
    begins: int


@lru_cache(maxsize=2_048)
def actor_of_heading(heading: str) -> str | None:
    """The actor whom a heading names ("Giao Văn phòng", "Trách nhiệm của các sở"); `None` for any other heading."""
    opens = _CALL.match(heading) or _OF.match(heading)
    words = heading[opens.end() :] if opens else heading
    if not _ACTOR.match(words):
        return None
    verb = _VERB.search(words)
    return _trimmed(words[: verb.start()] if verb else words)


def is_actor(words: str) -> bool:
    """Whether words, such as a cell under "Đơn vị thực hiện", begin with a body or a person who can be given work."""
    return bool(_ACTOR.match(words)) or bool(re.match(r"(?:LĐLĐ|CĐ\w*|BTV|BCH|đ/c)\b", words, re.IGNORECASE))


@lru_cache(maxsize=8_192)
def assigned(clause: str) -> Assigned | None:
    """The actor with whom a clause begins, after words of time and words that call on somebody ("Đề nghị …").

    A topic in front ("Báo cáo quý: …") does not count.
    """
    topic = _TOPIC.match(clause)
    role = role_of(clause)
    if role is not None:
        return role
    return _assigned(clause, 0) or (_assigned(clause, topic.end()) if topic else None)


def _assigned(clause: str, start: int) -> Assigned | None:
    """The actor from `start` on; after words of circumstance ("Khi có đình công, …") the one behind a comma."""
    if (dated := _DATED.match(clause, start)) and (here := _named(clause, dated.end())):
        return here
    called = _called(clause, start)
    if called or not _ADVERBIAL.match(clause, start):
        return called or _named(clause, start)
    commas = re.compile(r",\s+").finditer(clause, start, start + _FARTHEST_COMMA)
    behind = (_called(clause, comma.end()) or _named(clause, comma.end()) for comma in commas)
    return next((here for here in behind if here), None)


def inner_assigned(clause: str) -> list[tuple[int, Assigned]]:
    """Actors that take over after a comma inside a clause ("…, cấp ủy thống nhất với …"), with where they stand."""
    if assigned(clause) is not None:
        return []
    found = []
    opening = clause[:1].lower() + clause[1:]
    for comma in re.finditer(r",\s+", clause):
        rest = clause[comma.end() :]
        if not _ACTOR.match(rest) or "," in rest[:3]:
            continue
        here = _named(rest, 0)
        if here is None or (" và " in here.actor and not _VERB.search(opening, 0, comma.start())):
            continue
        if "," not in here.actor and _DECISIVE.match(rest, here.begins):
            found.append((comma.end(), here))
    return found


def joined_assigned(clause: str, first: Assigned) -> tuple[int, Assigned] | None:
    """Another body that a clause gives work to after an "và" ("Chi ủy định hướng … và Ban Chấp hành cụ thể hóa …"),
    with where it stands; `None` where it may only be one more of those whom the first one works with or for."""
    for link in re.finditer(r" và (?=[A-ZĐ])", clause[first.begins :]):
        start = first.begins + link.end()
        work = clause[first.begins : start]
        here = None if _INVOLVES.search(work) or not begins_with_work(work) else _named(clause, start)
        if here is not None and "," not in here.actor and " và " not in here.actor:
            return start, here
    return None


def begins_with_work(clause: str) -> bool:
    """Whether a clause begins with a verb of work ("Báo cáo …", "hằng tháng gửi …")."""
    return bool(_VERB.match(clause[:1].lower() + clause[1:]))


def role_of(clause: str) -> Assigned | None:
    """The actor of words that only say whose a task is: "Đơn vị chủ trì: Ban Nữ công", "phối hợp: Văn phòng"."""
    role = _ROLE.match(clause)
    if role is None or not is_actor(role["actor"]) or _VERB.search(role["actor"]):
        return None
    return Assigned(_trimmed(role["actor"]), 0)


def done_by(clause: str) -> Assigned | None:
    """Who a task is done by, where it is the task that the clause begins with ("Hội thi do Ban Nữ công chủ trì")."""
    by = _BY.search(clause)
    return Assigned(_trimmed(by["actor"]), by.end()) if by and is_actor(by["actor"]) else None


def sends_its_own(clause: str) -> bool:
    """Whether a clause sends somebody from among one's own people, so that the work is of whoever stands above it."""
    call = _CALL.match(clause)
    return bool(call and _SENDS.match(call.group()) and _OWN_PEOPLE.match(clause, call.end()))


def calls(clause: str) -> bool:
    """Whether a clause opens with a call on somebody ("Đề nghị …", "giao …")."""
    return bool(_CALL.match(clause))


def calls_only(clause: str) -> bool:
    """Whether a clause calls on somebody and ends before saying for what: a semicolon stood in a list of names."""
    call = next((call for call in _CALL.finditer(clause) if _ACTOR.match(clause, call.end())), None)
    if call is None or (_ACTOR.match(clause) and _VERB.search(clause, 0, call.start())):
        return False
    head = _ACTOR.match(clause, call.end())
    names_only = head is not None and not _PREDICATE.match(clause, _name_end(clause, head.end()))
    return names_only and _VERB.search(clause, call.end()) is None


def _called(clause: str, start: int) -> Assigned | None:
    for call in _CALL.finditer(clause, start, start + _FARTHEST_CALL):
        before = clause[start : call.start()].strip()
        named = _ACTOR.match(clause, start)
        if named and _SENDS.match(call.group()) and _OWN_PEOPLE.match(clause, call.end()):
            return None
        works_itself = named and _VERB.search(clause, named.end(), call.start())
        if _SENDS.match(call.group()) and begins_with_work(before) and _OWN_PEOPLE.match(clause, call.end()):
            return None
        if works_itself or (before and not named and not before.endswith((",", "kính", "Kính"))):
            continue
        here = _named(clause, call.end())
        if here is not None:
            return here
    return None


def _named(clause: str, start: int) -> Assigned | None:
    head = _ACTOR.match(clause, start)
    if head is None:
        return None
    verb = _VERB.search(clause, head.end(), start + _LONGEST_ACTOR)
    if verb is None:
        return None
    end = _name_end(clause, head.end())
    far = "," in clause[end : verb.start()] and not _DECISIVE.match(clause, verb.start())
    strays = far and _PREDICATE.match(clause, end) and not _NO_PREDICATE.match(clause, end)
    begins = end if strays else verb.start()
    actor = _trimmed(clause[start:begins])
    return None if _NOT_WORK.search(actor) else Assigned(actor, begins)


def _name_end(clause: str, end: int) -> int:
    """Where a name that is read up to `end` ends: after its words of place and level and its capitalised words."""
    while (word := _NAME_TAIL.match(clause, end)) is not None:
        end = word.end()
    return end


def told_plainly(clause: str, among_tasks: bool) -> Assigned | None:
    """The actor of a clause whose verb is not known: the name is read word by word to its end.

    Only after a call ("Giao …") and among tasks ("Tổ chức thực hiện") does a name before an unknown word mean work.
    """
    call = _CALL.match(clause)
    if call and "ối với" not in call.group():
        return _plain(clause, call.end())
    if not among_tasks:
        return None
    commas = re.compile(r",\s+").finditer(clause, 0, _FARTHEST_COMMA) if _OCCASION.match(clause) else ()
    starts = [0, *(comma.end() for comma in commas)]
    return next((here for here in (_plain(clause, start) for start in starts) if here), None)


def _plain(clause: str, start: int) -> Assigned | None:
    head = _ACTOR.match(clause, start)
    if head is None:
        return None
    end = _name_end(clause, head.end())
    if _NO_PREDICATE.match(clause, end) or _ENTITLES.match(clause, end) or not _PREDICATE.match(clause, end):
        return None
    return Assigned(_trimmed(clause[start:end]), end)


def _trimmed(words: str) -> str:
    return _TRAILING.sub("", _DEFINITION.sub("", words).strip(" ,:;.()-–"))
