"""What the head and the foot of a document say: number, kind, title, issuer, place, date, signer, bases, recipients.

Three families of numbers are read: Party `43-KH/ĐU`, State `10/KH-UBND`, union `130/KH-LĐLĐ`. What a document does not
say stays `None`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from knowledge.figures import date_in
from knowledge.layout import (
    BULLET,
    RECIPIENTS,
    SIGNED_FOR,
    Paragraph,
    foot_of,
    is_chapter,
    mostly_capital,
    starts_item,
    unbulleted,
)
from knowledge.vietnamese import fold

KINDS = (
    "Kế hoạch",
    "Chương trình hành động",
    "Chương trình công tác",
    "Chương trình",
    "Nghị quyết",
    "Chỉ thị",
    "Quyết định",
    "Hướng dẫn",
    "Thông báo",
    "Báo cáo",
    "Quy chế",
    "Quy định",
    "Kết luận",
    "Đề án",
    "Công văn",
    "Thông tri",
    "Tờ trình",
    "Giao ước thi đua",
)
_MOST_TITLE_LINES = 6
_LONGEST_TITLE = 300
_LONGEST_REST = 3
"""So many words of an office's name go over to a second line in the narrow column of a head."""
_NUMBER = re.compile(r"\W*S[ốôoỐÔO]\s*[:.]?\s*(\d{1,4})\s*([-/])\s*([A-ZĐƯ][\wĐđƯư]*(?:\s?[-/&]\s?[\wĐđƯư]+)*)")
_RUNNING = re.compile(
    rf"(?:{'|'.join(KINDS)})\s+(?:số\s*:?\s*)?(?P<number>\d{{1,4}}\s*[-/]\s*[^\W\d]\S*)", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"\((?:Ban hành )?[Kk]èm theo [^()]{0,80}?(?P<issued>ngày [\d/]+|ngày \d+ tháng \d+ năm \d+)\s+của\s+"
    r"(?P<issuer>[^()]{5,90})\)"
)
_ISSUED = re.compile(r"([^\W\d_][^,\d:;]{1,40}),\s*ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
_MOTTOES = ("cong hoa xa hoi", "dang cong san viet nam", "doc lap", "tong lien doan lao dong viet nam")
_BODY = (
    r"Ban Thường vụ|Ban Chấp hành|Ban Thường trực|Ủy ban nhân dân|UBND|Liên đoàn Lao động|LĐLĐ|Công đoàn|Đảng ủy|"
    r"Huyện ủy|Quận ủy|Tỉnh ủy|Thành ủy|Thị ủy|Chi ủy|Hội đồng|Ủy ban"
)
_ISSUES = re.compile(
    rf"(?:^|[,;.”\"]\s+)((?:{_BODY})[^,;:“”]{{0,90}}?)(?:\s*\(.{{1,40}}?\))?\s+"
    r"(?:xây dựng|ban hành|đề ra|triển khai|thực hiện|hướng dẫn|yêu cầu|thông báo)\b[^:]{0,260}:\s*$"
)
_BASIS = re.compile(r"(?:-\s*)?(?:Căn cứ|Thực hiện|Xét|Theo|Triển khai)\s+")
_DEFINES = re.compile(r"gọi (?:tắt |chung )?là\b|viết tắt")
_DOCUMENT_NAMED = re.compile(r"\bsố\b|Nghị quyết|Luật|Điều lệ|Đại hội|Đề nghị", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:[^\W\d_][^\W\d_A-ZĐ]*|\w\.)\s+){1,4}[^\W\d_]\S*")
_INITIALS = re.compile(r"(?:[A-ZĐ]\.\s*){2,4}(?:[A-ZĐ][^\W\d_]*)?")
_CAPITAL_NAME = re.compile(r"[A-ZĐÀ-Ỹ]+(?: [A-ZĐÀ-Ỹ]+){1,4}")
_POST = re.compile(r"CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG|THƯỜNG TRỰC|CHÁNH|CHỦ NHIỆM|ỦY VIÊN|TỔNG THƯ KÝ")
_PLACE = re.compile(r"(?:TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THÀNH PHỐ|THỊ XÃ|THỊ TRẤN|ĐẶC KHU)\s")
_STANDARD_NAMES = (
    "Ủy ban nhân dân|Hội đồng nhân dân|Liên đoàn Lao động|Công đoàn cơ sở|Công đoàn|Đảng ủy|Huyện ủy|Quận ủy|Tỉnh ủy|"
    "Thành ủy|Thị ủy|Đảng bộ|Ban Thường vụ|Ban Chấp hành|Phó Chủ tịch|Chủ tịch|Phó Bí thư|Bí thư|Thường trực|"
    "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|ngành|Giáo dục|Y tế|"
    "Viên chức|các|Khu công nghiệp|Khu kinh tế|Khu chế xuất|Tổng công ty|Công ty"
)
_SHORT_OFFICES = {
    "UBND": "Ủy ban nhân dân",
    "LĐLĐ": "Liên đoàn Lao động",
    "CĐCS": "Công đoàn cơ sở",
    "CĐ": "Công đoàn",
    "BCH": "Ban Chấp hành",
}
_SHORT_OFFICE = re.compile(rf"({'|'.join(_SHORT_OFFICES)})\s+(?=\S)")


@dataclass(frozen=True)
class Head:
    """What the head and the foot of one document say, as `Document` keeps it."""

    kind: str
    title: str
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    signer: str | None = None
    signer_role: str | None = None
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def kind_of(text: str) -> str | None:
    """The kind of document that a line names by itself ("KẾ HOẠCH"), scanning errors forgiven."""
    bare = fold(text).strip(" .:*-")
    if not mostly_capital(text):
        return None
    return next((kind for kind in KINDS if bare == fold(kind)), None)


def is_head_line(text: str) -> bool:
    """Whether a line can stand above the kind of a document: office, motto, number, place and date."""
    if BULLET.match(text) or SIGNED_FOR.match(text):
        return False
    bare = fold(text)
    if _NUMBER.match(text) or _ISSUED.match(text) or any(motto in bare for motto in _MOTTOES):
        return True
    offices = (fold(name) for name in _STANDARD_NAMES.split("|")[:12])
    named = any(office in bare for office in offices) or bool(_SHORT_OFFICE.match(text))
    return named and mostly_capital(text)


def read_head(paragraphs: Sequence[Paragraph]) -> Head:
    """Read the head and the foot of one document; `paragraphs` are all of its paragraphs, repaired."""
    texts = [paragraph.text for paragraph in paragraphs]
    opening = _until(texts, is_chapter)
    kind_at = next((position for position, text in enumerate(opening) if kind_of(text)), -1)
    above, below = opening[: max(kind_at, 0)], opening[kind_at + 1 :]
    title = _title(below) if kind_at >= 0 else []
    preamble = below[len(title) :]
    foot_at, foot_end = foot_of(paragraphs)
    foot = texts[foot_at:foot_end]
    place, issued_on = _issued(above)
    signer, role = _signature(foot)
    issuer = _issuer(above, preamble)
    attached = next(filter(None, map(_ATTACHED.match, preamble)), None) if not (issuer or issued_on) else None
    if attached:
        issuer, issued_on = attached["issuer"].strip(), date_in(attached["issued"])
    return Head(
        kind=(kind_of(opening[kind_at]) or "Văn bản") if kind_at >= 0 else "Văn bản",
        title=" ".join(title) or "".join(texts[:1])[:_LONGEST_TITLE],
        number=_number(above),
        issuer=issuer,
        place=place,
        issued_on=issued_on,
        signer=signer,
        signer_role=role,
        legal_bases=tuple(_bases(preamble)),
        recipients=tuple(_recipients(foot)),
    )


def title_length(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Where the kind line stands and how many paragraphs after it are the title (-1, 0 where there is no kind)."""
    texts = _until([paragraph.text for paragraph in paragraphs], is_chapter)
    for position, text in enumerate(texts):
        if kind_of(text):
            return position, len(_title(texts[position + 1 :]))
    return -1, 0


def standard_name(capitals: str) -> str:
    """An office or a post written in capitals, as running text writes it: "QUẬN ỦY BA ĐÌNH" → "Quận ủy Ba Đình"."""
    if not mostly_capital(capitals):
        return capitals
    spelled = _SHORT_OFFICE.sub(lambda short: f"{_SHORT_OFFICES[short[1]]} ", capitals)
    words = " ".join(word.capitalize() for word in spelled.split())
    for name in _STANDARD_NAMES.split("|"):
        words = re.sub(rf"\b{name}\b", name, words, flags=re.IGNORECASE)
    return words[:1].upper() + words[1:]


def _until(texts: Iterable[str], stop: Callable[[str], bool]) -> list[str]:
    return list(takewhile(lambda text: not stop(text), texts))


def _title(below: Sequence[str]) -> list[str]:
    title: list[str] = []
    for text in below[:_MOST_TITLE_LINES]:
        if text.endswith((":", ";", ".", "./")) or text.startswith("Căn cứ") or starts_item(text):
            break
        if title and ((_BASIS.match(text) and _BASIS.match(title[0])) or _opens_body(title, text)):
            break
        title.append(text)
    return title


def _opens_body(title: Sequence[str], text: str) -> bool:
    """Whether a line below a title is no more of it: the body that decides, in capitals, a definition, brackets."""
    return (
        bool(_DEFINES.search(text)) or text.startswith("(") or (mostly_capital(text) and not mostly_capital(title[-1]))
    )


def document_number(line: str) -> str | None:
    """The number that a line of the head gives ("Số: 31/KH-LĐLĐ"); `None` for any other line."""
    match = _NUMBER.match(line)
    return match[1] + match[2] + "".join(match[3].split()) if match else None


def names_itself(line: str, numbers: Collection[str]) -> bool:
    """Whether a line is nothing but the name of a document with one of these numbers: a running header."""
    match = _RUNNING.fullmatch(line)
    return match is not None and "".join(match["number"].split()) in numbers


def _number(above: Iterable[str]) -> str | None:
    return next((number for number in map(document_number, above) if number), None)


def _issued(above: Iterable[str]) -> tuple[str | None, date | None]:
    for text in above:
        match = _ISSUED.search(_NUMBER.sub("", text))
        if match:
            return match[1].strip(), date(int(match[4]), int(match[3]), int(match[2]))
    return None, None


def _issuer(above: Sequence[str], preamble: Sequence[str]) -> str | None:
    offices = [text for text in above if mostly_capital(text) and is_head_line(text) and not _NUMBER.match(text)]
    own = [text for text in offices if not any(motto in fold(text) for motto in _MOTTOES)]
    if own:
        return standard_name(_with_place(own[-1], above))
    for text in reversed(preamble):
        match = _ISSUES.search(text)
        if match:
            return match[1].strip()
    return None


def _with_place(office: str, above: Sequence[str]) -> str:
    """An office with what stands on the line below it: its place ("HUYỆN …"), or the rest of a wrapped name."""
    below = [text for text in above[above.index(office) + 1 :] if not any(motto in fold(text) for motto in _MOTTOES)]
    if not below or not mostly_capital(below[0]):
        return office
    placed = _PLACE.match(below[0]) and not _PLACE.search(office)
    wrapped = not is_head_line(below[0]) and len(below[0].split()) <= _LONGEST_REST
    return f"{office} {below[0]}" if placed or wrapped else office


def _bases(preamble: Iterable[str]) -> Iterable[str]:
    for text in preamble:
        if not _BASIS.match(text):
            continue
        issuing = _ISSUES.search(text)
        claims = text[: issuing.start()] if issuing else text
        for claim in claims.split(";"):
            basis = _BASIS.sub("", claim.strip(" ,.;:"), count=1)
            if _DOCUMENT_NAMED.search(basis) and not basis.endswith("như sau"):
                yield basis


def _recipients(foot: Iterable[str]) -> Iterable[str]:
    listed = False
    for text in foot:
        listed = listed or bool(RECIPIENTS.match(fold(text)))
        if listed and BULLET.match(text):
            yield unbulleted(text).strip(" ;,./")


def _signature(foot: Sequence[str]) -> tuple[str | None, str | None]:
    lines = [text for text in foot if not BULLET.match(text) and not RECIPIENTS.match(fold(text))]
    posts = [text for text in lines if mostly_capital(text) and not _INITIALS.fullmatch(text)]
    posts = [text for text in posts if _POST.search(text)] or posts[:1]
    below = lines[lines.index(posts[-1]) + 1 :] if posts else []
    names = [text for text in lines if _is_name(text) or (text in below and _CAPITAL_NAME.fullmatch(text))]
    return (names[-1] if names else None), (_role(posts[-1]) if posts else None)


def _is_name(text: str) -> bool:
    """Whether a line of the foot is a person's name, spelled out or only initials."""
    spelled = _NAME.fullmatch(text) and not mostly_capital(text) and text[0].isupper()
    return bool(spelled or _INITIALS.fullmatch(text))


def _role(post: str) -> str:
    """The signer's own post: of "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" the one that signs for the other."""
    own = re.sub(r"^(?:T/?M|KT|K/T|TL|TUQ)\.?\s+", "", post)
    signs_for = own != post and re.search(r"(?<=\s)(?:PHÓ|ỦY VIÊN)\s", own)
    return standard_name(own[signs_for.start() :] if signs_for else own)
