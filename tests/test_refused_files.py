"""Files that cannot be read: refused with a reason, soon, and without much memory."""

import io
import time
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from paper import WordFile, assembled, one_page, packed, pdf, stream

from knowledge.reading import ReadingError, read_bytes

PLAN = ["KẾ HOẠCH", "Thực hiện công tác công đoàn giai đoạn 2025 - 2030", "I. CHỈ TIÊU"]


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([PLAN])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rows(number: int) -> bytes:
    """A Word file with a table of so many rows."""
    row = b"<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = b'<w:document xmlns:w="%s"><w:body><w:tbl>%s</w:tbl></w:body></w:document>' % (namespace, row * number)
    return _package({"word/document.xml": body})


def _forms(deep: int) -> bytes:
    """A PDF whose page draws ten drawings, each of which draws ten, and so on."""
    said = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do " * 10, said % (6 + at)) for at in range(deep)]
    return one_page(stream(b"/X Do " * 10), *forms, stream(b""), resources=b"/XObject << /X 5 0 R >>")


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", lambda: b"", "empty"),
        ("a.txt", lambda: b"\n \n", "empty"),
        ("a.txt", lambda: b"---\n\n***\n", "empty"),
        ("a.txt", lambda: bytes(range(256)), "not_text"),
        ("a.txt", lambda: b"abc\x00def", "not_text"),
        ("a.txt", lambda: "chữ ".encode() * 200_000, "too_long"),
        ("a.txt", lambda: b"a" * 20_000_001, "too_large"),
        ("a.xlsx", lambda: _package({"xl/workbook.xml": b"<a/>"}), "unknown_format"),
        ("a.jpg", lambda: b"\xff\xd8\xff\xe0 picture", "unknown_format"),
        ("a.doc", lambda: OLE, "old_word"),
        ("a.docx", lambda: OLE, "encrypted"),
        ("a.docx", lambda: b"PK\x03\x04 nothing", "broken"),
        ("a.docx", lambda: _package({"word/document.xml": b"<a/>"}), "broken"),
        ("a.docx", lambda: _package({"word/document.xml": b" " * 70_000_000}), "unsafe"),
        ("a.docx", lambda: _package({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unsafe"),
        ("a.docx", lambda: WordFile().content(), "no_text_layer"),
        ("a.pdf", lambda: pdf([["trang"]], text_layer=False), "no_text_layer"),
        ("a.pdf", lambda: pdf([PLAN])[:400], "broken"),
        ("a.pdf", lambda: pdf([["dòng"]] * 300), "too_long"),
        ("a.pdf", _encrypted_pdf, "encrypted"),
        ("a.txt", lambda: b"| 1 | 2 |\n" * 50_000, "too_long"),
        ("a.docx", lambda: _rows(1_000_000), "unsafe"),
        ("a.docx", lambda: _rows(300_000), "unsafe"),
        ("a.pdf", lambda: assembled([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), "broken"),
        ("a.pdf", lambda: assembled([CATALOG, b"<< /Type /Pages /Kids 3 0 R >>", b"4 0 R", b"3 0 R"]), "broken"),
        ("a.pdf", lambda: one_page(packed(b"0 0 m " * 5_000_000)), "unsafe"),
        ("a.pdf", lambda: one_page(packed(packed(b"0 0 m "))), "no_text_layer"),
        ("a.pdf", lambda: one_page(stream(b""), FONT, packed(b"<01> <0041>\n" * 900_000)), "unsafe"),
        ("a.pdf", lambda: one_page(stream(b"0 0 9 9 re S\n" * 90_000)), "too_long"),
        ("a.pdf", lambda: _forms(9), "too_long"),
        ("a.pdf", lambda: one_page(b"4 0 R"), "broken"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(name: str, content: Callable[[], bytes], reason: str) -> None:
    started = time.perf_counter()
    _refused(name, content(), reason)
    assert time.perf_counter() - started < 10


def _refused(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=r"send|save|open") as caught:
        read_bytes(content, name)
    assert (caught.value.reason, caught.value.file) == (reason, name)
