"""What a document is about that a question names, and when it was issued: one of ours, or one that a plan quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge import Answer, Document, Finding
from knowledge.answering_spans import document_meant
from knowledge.inquiry import Inquiry, shortened
from knowledge.numbered import is_named
from knowledge.vietnamese import fold

_ENGLISH = {
    "plan": "kế hoạch",
    "resolution": "nghị quyết",
    "action programme": "chương trình hành động",
    "programme": "chương trình",
    "program": "chương trình",
    "decision": "quyết định",
    "directive": "chỉ thị",
    "conclusion": "kết luận",
    "decree": "nghị định",
    "circular": "thông tư",
    "dispatch": "công văn",
    "guidance": "hướng dẫn",
    "guideline": "hướng dẫn",
    "document": "văn bản",
}
_KINDS = (
    "chương trình hành động|chương trình công tác|chương trình|kế hoạch|nghị quyết|chỉ thị|quyết định|công văn|"
    "kết luận|quy chế phối hợp|quy chế|quy định|nghị định|thông tư|đề án|hướng dẫn|thông tri|tờ trình|thông báo"
)
_WIDTH = 440
_END = r"(?: (?:vậy|thế|ạ|nhỉ|đấy|đó|hả|à))* $"
_TOPIC = r"(?: (?:cái|việc|vấn đề|chuyện|chuyển|nội dung|điều|chủ đề|những))*"
# Without accents "nói" may be read as a neighbour of it.
_SAYS = r"(?:nói|nội|nơi|nối|viết|việt|bàn|quy định|đề cập|là|ban hành)"
_ABOUT = re.compile(
    rf" (?:(?:có )?tên(?: (?:đầy đủ|gọi|chính thức|đủ))*(?: là)?{_TOPIC} gì|"
    rf"(?:{_SAYS} )?về{_TOPIC} (?:gì|nào)|(?:nói|nội|viết){_TOPIC} gì|trích yếu(?: là)?(?: gì)?){_END}"
    r"|^ (?:what s|what is|what does|what was) .*? (?:about|deal with|concern|called) $"
    r"|^ (?:what is |what s )?(?:the )?(?:full )?(?:title|name) of "
)
_IS = re.compile(rf"^ (?:{_KINDS}|văn bản) (?:số )?\d\S*(?: của(?: [^ ]+){{1,7}}?)?(?P<asked> là{_TOPIC} gì){_END}")
_FULL_NAME = re.compile(r"^ tên(?: đầy đủ| chính thức)* (?:của )?(?=\S)")
_WHEN = re.compile(
    r"(?<! tới)(?<! đến) (?:(?:được|thì|là|ban hành|ký|ra đời|ra|có|đề|từ|vào) )*(?:ngày tháng|ngày|hôm|khi|năm|lúc) "
    rf"(?:nào|mấy|bao nhiêu|tháng nào)(?: (?:ban hành|ký|ra))?{_END}"
)
_WHOSE = re.compile(
    r" (?:(?:là|do|được|của) )*(?:ai|(?:cơ quan|đơn vị|cấp|nơi) nào)"
    rf"(?: (?:ban hành|ra|đưa ra))?{_END}"
)
_DESIGNATED = re.compile(
    rf" (?P<kind>{_KINDS}|văn bản|{'|'.join(_ENGLISH)}) (?:(?:số |no |number )?(?P<number>\d{{1,4}})(?P<rest>[-/]\S+)?"
    r"(?= )|(?=của ))"
)
_DESCRIBED = re.compile(r"^ (?:(?:cái|bản|cả|trong) )?(?:kế hoạch|chương trình|nghị quyết|hướng dẫn|đề án) ")
_OF_BODY = re.compile(
    r" (?:của|do|bên) (?P<body>.+?)(?: (?:lãnh đạo|chỉ đạo|quy định|yêu cầu|hướng dẫn|ban hành|ra|mà .+|được .+))? $"
)
_ANYBODY = frozenset({"mình", "ta", "nhà", "này", "bên", "đó", "em", "chúng", "ban", "thường", "vụ", "cấp", "trên"})
_DAY = r"(?:,?\s*ngày\s+(?P<day>\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
_AFTER_ISSUER = (
    r"\s*(?:[(,;.“”\"]|$)|\s+(?:về|ban hành|để|nhằm|và|thực hiện|quy định|triển khai|gắn|phù hợp|trong|đến|tại|cho|có|"
    r"là|xây dựng|sửa đổi|hướng dẫn|giao)\b"
)
_ISSUER = rf"(?:,?\s*của\s+(?P<issuer>[^,;.“”\"()]{{3,90}}?)(?={_AFTER_ISSUER}))?(?:\s*\([^()]{{1,40}}\))?"
_TITLE = (
    r"(?:,?\s*(?P<title>(?:về|ban hành|quy định|sửa đổi|giữa)\s.*|[“\"].*|"
    rf"(?:triển khai |tiếp tục )?thực hiện (?i:{_KINDS})\s.*))?"
)
_TITLE_ENDS = re.compile(
    r";|\.(?=\s|$)|\s*\((?:sau đây|gọi)|\s*/\.?$|"
    r",\s+(?=(?:Ban (?:Thường vụ|Chấp hành)|Ủy ban|UBND|Liên đoàn|LĐLĐ|Công đoàn|Đảng|Huyện ủy|Quận ủy|Tỉnh ủy|"
    rf"Thành ủy|Thị ủy|{'|'.join(kind.capitalize() for kind in _KINDS.split('|'))})\b)|"
    r",\s*(?=(?:gắn với|trọng tâm|nhằm|hạn chế|để|góp phần|phù hợp|tham gia|bảo đảm|đảm bảo) )"
)
_RANK = r"(?: hành động| công tác| phối hợp)?"
_BESIDE = re.compile(rf"\s+(?:và|cùng) (?=(?i:{_KINDS}){_RANK} số )")
_QUOTED = re.compile(r"(?:(?:về|ban hành)(?: việc)?\s+)?[“\"][^”\"]+(?:“[^”]*”)?[^”\"]*[”\"]?")


@dataclass(frozen=True)
class Named:
    """A document as a question names it: its kind, the digits of its number (empty where none), who issued it."""

    kind: str
    number: str
    suffix: str
    body: frozenset[str]


@dataclass(frozen=True)
class Quoted:
    """A document as a passage of ours quotes it, all in the passage's words (`name` is what stands before the title);
    what it does not give is empty."""

    document: str
    position: int
    words: str
    name: str
    day: str
    issuer: str
    title: str


def about_answer(inquiry: Inquiry) -> Answer | None:
    """What the document that the question names is about, in the words of its own title or of the plan that quotes it;
    not found where none of the plans says it, `None` where the question asks for something else."""
    words = inquiry.question.words
    asked = _ABOUT.search(words) or _FULL_NAME.search(words)
    told = asked or _IS.search(words)
    named = _named(inquiry, told.start(told.lastgroup or 0) if told else None)
    if named is None:
        return _described(inquiry, asked)
    if ours := _ours(inquiry, named):
        return inquiry.answer("document", [_titled(inquiry, ours)])
    best = max((each for each in _quoted(inquiry, named) if each.title), key=_told, default=None)
    if best is None:
        # Without a number the words may describe what a passage tells.
        return inquiry.answer("nothing", (), outcome="not_found") if named.number else None
    return _shown(inquiry, best, best.words)


def issued_answer(inquiry: Inquiry) -> Answer | None:
    """When and by whom a document was issued that is not ours, where a plan quotes it with its day or its issuer."""
    words = inquiry.question.words
    when = _WHEN.search(words)
    asked = when or _WHOSE.search(words)
    named = _named(inquiry, asked.start() if asked else None)
    if named is None or not named.number or _ours(inquiry, named):
        return None
    best = max(
        (each for each in _quoted(inquiry, named) if (each.day if when else each.issuer)), key=_told, default=None
    )
    return _shown(inquiry, best, best.name) if best else None


def _described(inquiry: Inquiry, asked: re.Match[str] | None) -> Answer | None:
    """What a document of ours is about that the question describes, without its number ("kế hoạch điều chỉnh")."""
    if asked is None or not _DESCRIBED.search(inquiry.question.words):
        return None
    key = document_meant(inquiry, f"{asked.group()} ")
    return inquiry.answer("document", [_titled(inquiry, inquiry.library.documents[key])]) if key else None


def _named(inquiry: Inquiry, start: int | None) -> Named | None:
    """The document that the question names; what is asked of it begins at `start`."""
    words = inquiry.question.words
    if start is None or " báo cáo " in words:
        return None
    # What is asked for stands behind the name in Vietnamese, around it in English.
    inside = f"{words[:start]} " if start > 0 and inquiry.question.language == "vi" else words
    found = _DESIGNATED.search(inside)
    if found is None:
        return None
    body = _OF_BODY.match(inside[found.end() :] if found["number"] else f" {inside[found.end() :]}")
    kind = _ENGLISH.get(found["kind"], found["kind"])
    tokens = frozenset(body["body"].split()) - _ANYBODY if body else frozenset()
    if not found["number"] and not tokens:
        return None
    return Named(kind, (found["number"] or "").lstrip("0"), fold(found["rest"] or ""), tokens)


def _ours(inquiry: Inquiry, named: Named) -> Document | None:
    """The document in scope that is named, if it is one."""
    for key in inquiry.keys:
        document = inquiry.library.documents[key]
        union = inquiry.library.unions.get(document.scope)
        bearer = f"{document.issuer or ''} {union.name if union else ''}"
        of_body = named.body <= frozenset(inquiry.library.spelled(bearer).split())
        of_kind = named.kind == "văn bản" or document.kind.lower().startswith(named.kind)
        if of_body and of_kind and (is_named(inquiry.question, document) if named.number else True):
            return document
    return None


def _titled(inquiry: Inquiry, document: Document) -> Finding:
    passages = inquiry.library.passages(document.key)
    start = document.title[:60]
    held = next((passage for passage in passages if start in passage.text), passages[0])
    return inquiry.finding(document.key, held.position, shortened(document.title, _WIDTH))


def _shown(inquiry: Inquiry, best: Quoted, words: str) -> Answer:
    return inquiry.answer("mention", [inquiry.finding(best.document, best.position, shortened(words, _WIDTH))])


def _told(quoted: Quoted) -> int:
    return 4 * bool(quoted.title) + 2 * bool(quoted.day) + bool(quoted.issuer)


def _quoted(inquiry: Inquiry, named: Named) -> Iterator[Quoted]:
    """Where the plans that the asker sees quote the document, nearest plan first."""
    number = rf"0*{named.number}(?!\d)" if named.number else r"\d{1,4}"
    kind = _KINDS if named.kind == "văn bản" else named.kind
    pattern = re.compile(
        rf"(?i:{kind}){_RANK}\s+(?:số\s*:?\s*)?{number}(?P<suffix>\s?[-/]\s?[\w/-]+(?:-\s\w[\w/-]*)?|\s[A-ZĐ]{{2,4}}/\w+)?"
        rf"{_DAY}{_ISSUER}{_TITLE}"
    )
    start_of = re.compile(rf"(?i:{kind}){_RANK}\s+(?:số\s*:?\s*)?{number}")
    scope = inquiry.library.scope(inquiry.asker.chain)
    seen = replace(inquiry, keys=tuple(dict.fromkeys((*inquiry.keys, *scope))))
    for key, passage in seen.passages():
        for start in start_of.finditer(passage.text):
            match = pattern.match(passage.text, start.start())
            if match and _is_meant(inquiry, named, match):
                yield _as_quoted(key, passage.position, match)


def _is_meant(inquiry: Inquiry, named: Named, match: re.Match[str]) -> bool:
    suffix = re.sub(r"[^a-z0-9]", "", fold(match["suffix"] or ""))
    if named.suffix and suffix and re.sub(r"[^a-z0-9]", "", named.suffix) != suffix:
        return False
    issuer = frozenset(inquiry.library.spelled(match["issuer"] or "").split())
    return not named.body or named.body <= issuer or (not issuer and bool(named.number))


def _as_quoted(key: str, position: int, match: re.Match[str]) -> Quoted:
    title = _whole_title(match["title"] or "")
    name = match.string[match.start() : match.start("title")] if title else match.group()
    words = f"{name}{title}"
    return Quoted(key, position, _trimmed(words), _trimmed(name), match["day"] or "", match["issuer"] or "", title)


def _whole_title(text: str) -> str:
    """A title out of the rest of its sentence: what stands in quotation marks, or up to where the sentence goes on."""
    quoted = _QUOTED.match(text)
    if quoted:
        return quoted.group()
    end = _TITLE_ENDS.search(text)
    title = text[: end.start()] if end else text
    # What carries out two documents names both; else the second one stands beside this one.
    beside = None if re.match(r"(?:về (?:việc )?)?(?:\w+ \w+ )?thực hiện ", title) else _BESIDE.search(title)
    return title[: beside.start()] if beside else title


def _trimmed(words: str) -> str:
    bare = words.strip(" ,;/")
    return bare.removesuffix("”") if bare.count("”") > bare.count("“") else bare
