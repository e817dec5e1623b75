"""What one clause asks for: its figures, how each is meant, and what it asks for without a figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import Comparator
from knowledge.clauses import MOST, MOST_FIGURES, REACH
from knowledge.figures import Figure, bounds_in_words, figures_in, period_in

_AIM = re.compile(
    r"\bphấn đấu\b|\bđạt\b|\bít nhất\b|\btối thiểu\b|\btrở lên\b|\bbảo đảm\b|\bđảm bảo\b|\bduy trì\b", re.IGNORECASE
)
_STRONG_AIM = re.compile(r"\bphấn đấu\b|\bít nhất\b|\btối thiểu\b|\bchỉ tiêu\b", re.IGNORECASE)
_RATING = re.compile(
    r"\b(?:đạt|xếp)(?: loại)?(?: chất lượng)? (?:[“\"]?)"
    r"(?P<rating>hoàn thành (?:tốt|xuất sắc) nhiệm vụ|vững mạnh[^,;.]*|tốt|xuất sắc)",
    re.IGNORECASE,
)
_DOUBLED = re.compile(r"\b(?:tăng )?gấp (?:đôi|ba|bốn|rưỡi|hai lần|ba lần)\b", re.IGNORECASE)
_NONE_AT_ALL = re.compile(
    r"\bkhông (?:để )?(?:xảy ra|có(?= (?:đơn vị|công đoàn|CĐCS|vụ|đoàn viên|cán bộ)[^,;.]*(?:vi phạm|yếu|kém|kỷ luật)))"
    r"|\bkhông để (?=nợ|phát sinh|tồn đọng)",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\bhoàn thành\b[^,;.]{0,60}?\b(?:trong|trước|chậm nhất|xong|đến|vào)\b[^,;.]{0,20}?"
    r"(?=ngày\s+\d|tháng\s+\d{1,2}\s*(?:/|năm)|quý\s+[IV\d]|\d{1,2}/\d{1,2}/\d{4})(?P<when>[^,;.)]*)",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"(?:doanh nghiệp|đơn vị|cơ quan|nơi|hợp tác xã|công ty|công đoàn|CĐCS|cơ sở|tổ chức|trường|"
    r"(?:khu|cụm) (?:công nghiệp|chế xuất|kinh tế|công nghệ|nhà trọ)|khu dân cư|\()"
    r"(?P<between>[^,;:()]{0,45}?)"
    r"(?:\b(?:có|sử dụng|đủ|đông)\s+(?:số\s+)?(?:từ\s+|trên\s+|đủ\s+|dưới\s+)?|\btừ\s+)$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:giới thiệu|kết nạp|phát triển|bồi dưỡng|cử|chọn|hỗ trợ|tặng|trao|thăm|tổ chức(?! công đoàn| đảng)|"
    r"vận động|"
    r"thu hút|tuyên dương|khen thưởng|biểu dương|đào tạo|tăng|huy động|bố trí|đăng ký|phấn đấu|đạt)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:mỗi|từng)\s(?!năm|quý|tháng|tuần)[^;:]*$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s*(?:(?:nữ|nam)\s+)?(?:công nhân|cán bộ|lao động|đoàn viên|viên chức|nhân viên|người|CNLĐ|NLĐ|CNVCLĐ|CNVC)\b",
    re.IGNORECASE,
)
_SIZED = re.compile(r"\bcó\s+(?:từ|trên|đủ|dưới)\s+$", re.IGNORECASE)
_THEN = re.compile(
    r"[^,;:()]{2,40}?\btrở (?:lên|xuống)\s+(?=(?:thành lập|tổ chức|xây dựng|ký|thực hiện|có|đều|phải|lắp|bố trí|"
    r"ban hành|"
    r"đạt|tham gia|phối hợp|công khai|triển khai|hoàn thành|kiện toàn|cử|mở|duy trì)\b)",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:(?:trị giá|giá trị|mức hỗ trợ)(?: mỗi \w+)?|mỗi (?:căn|suất|phần|nhà|người|em|hộ|"
    r"trường hợp)(?: trị giá)?)\s+$"
)
_FROM = re.compile(r"\btừ (?:mức )?$", re.IGNORECASE)
_RISES = re.compile(r"[^,;.\d]{0,30}?\b(?:lên|xuống)\s+(?:còn |trên |ít nhất |mức |khoảng )*\d")
_DIFFERS = re.compile(r"[,(]\s*(?:tăng|giảm|vượt|cao hơn)(?: thêm| khoảng)?\s+$")
_NOT_AIMED = re.compile(
    r"\s*(?:Chương trình|chương trình (?:trọng tâm|đột phá|hành động|công tác|lớn|mục tiêu|toàn khóa)|nhóm|chức năng|"
    r"phường|xã|phòng(?= ?[,;./]| ?$| (?:ban|chuyên môn|chức năng|nghiệp vụ|trực thuộc|thuộc|của)\b)|ban|điều|khoản|"
    r"đồng chí|bước|nội dung|nhiệm vụ|tuổi)\b"
)
"""What is only named with its number; rooms and programmes that are to be there are counted ("01 phòng nghỉ")."""
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    ("maintain", r"duy trì(?: có| mức| tỷ lệ| tỉ lệ| ở mức)?"),
    (">=", r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|đạt từ|từ|≥|>="),
    ("<=", r"không quá|tối đa|nhiều nhất|không vượt quá|≤|<="),
    ("~", r"khoảng|chừng|xấp xỉ|gần"),
    (">", r"trên|hơn|vượt|>"),
    ("<", r"dưới|ít hơn|thấp hơn|<"),
)
_MONEY = re.compile(r"\s*(?:(tỷ|tỉ|triệu|nghìn)(?:\s*đồng|\s*đ|(?=\s*[,;.)]|\s*$))|đồng|đ)\b")
_OWN_FIGURE = 20
"""So many letters after "hầu hết" a figure no longer says how many that is."""
_UNITS = tuple(
    (re.compile(rf"\s*(?:số\s+)?(?:{words})\b", re.IGNORECASE), unit)
    for words, unit in (
        (r"lớp(?: tập huấn| bồi dưỡng)?", "classes"),
        (
            r"lần|cuộc|buổi|đợt|lượt(?! (?:người|cán bộ|công nhân|lao động|đoàn viên|nữ|CNLĐ|NLĐ))|hội nghị|"
            r"hội thi|vòng",
            "times",
        ),
        (r"đơn vị máu", "blood_units"),
        (r"suất|phần quà|học bổng", "grants"),
        (r"(?:đề tài,? )?sáng kiến|đề tài|giải pháp", "initiatives"),
        (r"vụ việc|vụ", "cases"),
        (
            r"(?:lượt )?(?:đoàn viên|quần chúng|nữ đoàn viên) ưu tú|(?:lượt )?(?:người|cán bộ|công nhân|"
            r"lao động|đảng viên)|"
            r"(?:nữ|nam) (?:công nhân|đoàn viên)|lượt đoàn viên|CNLĐ|NLĐ|CNVCLĐ|viên chức",
            "persons",
        ),
        (r"đoàn viên|công đoàn viên", "members"),
        (r"(?:tổ chức )?công đoàn(?: cơ sở)?|CĐCS|nghiệp đoàn", "unions"),
        (r"(?:bản )?(?:thỏa ước|TƯLĐTT)", "agreements"),
        (r"căn|nhà|ngôi", "houses"),
        (r"doanh nghiệp|đơn vị|cơ quan", "enterprises"),
    )
)
_AFTER = re.compile(r"(?P<words>[^;]{0,60}?)\btrở (?P<way>lên|xuống)\b")


@dataclass(frozen=True)
class Claim:
    """What one clause asks for, before it is placed in its document."""

    comparator: Comparator
    value: float | tuple[float, float] | None
    value_text: str
    unit: str
    start: int
    end: int


def claims(text: str, aimed: bool) -> list[Claim]:
    """What a clause asks for; `aimed` says that it stands in a section of aims, where every figure is one."""
    found = tuple(sorted((*figures_in(text), *bounds_in_words(text)), key=lambda figure: figure.start))
    figures = [figure for figure in found if len(found) <= MOST_FIGURES and _is_asked(text, figure, found, aimed)]
    if figures:
        return [*_share_before(text, figures[0], aimed), *_figure_claims(text, figures)]
    deadline = _DEADLINE.search(text)
    if deadline and "báo cáo" not in text.lower() and period_in(deadline["when"]):
        return [Claim("deadline", None, deadline["when"].strip(), "date", *deadline.span())]
    return _claims_without_figure(text) if aimed else []


def _share_before(text: str, first: Figure, aimed: bool) -> list[Claim]:
    """What "hầu hết" asks for by itself where the figure after it counts something else."""
    most = MOST.search(text, 0, first.start) if aimed else None
    if most is None or first.percent or first.start - most.end() < _OWN_FIGURE:
        return []
    return [Claim("most", None, most.group(), "percent", *most.span())]


def _claims_without_figure(text: str) -> list[Claim]:
    patterns: tuple[tuple[Comparator, re.Pattern[str], str], ...] = (
        ("meet_or_exceed", REACH, "quota"),
        ("most", MOST, "percent"),
        ("=", _RATING, "rating"),
        ("=", _DOUBLED, "multiple"),
        ("=", _NONE_AT_ALL, "none"),
    )
    for comparator, pattern, unit in patterns:
        match = pattern.search(text)
        if match:
            words = match.groupdict().get("rating") or match.group()
            return [Claim(comparator, None, words, unit, *match.span())]
    return []


def _is_asked(text: str, figure: Figure, found: Sequence[Figure], aimed: bool) -> bool:
    """Whether a figure is a target: never the size in a condition, and outside of aims only where it is aimed at."""
    before = text[: figure.start]
    reached = re.search(r"\bđã\b", before) or _is_start(text, figure) or (figure != found[0] and _is_rise(text, figure))
    worth = _WORTH.search(before) or (re.search(r"\bmức $", before) and _MONEY.match(text, figure.end))
    if reached or worth or _is_threshold(text, figure, found) or _NOT_AIMED.match(text, figure.end):
        return False
    if aimed:
        return True
    return bool(
        _AIM.search(text) if figure.percent else _STRONG_AIM.search(text[max(0, figure.start - 60) : figure.start])
    )


def _is_start(text: str, figure: Figure) -> bool:
    """Whether a figure is where a rise begins ("từ 80 % lên 85 %"): the one after it is asked for."""
    return bool(_FROM.search(text[: figure.start]) and _RISES.match(text, figure.end))


def _is_rise(text: str, figure: Figure) -> bool:
    """Whether a figure only says by how much one before it differs ("1.500 đoàn viên, tăng 5 % so với năm 2025")."""
    return bool(_DIFFERS.search(text[: figure.start]) and re.match(r"[^,;]{0,20}\bso với\b", text[figure.end :]))


def _is_threshold(text: str, figure: Figure, found: Sequence[Figure]) -> bool:
    """Whether a figure only says which bodies are meant ("doanh nghiệp có từ 25 lao động trở lên")."""
    before = text[: figure.start]
    place = None if figure.percent else _THRESHOLD.search(before)
    if place is None or _DONE.search(place["between"]):
        return False
    others = len(found) > 1 or bool(MOST.search(text))
    if not _PEOPLE.match(text, figure.end):
        return others and bool(_SIZED.search(before) and _THEN.match(text, figure.end))
    if not others and _EACH.search(before):
        return False
    sized = re.search(r"\b(?:từ|trên|dưới|đủ)\s+$", before) or _AFTER.match(text, figure.end)
    return bool(sized) and (others or not re.search(r"phấn đấu", text, re.IGNORECASE))


def _figure_claims(text: str, figures: list[Figure]) -> list[Claim]:
    """One claim for each figure; "từ 90% … và 85% …" means both the same way."""
    claims: list[Claim] = []
    for figure in figures:
        comparator, start, end = _compared(text, figure)
        if comparator == "=" and claims and re.search(r"\bvà\s+$", text[: figure.start]):
            comparator = claims[-1].comparator
        unit = "percent" if figure.percent else unit_of(text[figure.end :])
        words_end = end if unit.endswith("dong") else figure.end
        claims.append(Claim(comparator, figure.value, text[start:end].strip(), unit, start, words_end))
    return claims


def _compared(text: str, figure: Figure) -> tuple[Comparator, int, int]:
    """How a figure is meant, by the words directly around it, and where those words begin and end."""
    before, after = text[: figure.start], text[figure.end :]
    upwards = _upwards(after)
    comparator: Comparator = "range" if isinstance(figure.value, tuple) else "="
    start = figure.start
    for name, words in _BEFORE:
        match = re.search(rf"(?<!\w)(?:{words})\s*$", before, re.IGNORECASE)
        if match:
            start = match.start()
            comparator = comparator if comparator == "range" else name
            break
    if comparator == "=" and re.search(r"\bduy trì\b", before, re.IGNORECASE):
        comparator = "maintain"
    if upwards and comparator in ("=", "~", "maintain", ">"):
        comparator = ">=" if upwards["way"] == "lên" else "<="
    money = _MONEY.match(after)
    return comparator, start, figure.end + (upwards.end() if upwards else money.end() if money else 0)


def _upwards(after: str) -> re.Match[str] | None:
    """The "trở lên" that belongs to a figure: nothing else with a size or a grade stands between."""
    match = _AFTER.match(after)
    if match is None or figures_in(match["words"]) or re.search(r"[(:,]|\bloại\b|\btừ\b|\bcó\b", match["words"]):
        return None
    return match


def unit_of(after: str) -> str:
    """The unit that stands right after a figure, or in a cell or in brackets of a table; "count" for all else."""
    money = _MONEY.match(after)
    if money:
        return {"tỷ": "billion_dong", "tỉ": "billion_dong", "triệu": "million_dong", "nghìn": "thousand_dong"}.get(
            money[1] or "", "dong"
        )
    return next((unit for words, unit in _UNITS if words.match(after)), "count")
