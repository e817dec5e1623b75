"""Answers about documents: number, date, signer, legal bases, recipients; of one's own, or of one that is mentioned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge import Answer, Document, Finding
from knowledge.amendments import amendments
from knowledge.inquiry import Inquiry, shortened
from knowledge.lexicon import parted
from knowledge.numbered import is_named, names_number
from knowledge.search import coverage, passage_words, share
from knowledge.terms import Term
from knowledge.vietnamese import fold

_KINDS = (
    "Chương trình hành động|Chương trình|Kế hoạch|Nghị quyết|Chỉ thị|Quyết định|Công văn|Kết luận|Quy chế phối hợp|"
    "Quy chế|Quy định|Nghị định|Thông tư|Đề án|Hướng dẫn|Thông tri|"
    "Tờ trình|Thông báo|Luật"
)
_MENTION = re.compile(
    rf"(?:{_KINDS})\s+số\s*:?\s*\d[^;.]*?(?=;|\.\s|\.$|$|\)\s*,|(?:,|và)\s+(?:{_KINDS})\s+số)", re.IGNORECASE
)
_OFFICE = re.compile(
    r" ai (?:là|làm) (?P<after>.+?) $|(?:^| )(?P<before>(?:phó )?(?:trưởng|chủ tịch|tổ trưởng).+?) là ai "
)
_ROLE = re.compile(r" chức (?:vụ |danh )?(?:gì|nào) | (?:what|which) (?:office|position|post|rank) ")
_PARTS = ("number", "dated", "signer", "issuer", "basis", "recipients", "title")
_KNOWN_OF_OURS = frozenset({"signer", "signer_role", "recipients", "title"})
_ASKING = frozenset({"sign", "signed", "signing", "issued", "ký được", "ký", "receive", "receives", "gửi"})
_OWN, _ENOUGH, _WIDTH = 0.55, 0.6, 260
_ALL, _LEAST_OFFICE = 0.85, 2
_CHANGED = re.compile(
    r" (?:sửa đổi|thay thế|bãi bỏ|điều chỉnh|bổ sung|sửa|thay|amends?|amended|replaces?|replaced|changed) "
)
_NUMBERED = re.compile(rf"(?:{_KINDS})\s+số\s*:?\s*\d", re.IGNORECASE)
_CHANGES = re.compile(r"sửa đổi|bổ sung|thay thế|điều chỉnh|bãi bỏ", re.IGNORECASE)
_BODIES = (
    "tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|ủy ban nhân dân|hội đồng nhân dân|bộ chính trị|ban bí thư|"
    "chính phủ|tổng liên đoàn|liên đoàn lao động"
)
_OF_BODY = re.compile(
    rf" (?:{_KINDS})(?: số)?(?: \d\S*)? của (?:ban thường vụ |thường trực )?({_BODIES})(?= )", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """A document that a passage of ours refers to, with its number, in the passage's words."""

    document: str
    position: int
    words: str


def document_answer(inquiry: Inquiry) -> Answer | None:
    """What the question asks of a document; not restated when the document is ours and does not say it."""
    question = inquiry.question
    parts = [part for part in _PARTS if part in question.intents]
    if "signer" in parts and _ROLE.search(question.words):
        parts = ["signer_role", "signer"]
    if "basis" in parts:
        return _own_answer(inquiry, ["basis"]) or _mention_answer(inquiry)
    if question.wants("which_document"):
        return _amending(inquiry) or _mention_answer(inquiry) or (_own_answer(inquiry, parts) if parts else None)
    if not parts:
        return None
    told = parts[0] == "title" and names_number(question)
    unknown = parts[0] in _KNOWN_OF_OURS and question.wants("document") and not told
    if told and not any(is_named(question, inquiry.library.documents[key]) for key in inquiry.keys):
        return _mention_answer(inquiry)
    nothing = inquiry.answer("nothing", (), outcome="not_found") if unknown else None
    return _own_answer(inquiry, parts) or (nothing if unknown else _mention_answer(inquiry))


def _amending(inquiry: Inquiry) -> Answer | None:
    """The document that changed the one which the question names ("văn bản nào sửa đổi Kế hoạch 62")."""
    if not _CHANGED.search(inquiry.question.words):
        return None
    documents = inquiry.library.documents
    named = [key for key in inquiry.keys if is_named(inquiry.question, documents[key])]
    numbers = [number for key in named if (number := documents[key].number)]
    changing = {each.document for each in amendments(inquiry.library) if each.amended in named}
    seen = [documents[key] for key in inquiry.library.scope(inquiry.asker.chain) if key not in named]
    later = [each for each in seen if each.key in changing or _says_it_changes(each, numbers)]
    findings = [finding for document in later for finding in _part(inquiry, document, "title")]
    return inquiry.answer("document", findings) if findings else None


def _says_it_changes(document: Document, numbers: list[str]) -> bool:
    """Whether the title of a document says that it changes one of these."""
    return bool(_CHANGES.search(document.title)) and any(number in document.title for number in numbers)


def person_answer(inquiry: Inquiry) -> Answer:
    """Who holds an office: known only of those who signed a document of ours in that office."""
    for key in inquiry.keys:
        document = inquiry.library.documents[key]
        role = inquiry.library.spelled(document.signer_role or "").strip()
        named = inquiry.question.words.replace(" ban thường vụ ", " ")
        years, issued = inquiry.question.years, document.issued_on
        if years and not (issued and issued.year in years):
            continue
        if role and f" là {role} " in named.replace(" là ai ", f" là {role} ") and _own_score(inquiry, key, []) >= _OWN:
            return inquiry.answer("document", list(_part(inquiry, document, "signer")))
    return _appointed(inquiry) or inquiry.answer("nothing", (), outcome="not_found")


def _appointed(inquiry: Inquiry) -> Answer | None:
    """Who a plan itself says is to hold an office it makes: "đồng chí chủ tịch là trưởng ban chỉ đạo"."""
    asked = _OFFICE.search(inquiry.question.words)
    if asked is None:
        return None
    words = (asked["before"] or asked["after"]).split()
    # A plan that says "là trưởng ban chỉ đạo" need only speak of the rest ("phát triển đoàn viên").
    for length in range(len(words), _LEAST_OFFICE - 1, -1):
        said = re.compile(rf" (?:là|làm|giữ chức) {re.escape(' '.join(words[:length]))} ")
        for key, passage in inquiry.passages():
            clauses = inquiry.library.clauses(key, passage.position)
            held = next((text for text, spoken in clauses if said.search(spoken)), None)
            if (
                held
                and coverage(inquiry.question.subject, passage_words(inquiry.library, key, passage.position)) >= _ALL
            ):
                return inquiry.answer("passage", [inquiry.finding(key, passage.position, shortened(held), held)])
    return None


def _own_answer(inquiry: Inquiry, parts: list[str]) -> Answer | None:
    key = own_document(inquiry)
    if key is None:
        return None
    document = inquiry.library.documents[key]
    findings = [finding for part in parts for finding in _part(inquiry, document, part)]
    main = parts[0]
    if not _part_known(document, main):
        return inquiry.answer("document", (), outcome="not_restated", period=main.removesuffix("_role"))
    distinct = list(dict.fromkeys(findings))
    return inquiry.answer("document", distinct) if distinct else None


def own_document(inquiry: Inquiry) -> str | None:
    """The document in scope that the question means, if it means one of ours."""
    terms = [term for term in inquiry.question.subject if term.said not in _ASKING]
    rated = sorted(((_own_score(inquiry, key, terms), -at, key) for at, key in enumerate(inquiry.keys)), reverse=True)
    if not rated or rated[0][0] < _OWN:
        return None
    return rated[0][2]


def _own_score(inquiry: Inquiry, key: str, terms: list[Term]) -> float:
    library, document = inquiry.library, inquiry.library.documents[key]
    union = library.unions.get(document.scope)
    levels = inquiry.question.levels
    if levels and union and union.level not in levels and inquiry.question.words.find(" này ") < 0:
        return 0.0
    issuer = library.spelled(f"{document.issuer or ''} {document.kind} {document.number or ''}")
    body = _OF_BODY.search(inquiry.question.words)
    if body and f" {body[1]} " not in issuer:
        return 0.0
    if is_named(inquiry.question, document):
        return 1.0
    named = re.search(rf" {library.spelled(document.kind).strip()} (?:số )?(\d+)", inquiry.question.words)
    if named and not (document.number or "").startswith(named[1]):
        return 0.0
    held = coverage(terms, issuer, library.spelled(document.title)) if terms else 1.0
    kind = share(Term("", (library.spelled(document.kind).strip(),), 1.0), inquiry.question.words)
    return held + 0.2 * kind


def _part_known(document: Document, part: str) -> bool:
    known = {
        "number": document.number,
        "dated": document.issued_on,
        "signer": document.signer,
        "signer_role": document.signer_role,
        "issuer": document.issuer,
        "basis": document.legal_bases,
        "recipients": document.recipients,
        "title": document.title,
    }
    return bool(known[part])


def _part(inquiry: Inquiry, document: Document, part: str) -> Iterator[Finding]:
    """The words of the document that say it, found where they stand."""
    if part == "basis":
        for basis in _bases(inquiry, document):
            yield _standing(inquiry, document, basis, shortened(basis, _WIDTH))
    elif part == "recipients" and document.recipients:
        words = shortened("; ".join(document.recipients), 420)
        yield _standing(inquiry, document, document.recipients[0], words)
    elif needle := _needle(document, part):
        yield _standing(inquiry, document, needle, None if part != "title" else document.title)


def _bases(inquiry: Inquiry, document: Document) -> list[str]:
    """The legal bases that fit the question (all, where it does not choose)."""
    level = [
        word
        for word in ("huyện", "tỉnh", "quận", "thành phố", "trung ương", "bộ chính trị")
        if f" {word} " in inquiry.question.words
    ]
    split = [mention.strip(" ,;") for basis in document.legal_bases for mention in _MENTION.findall(basis) or [basis]]
    fitting = [basis for basis in split if any(word in parted(_issuer_part(basis)) for word in level)]
    return (fitting or split)[:4]


def _issuer_part(basis: str) -> str:
    return basis.split(" về ", maxsplit=1)[0]


def _needle(document: Document, part: str) -> str | None:
    if part == "dated":
        issued = document.issued_on
        return f"ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}" if issued else None
    return {
        "number": document.number,
        "signer": document.signer,
        "signer_role": document.signer_role,
        "issuer": document.issuer,
        "title": document.title,
    }[part]


def _standing(inquiry: Inquiry, document: Document, needle: str, words: str | None) -> Finding:
    """The passage that holds `needle`, quoted as `words`, or itself where it is short."""
    bare = _bare(needle)
    passages = inquiry.library.passages(document.key)
    outside = [passage for passage in passages if not passage.section] or list(passages)
    listed = (*outside, *passages)
    exact = next((passage for passage in listed if needle in passage.text), None)
    found = exact or next((passage for passage in listed if bare in _bare(passage.text)), outside[0])
    return inquiry.finding(document.key, found.position, words or shortened(found.text, _WIDTH))


def _bare(text: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)|[^a-z0-9]", "", re.sub(r"(?<!\d)0(?=\d)", "", fold(text)))


def _mention_answer(inquiry: Inquiry) -> Answer | None:
    """The document that the plans refer to and the question describes."""
    terms = inquiry.question.subject
    if not terms:
        return None
    rated = []
    for mention in _mentions(inquiry):
        near = parted(mention.words)
        held = coverage(terms, near)
        if held >= _ENOUGH and _is_that_document(inquiry, near):
            rated.append((held + _kind_fits(inquiry, near) - len(mention.words) / 4000, mention))
    if not rated:
        return _mentioned_in_clause(inquiry)
    _, best = max(rated, key=lambda entry: entry[0])
    return inquiry.answer("mention", [inquiry.finding(best.document, best.position, shortened(best.words, 360))])


def _is_that_document(inquiry: Inquiry, near: str) -> bool:
    """Whether a mention is of the kind and number that the question names, if it names one ("nghị định 49")."""
    first = re.search(rf" ({_KINDS.lower()}) (?:(?:số )?(\d+) )?", inquiry.question.words)
    named = first if first and first[2] else None
    return named is None or bool(re.search(rf"^ {named[1]} (?:số )?0*{named[2].lstrip('0')}[-/ ]", near))


def _mentioned_in_clause(inquiry: Inquiry) -> Answer | None:
    """The clause that speaks of what is asked for and names a document for it ("đối thoại … theo Quyết định số …")."""
    if not inquiry.question.wants("which_document"):
        return None
    for hit in inquiry.hits:
        for text, words in inquiry.library.clauses(hit.document, hit.passage.position):
            if _NUMBERED.search(text) and coverage(inquiry.question.subject, words) >= _ALL and hit.passage.section:
                words_shown = shortened(text, _WIDTH * 2)
                return inquiry.answer("passage", [inquiry.finding(hit.document, hit.passage.position, words_shown)])
    return None


def _kind_fits(inquiry: Inquiry, near: str) -> float:
    asked = [kind.lower() for kind in _KINDS.split("|") if f" {kind.lower()} " in inquiry.question.words]
    fits = 0.2 if asked and near.strip().startswith(max(asked, key=len)) else 0.0
    return fits + 0.05 * (" ngày " in near)


def _mentions(inquiry: Inquiry) -> Iterator[Mention]:
    for key, passage in inquiry.passages():
        for match in _MENTION.finditer(passage.text):
            yield Mention(key, passage.position, match.group().strip(" ,"))
