"""The shipped documents: what they say of themselves, and that a raw scan is read as its cleaned file is."""

import csv
import difflib
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge import Document
from knowledge.layout import lines_of, paragraphs_of
from knowledge.reading import read_corpus, read_file
from knowledge.scans import administrative_phrases, make_lexicon, repair_all

RAW = Path(__file__).parent / "documents" / "raw"
SHIPPED = Path(__file__).parent.parent / "knowledge" / "documents"
CLEANED = {document.key: document for document in read_corpus()}
KEYS = sorted(CLEANED)

RESOLUTION = "Nghị quyết số 02-NQ/TW"
HEADS = {
    "43-kh-du": ("43-KH/ĐU", "Ban Thường vụ Đảng ủy", None, "Trần Duy Thơ", None, "XA43-CS"),
    "chuong-trinh-hanh-dong-thuc-hien-nghi-quyet-dai-hoi-dai": (
        None,
        "Ban Thường vụ Liên đoàn Lao động tỉnh Đắk Lắk",
        None,
        "Nguyễn Thị Lý",
        "Phó Chủ tịch Thường trực",
        "DLK",
    ),
    "ke-hoach-thuc-hien-ke-hoach-so-149-kh-hu-ngay-19-7-2023-cua": (
        None,
        "Ban Thường vụ Liên đoàn Lao động huyện",
        None,
        "Ngo Doãn Phúc",
        "Chủ tịch",
        "PR",
    ),
    "10-kh-ubnd": (
        "10/KH-UBND",
        "Ủy ban nhân dân quận",
        date(2022, 1, 11),
        "Phạm Thị Diễm",
        "Phó Chủ tịch",
        "BD",
    ),
    "55-kh-qu": (
        "55-KH/QU",
        "Quận ủy Ba Đình",
        date(2021, 9, 7),
        "Nguyễn Công Thành",
        "Phó Bí thư Thường trực",
        "BD",
    ),
    "ke-hoach-phat-trien-doan-vien-thanh-lap-cong-doan-co-so": (
        None,
        "Ban Thường vụ Liên đoàn Lao động tỉnh",
        None,
        None,
        None,
        "T4",
    ),
}


@pytest.fixture(scope="module")
def raw() -> dict[str, Document]:
    return {document.key: document for path in sorted(RAW.glob("*.txt")) for document in read_file(path)}


def test_six_documents_say_who_wrote_them_and_when() -> None:
    said = {
        document.key: (
            document.number,
            document.issuer,
            document.issued_on,
            document.signer,
            document.signer_role,
            document.scope,
        )
        for document in CLEANED.values()
    }
    assert said == HEADS


@pytest.mark.parametrize("key", KEYS)
def test_a_raw_scan_gives_the_sections_of_its_cleaned_file(key: str, raw: dict[str, Document]) -> None:
    assert [passage.section for passage in raw[key].passages] == [passage.section for passage in CLEANED[key].passages]
    assert [passage.heading for passage in raw[key].passages] == [passage.heading for passage in CLEANED[key].passages]


@pytest.mark.parametrize("key", KEYS)
def test_a_raw_scan_gives_the_words_of_its_cleaned_file(key: str, raw: dict[str, Document]) -> None:
    assert [passage.text for passage in raw[key].passages] == [passage.text for passage in CLEANED[key].passages]


@pytest.mark.parametrize("key", KEYS)
def test_a_raw_scan_gives_the_head_of_its_cleaned_file(key: str, raw: dict[str, Document]) -> None:
    ours, theirs = raw[key], CLEANED[key]
    for field in ("kind", "title", "number", "issuer", "place", "issued_on", "signer", "legal_bases", "recipients"):
        assert getattr(ours, field) == getattr(theirs, field)


@pytest.mark.parametrize("key", KEYS)
def test_no_repair_changes_a_number(key: str, raw: dict[str, Document]) -> None:
    for passage in raw[key].passages:
        assert Counter(re.findall(r"\d", passage.text)) == Counter(re.findall(r"\d", passage.original))


@pytest.mark.parametrize("key", KEYS)
def test_every_passage_leads_back_to_its_lines(key: str, raw: dict[str, Document]) -> None:
    lines = (RAW / raw[key].file).read_text(encoding="utf-8").split("\n")
    for passage in raw[key].passages:
        stood = [line.strip() for line in lines[passage.first_line - 1 : passage.last_line] if line.strip()]
        kept = [line.strip() for line in passage.original.split("\n") if line.strip()]
        assert [line for line in kept if line not in stood] == []


def _paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(lines_of(path.read_text(encoding="utf-8")))]


def _without(source: str) -> list[str]:
    """The shipped texts that do not come from one raw file."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.md"))]
    return [text for text in texts if f"file: {source}" not in text]


def _changes(before: str, after: str) -> int:
    matcher = difflib.SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    return sum(max(b - a, d - c) for op, a, b, c, d in matcher.get_opcodes() if op != "equal")


def test_a_scan_is_repaired_by_what_other_documents_know() -> None:
    """Measured without the scan's own cleaned file: 62 wrong words of 2,600 before, at most 2 after."""
    path = RAW / "000_de9e10dcc918aa8f.txt"
    lexicon = make_lexicon([administrative_phrases(), *_without(path.name)])
    cleaned = " ".join(passage.text for passage in CLEANED["43-kh-du"].passages)
    scanned = _paragraphs(path)
    assert _changes(" ".join(scanned), cleaned) > 55
    assert _changes(" ".join(repair_all(scanned, lexicon)), cleaned) <= 2


@pytest.mark.parametrize("name", ["001_ada2efa7766d421e.txt", "002_11c98f26cf99777a.txt", "004_57a06ed1d6f0267b.txt"])
def test_a_clean_document_is_not_changed_even_where_its_words_are_new(name: str) -> None:
    lexicon = make_lexicon([administrative_phrases(), *_without(name)])
    texts = _paragraphs(RAW / name)
    assert repair_all(texts, lexicon) == texts


def test_the_organisation_names_the_raw_files_of_the_shipped_documents() -> None:
    with (SHIPPED / "organisation.csv").open(encoding="utf-8", newline="") as rows:
        owned = {row["code"]: row["documents"] for row in csv.DictReader(rows) if row["documents"]}
    assert {document.scope: document.file for document in CLEANED.values()} == owned
