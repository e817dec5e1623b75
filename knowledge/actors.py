"""Who does what: the bodies and people that documents give work to, and the verbs that work begins with."""

import re
from dataclasses import dataclass
from functools import lru_cache

_HEADS = (
    r"(?:ủy ban|ban|tổ|đoàn|hội đồng) (?:kiểm tra|tổ chức|chỉ đạo|giám sát|tư vấn|giúp việc|công tác|hòa giải|"
    r"điều tra)|"
    r"chuyên viên|nhân viên|bộ phận|giám đốc|phó giám đốc|hiệu trưởng|trạm|thanh tra(?! ,| lao động,)|kho bạc|"
    r"ngân hàng|đài|"
    r"cấp ủy|đảng ủy|huyện ủy|quận ủy|tỉnh ủy|thành ủy|thị ủy|chi ủy|chi bộ|đảng bộ|đảng đoàn|ban(?! hành)|"
    r"ủy ban|UBND|"
    r"UBKT|UBMTTQ|hội đồng|HĐND|thường trực|mặt trận|MTTQ|công đoàn|CĐCS|LĐLĐ|CĐ|liên đoàn|nghiệp đoàn|"
    r"tổ chức (?:công đoàn|cơ sở đảng|đảng)|đoàn thanh niên|đoàn thể|"
    r"hội(?! (?:nghị|nhập|thi|thao|diễn|họp|viên|trường))|văn phòng|phòng(?!,? (?:ngừa|chống))|sở|chi cục|cục|"
    r"bảo hiểm|"
    r"công an|trường(?! hợp)|bệnh viện|thủ trưởng|chủ tịch|phó chủ tịch|người đứng đầu|người sử dụng lao động|"
    r"lãnh đạo (?!toàn|thực|công tác)\w+|cán bộ|đảng viên|đoàn viên|khối|cơ quan|cơ sở giáo dục|đơn vị|doanh nghiệp|"
    r"công ty|tổng công ty|tập đoàn|đồng chí|cấp chính quyền|cấp công đoàn|chính quyền|bí thư|phó bí thư|"
    r"trưởng(?! thành)|tổ công đoàn|tổ(?! chức)|"
    r"ủy viên|kế toán|hợp tác xã|trung tâm|ngành|nhà văn hóa|nhà trường"
)
_PLURAL = r"(?:(?:các|những|mỗi|từng|tất cả các|toàn thể)\s+)?(?:\d+\s+)?"
_VERBS = (
    r"chủ trì|phối hợp|chủ động|có nhiệm vụ|có trách nhiệm|chịu trách nhiệm|phải|cần|căn cứ|xây dựng|triển khai|"
    r"nghiên cứu|quán triệt|chỉ đạo|tham mưu|theo dõi|hướng dẫn|làm việc với|thống nhất với|tiếp tục|thường xuyên|"
    r"tăng cường|đẩy mạnh|thực hiện|báo cáo|tập trung|trực tiếp(?! cơ sở)|nắm|kiểm tra|giám sát|bố trí|quan tâm|"
    r"ban hành|phân công|đôn đốc|tuyên truyền|vận động|đăng ký|gửi|nộp|rà soát|bảo đảm|đảm bảo|tạo điều kiện|"
    r"chăm lo|cụ thể hóa|xem xét|lãnh đạo(?=,)|"
    r"(?:(?<=chi bộ )|(?<=cấp ủy )|(?<=ảng ủy )|(?<=trực thuộc )|(?<=cơ sở ))lãnh đạo|"
    r"huy động|tích cực|kịp thời|nghiêm túc|định kỳ|tổng hợp|phổ biến|"
    r"đề xuất|giúp|hỗ trợ|lập|cập nhật|đưa|dành|phấn đấu|nâng cao|phát huy|đổi mới|củng cố|kiện toàn|hoàn thành|"
    r"giới thiệu|thành lập|tham gia|cung cấp|đối thoại|gặp gỡ|tiếp nhận|giải quyết|thẩm định|phê duyệt|"
    r"(?<!chương )(?<!quy )trình|thông báo|"
    r"công khai|công bố|mở(?! rộng)|trao|tặng|khen thưởng|kiến nghị|biểu dương|tuyên dương|đóng(?! (?:trên|tại|"
    r"ở|quân))|trích|chi trả|duy trì|khảo sát|"
    r"thống kê|thu thập|phát động|hưởng ứng|chuẩn bị|(?<!thư )(?<!đăng )ký(?: kết)?|thương lượng|kết nạp|"
    r"phát triển|cam kết|niêm yết|"
    r"chấn chỉnh|khắc phục|sắp xếp|biên soạn|phát hành|cân đối|thanh toán|bàn giao|bồi dưỡng|tập huấn|thăm|thẩm tra|"
    r"chia sẻ|nhận(?! thức| xét)|trả lời|phản ánh|vận hành|nhắc nhở|xác minh|kết nối|lấy ý kiến|ghi nhận|"
    r"cấp phát|lựa chọn|bình xét|tiếp xúc|làm(?! việc| công tác| nhiệm vụ)|quy hoạch|luân chuyển|điều chỉnh|"
    r"rút kinh nghiệm|"
    r"là (?:cơ quan|đơn vị|bộ phận|đầu mối|thường trực|thành viên|trưởng|tổ trưởng|nòng cốt|lực lượng)|"
    r"tiến hành|(?<!các )"
    r"tổ chức(?! (?:công đoàn|đảng|chính trị|xã hội|kinh tế|cơ sở|đại diện|đoàn|hội|trong|của|và|thành viên|cán bộ))|"
    r"ưu tiên|bám sát|thu|trích nộp|giao|vận dụng|lồng ghép|sơ kết|tổng kết|đánh giá|phân bổ|cử|có kế hoạch|"
    r"có cơ chế|"
    r"có biện pháp|có giải pháp|(?:h[àằ]ng|mỗi|từng) (?:tuần|tháng|quý|năm)|"
    r"(?:trước|chậm nhất|muộn nhất|vào|trong) (?:là )?(?:ngày|tháng|quý|tuần) ?[\dIV]|theo chức năng|"
    r"đồng thời với|tùy|khẩn trương"
)
_DECISIVE = re.compile(
    r"(?:báo cáo|phản ánh|chủ trì|có nhiệm vụ|có trách nhiệm|chịu trách nhiệm|phải|thống nhất với)\b"
)
_ACTOR = re.compile(rf"{_PLURAL}(?:{_HEADS})(?!\w)", re.IGNORECASE)
_VERB = re.compile(rf"(?<![\w-])(?<!được )(?P<verb>{_VERBS})(?!\w)|(?<=[a-zà-ỹđ]):\s+(?!\d)")
_CALL = re.compile(
    r"(?:^|(?<=\s))(?:[Gg]iao(?: cho)?|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Uu]ỷ quyền cho|[Đđ]ối với)\s+(?=\S)"
)
_ADVERBIAL = re.compile(
    r"^(?:định kỳ|hàng|hằng|trước|trong|sau|khi|trên cơ sở|căn cứ|đồng thời|ngoài ra|riêng|đến|kể từ|từ|theo|để)\b"
    r"[^,]{0,90},\s+",
    re.IGNORECASE,
)
_LONGEST_ACTOR = 260
_FARTHEST_CALL = 140
_NOT_WORK = re.compile(
    r"\b(?:được|đạt|là|đã|sẽ có|có tỷ lệ|có uy tín|xếp loại|bị|bằng|hưởng|nhưng|nếu|thì|mà)\b|(?:không|chưa|chậm)$|"
    r"\d ?%|\d (?:nghìn |triệu |tỷ )?đồng"
)
_DEFINITION = re.compile(r"\s*\((?:sau đây |dưới đây )?(?:gọi|viết)[^)]*\)", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s+(?:và|thì|sẽ|để|trong|cũng|luôn|đều|có|tự|tự giác|tích cực|cùng)|,?\s+(?:trong |đến )?năm 20\d\d)+$"
)
_TOPIC = re.compile(
    r"[^:;]{0,40}\b(?:báo cáo|trách nhiệm|phân công|thực hiện|thông tin)\b[^:;]{0,30}:\s+(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True)
class Assigned:
    """An actor at the beginning of a clause and where the work begins."""

    actor: str
    begins: int


@lru_cache(maxsize=2_048)
def actor_of_heading(heading: str) -> str | None:
    """The actor whom a heading names ("Giao Văn phòng", "Liên đoàn Lao động tỉnh"); `None` for any other heading."""
    called = _CALL.match(heading)
    words = heading[called.end() :] if called else heading
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
    return _assigned(clause, 0) or (_assigned(clause, topic.end()) if topic else None)


def _assigned(clause: str, start: int) -> Assigned | None:
    for _ in range(2):
        adverbial = _ADVERBIAL.match(clause[start:])
        if adverbial is None:
            break
        start += adverbial.end()
    return _called(clause, start) or _named(clause, start)


def inner_assigned(clause: str) -> list[tuple[int, Assigned]]:
    """Actors that take over after a comma inside a clause ("…, cấp ủy thống nhất với …"), with where they stand."""
    if assigned(clause) is not None:
        return []
    found = []
    for comma in re.finditer(r",\s+", clause):
        rest = clause[comma.end() :]
        if not _ACTOR.match(rest) or "," in rest[:3]:
            continue
        here = _named(rest, 0)
        if here is not None and "," not in here.actor and _DECISIVE.match(rest, here.begins):
            found.append((comma.end(), here))
    return found


def calls_only(clause: str) -> bool:
    """Whether a clause calls on somebody and ends before saying for what: a semicolon stood in a list of names."""
    call = next((call for call in _CALL.finditer(clause) if _ACTOR.match(clause, call.end())), None)
    return call is not None and _named(clause, call.end()) is None and _VERB.search(clause, call.end()) is None


def _called(clause: str, start: int) -> Assigned | None:
    for call in _CALL.finditer(clause, start, start + _FARTHEST_CALL):
        if clause[start : call.start()].strip() and not _ACTOR.match(clause, start):
            continue
        here = _named(clause, call.end())
        if here is not None:
            return here
    return None


def _named(clause: str, start: int) -> Assigned | None:
    if not _ACTOR.match(clause, start):
        return None
    head = _ACTOR.match(clause, start)
    verb = _VERB.search(clause, head.end() if head else start)
    if verb is None or verb.start() - start > _LONGEST_ACTOR:
        return None
    actor = _trimmed(clause[start : verb.start()])
    return None if _NOT_WORK.search(actor) else Assigned(actor, verb.start())


def _trimmed(words: str) -> str:
    return _TRAILING.sub("", _DEFINITION.sub("", words).strip(" ,:;.()-–"))
