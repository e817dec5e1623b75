"""What officers ask of a document beyond number, day and signer, and which way answers each of it."""

import re
from collections.abc import Iterator, Sequence

from knowledge import Answer, Document, Finding
from knowledge.answering_mentions import about_answer, issued_answer
from knowledge.answering_spans import congress_answer, document_meant, span_answer
from knowledge.inquiry import Inquiry, shortened

_PLAN = r"(?:kế hoạch|chương trình|nghị quyết|đề án|văn bản|hướng dẫn|quyết định)"
_WHERE_TO = (
    r"(?:những )?(?:đâu|ai|nơi nào|chỗ nào|cơ quan nào|cấp nào|đơn vị nào|nơi|cơ quan)"
    r"(?: (?:nào|gì))?"
)
_SENT_TO = re.compile(
    rf"^(?:(?! báo cáo ).)* {_PLAN} (?:(?! báo cáo ).)*?gửi (?:lên |cho |tới |đến |đi |về )*{_WHERE_TO} "
    r"(?:để )?(?P<purpose>báo cáo|thực hiện|phối hợp|theo dõi|biết|chỉ đạo|lưu)(?= )"
    rf"|^(?=.* {_PLAN} )(?=.* nơi nhận )(?=.* (?P<other>báo cáo|phối hợp|theo dõi|chỉ đạo) )"
    r"|^ (?:to whom|where) is .*(?:plan|programme|document) sent .*(?P<english>report)"
)
_PURPOSES = {
    "báo cáo": r"báo cáo|\bb/c\b",
    "report": r"báo cáo|\bb/c\b",
    "thực hiện": r"thực hiện|\bt/h\b|\bth/h\b",
    "phối hợp": r"phối hợp|\bp/h\b",
    "theo dõi": r"theo dõi|\bt/d\b",
    "biết": r"để biết",
    "chỉ đạo": r"chỉ đạo|\bc/đ\b",
    "lưu": r"^Lưu",
}
_PLACE = re.compile(
    rf"^(?=.* {_PLAN} ).* (?:được )?(?:ký|ban hành|làm|ra) (?:tại|ở) (?:đâu|chỗ nào|nơi nào|địa phương nào) "
    rf"|^(?=.* {_PLAN} ).* (?:địa danh|nơi (?:ban hành|ký)) "
    r"|^ where was .*(?:plan|programme|document) (?:signed|issued) "
)
_COUNTED = re.compile(
    rf"^(?=.* (?:{_PLAN}|plan|programme) ).* (?:(?:mấy|bao nhiêu) (?:căn cứ|văn bản căn cứ|cơ sở pháp lý)|"
    r"căn cứ (?:vào )?(?:mấy|bao nhiêu) (?:văn bản|tài liệu|luật|nghị quyết)|how many (?:legal )?bas[ei]s) "
)
_LAWS = "bộ luật|luật|nghị định|thông tư|chỉ thị|quyết định|nghị quyết|kết luận"
_CITED = re.compile(
    rf"^(?=.* (?:{_PLAN}|đơn vị|mình) ).* (?P<how>căn cứ|nhắc|dẫn|viện dẫn|trích dẫn|dẫn chiếu|nêu) (?:(?:tới|đến|vào|"
    rf"ra|theo|những|các|mấy) )*(?P<kind>{_LAWS}) (?:nào|gì)(?: (?:vậy|thế|ạ|nhỉ))* $"
    r"|^ (?:which|what) (?P<english>laws|decrees|circulars|directives|decisions|resolutions) "
    r"(?=.*(?:plan|programme|document) ).*(?:cite|mention|refer|based on)"
)
_ENGLISH = {
    "laws": "luật",
    "decrees": "nghị định",
    "circulars": "thông tư",
    "directives": "chỉ thị",
    "decisions": "quyết định",
    "resolutions": "nghị quyết",
}
_NEXT = "(?:Bộ luật|Luật|Nghị định|Thông tư|Chỉ thị|Quyết định|Nghị quyết|Kết luận|Kế hoạch|Chương trình)"
_ASKING = (
    " luật bộ luật nghị định thông tư chỉ thị quyết định nghị quyết kết luận nhắc dẫn viện dẫn trích dẫn nêu "
    " laws decrees cite cites mention mentions refer based "
    " gửi lên cho tới đến đi đâu báo cáo thực hiện phối hợp theo dõi chỉ đạo lưu mục nơi nhận "
    " ký ban hành ở tại đâu địa danh nơi căn cứ cơ sở pháp lý bao nhiêu mấy văn bản "
    " legal basis bases sent issued "
)
_WIDTH, _MOST, _PART = 420, 8, 200


def data_answer(inquiry: Inquiry) -> Answer | None:
    """What a document is about, its years, the congress it names, where it goes to and where it was issued, and all of
    its legal bases; `None` where the question asks for none of these."""
    ways = (
        *(recipients_answer, place_answer, bases_answer, cited_answer),
        *(congress_answer, about_answer, span_answer, issued_answer),
    )
    return next((found for way in ways if (found := way(inquiry)) is not None), None)


def recipients_answer(inquiry: Inquiry) -> Answer | None:
    """Those to whom a document goes for a purpose ("để báo cáo"); all of them where its list names no purposes."""
    asked = _SENT_TO.search(inquiry.question.words)
    if asked is None or (document := _meant(inquiry, asked)) is None:
        return None
    purpose = asked["purpose"] or asked["other"] or asked["english"]
    fitting = [each for each in document.recipients if re.search(_PURPOSES[purpose], each, re.IGNORECASE)]
    listed = fitting or document.recipients
    if not listed:
        return inquiry.answer("document", (), outcome="not_restated", period="recipients")
    words = shortened("; ".join(listed), _WIDTH)
    return inquiry.answer("document", [_standing(inquiry, document, listed[0], words)])


def place_answer(inquiry: Inquiry) -> Answer | None:
    """Where a document was issued, as its head says before the day."""
    if (document := _meant(inquiry, _PLACE.search(inquiry.question.words))) is None:
        return None
    if not document.place:
        return inquiry.answer("nothing", (), outcome="not_found")
    return inquiry.answer("document", [_standing(inquiry, document, f"{document.place}, ngày")])


def bases_answer(inquiry: Inquiry) -> Answer | None:
    """All the legal bases of a document, where a question asks how many they are."""
    if (document := _meant(inquiry, _COUNTED.search(inquiry.question.words))) is None:
        return None
    if not document.legal_bases:
        return inquiry.answer("document", (), outcome="not_restated", period="basis")
    return inquiry.answer("document", list(_listed(inquiry, document, document.legal_bases[:_MOST])))


def cited_answer(inquiry: Inquiry) -> Answer | None:
    """The laws, decrees … that a document is based on or mentions; not found where it names none of that kind."""
    asked = _CITED.search(inquiry.question.words)
    if (document := _meant(inquiry, asked)) is None or asked is None:
        return None
    kind = asked["kind"] or _ENGLISH[asked["english"]]
    # Case tells the name of a law from the word "pháp luật" and from a decision that somebody takes.
    name = re.compile(rf"{kind.capitalize()} (?:số \d|[A-ZĐ])[^;.]{{3,420}}?(?=,? (?:và )?{_NEXT}|[;.]|$)")
    if asked["how"] == "căn cứ":
        found = [match.group() for basis in document.legal_bases for match in name.finditer(basis)]
    else:
        texts = [passage.text for passage in inquiry.library.passages(document.key)]
        found = [match.group() for text in texts for match in name.finditer(text)]
    if not found:
        return None if not document.legal_bases else inquiry.answer("nothing", (), outcome="not_found")
    return inquiry.answer("document", list(_listed(inquiry, document, list(dict.fromkeys(found))[:_MOST])))


def _listed(inquiry: Inquiry, document: Document, parts: Sequence[str]) -> Iterator[Finding]:
    for part in parts:
        yield _standing(inquiry, document, part, shortened(part, _PART))


def _meant(inquiry: Inquiry, asked: re.Match[str] | None) -> Document | None:
    """The document of which something is asked; the words that only ask for it do not describe it."""
    key = document_meant(inquiry, _ASKING) if asked else None
    return inquiry.library.documents[key] if key is not None else None


def _standing(inquiry: Inquiry, document: Document, needle: str, words: str | None = None) -> Finding:
    """The passage that holds `needle`, quoted as `words`, or itself."""
    listed = inquiry.library.passages(document.key)
    outside = [passage for passage in listed if not passage.section] or list(listed)
    start = needle[:40]
    found = next((passage for passage in (*outside, *listed) if start in passage.text), outside[-1])
    return inquiry.finding(document.key, found.position, words or shortened(found.text, _PART))
