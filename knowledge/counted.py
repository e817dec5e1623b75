"""What a question counts ("mấy cuốn", "bao nhiêu xe"): a figure that counts something else is no answer to it."""

import re
from functools import lru_cache

from knowledge.terms import Term
from knowledge.vietnamese import fold

_MONEY = ("tien", "dong")
_HOW_MANY = r" (?:bao nhiêu|mấy|nhiêu) "
_SORTS: tuple[tuple[str, str], ...] = (
    (r"cuốn|quyển|đầu sách|tờ|trang|tờ rơi", r"cuốn|quyển|đầu sách|(?<!tủ )sách|tờ|trang|ấn phẩm|tài liệu"),
    (r"xe|chiếc xe|ô tô|xe máy", r"xe|ô tô|chiếc"),
    (r"máy(?! bay)|máy tính|tivi|ti vi|tủ|ghế|giường|chiếc", r"máy|tivi|ti vi|tủ|ghế|giường|cái|chiếc|bộ"),
    (r"mét|mét vuông|km|cây số|héc ta|ha|m2", r"mét|m|m2|km|cây số|héc ta|ha"),
    (r"lít|kg|ký|tấn|tạ|thùng|hộp", r"lít|kg|ký|kilôgam|tấn|tạ|thùng|hộp"),
    (r"cây(?! số)", r"cây"),
    (r"giờ|tiếng(?! anh)|phút", r"giờ|tiếng|phút"),
    (r"ngày(?! hội)", r"ngày"),
    (r"tuần", r"tuần|ngày|tháng"),
    (r"tháng", r"tháng|năm|quý"),
    (r"tuổi", r"tuổi"),
    (r"căn|căn nhà|ngôi nhà|nhà mái ấm", r"căn|nhà|ngôi|mái ấm"),
    (
        r"buổi|cuộc|đợt|chuyến|phiên|hội nghị|hội thi|hội thao",
        r"lớp|khóa|buổi|cuộc|đợt|chuyến|phiên|lần|lượt|hội nghị|hội thi|hội thao|hội diễn|giải|ngày hội|chương trình|"
        r"hoạt động|kỳ|tọa đàm|diễn đàn",
    ),
    (r"lớp|khóa", r"lớp|khóa|buổi|cuộc|đợt"),
    (r"suất|phần quà|học bổng", r"suất|phần|quà|học bổng|túi"),
    (r"phòng|gian", r"phòng|gian|nơi|điểm|góc"),
    (r"bài|tin bài|clip|video", r"bài|tin|clip|video|chuyên mục"),
    (r"điểm", r"điểm|nơi|chỗ|địa điểm"),
    (r"điều|điều khoản|điểm có lợi", r"điều|điều khoản"),
    (
        r"người|ai",
        r"người|lao động|đoàn viên|công nhân|cán bộ|viên chức|nhà giáo|giáo viên|hộ|lượt|con|cháu|em|nữ|nam|đảng viên|"
        r"chủ tịch|học sinh|học viên|hội viên|thợ|quần chúng|ủy viên|CNLĐ|NLĐ|CNVCLĐ|CNVC|đ/c|đồng chí|thành viên|"
        r"đại biểu|chị|"
        r"nhân viên|ngư dân|ĐV|tài xế|hòa giải viên|tuyên truyền viên|báo cáo viên|tư vấn viên|luật sư",
    ),
)
"""Things that are counted in their own word: how a question says them, and what then stands behind the figure."""
_YEAR_AT_END = r"(?:vào |đến |tới |trong )?(?:cuối |hết )?(?:năm )?20[0-9][0-9] "
_NUMBER_OF = (
    r"(?<! khi)(?<! nếu) có (?:bao nhiêu|mấy|nhiêu) {0} (?:công đoàn )?(?:mới )?(?:vậy |ạ |thế |nhỉ |"
    rf"{_YEAR_AT_END})*$|"
    r"(?:^| tổng) số (?:lượng )?{0} (?:công đoàn )?(?:của|toàn|cả|ở|trong|tại|là|có) "
)
_FIGURE = r"\b(?:\d[\d.,]*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"


@lru_cache(maxsize=256)
def thing_counted(words: str, terms: tuple[Term, ...]) -> Term | None:
    """The term of a question right behind its "bao nhiêu", which an answer must speak of; money is no thing, nor is
    what has words of its own (`counted`)."""
    if counted(words):
        return None
    return next(
        (
            term
            for term in terms
            if not term.soft
            and fold(term.said) not in _MONEY
            and re.search(rf"{_HOW_MANY}{re.escape(term.said)} ", words)
        ),
        None,
    )


@lru_cache(maxsize=256)
def number_asked(words: str, terms: tuple[Term, ...]) -> Term | None:
    """The term of a question that asks for nothing but how many of it there are."""
    return next((term for term in terms if re.search(_NUMBER_OF.format(re.escape(term.said)), words)), None)


@lru_cache(maxsize=256)
def whole_of_share(words: str, terms: tuple[Term, ...]) -> Term | None:
    """The term of a question of which a share is asked for ("bao nhiêu phần trăm công đoàn cơ sở")."""
    share = r" (?:bao nhiêu|mấy|nhiêu) phần trăm (?:số |các )?"
    return next(
        (term for term in terms if not term.soft and re.search(rf"{share}{re.escape(term.said)} ", words)), None
    )


@lru_cache(maxsize=256)
def counted(words: str) -> re.Pattern[str] | None:
    """What a figure must look like to answer how many of a thing there are (`words` as `Question.words`); `None` where
    the question counts nothing that has a word of its own."""
    if " phần trăm " in words:
        return None
    for asked, stands in _SORTS:
        if re.search(rf"{_HOW_MANY}(?:{asked}) ", words):
            return re.compile(
                rf"{_FIGURE}\s*(?:[^\W\d_]+\s+){{0,2}}?(?:{stands})\b|\b(?:{stands})\b[^\d.;]{{0,40}}\d", re.IGNORECASE
            )
    return None
