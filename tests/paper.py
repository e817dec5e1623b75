"""Makes the documents that tests read: a small PDF with a text layer, a Word file with tables and automatic numbers."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_LINE = 16
_TOP = 800


def pdf(pages: Sequence[Sequence[str]], *, text_layer: bool = True) -> bytes:
    """A PDF of the given lines, one page after the other; a line "left\\tright" is printed in two columns."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    objects: list[bytes] = [b"", b""]
    objects.append(_stream(_to_unicode(codes)))
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plan /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 500 >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plan /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 3 0 R >>"
    )
    kids = []
    for page in pages:
        content = _page(page, codes) if text_layer else b"0 0 500 700 re f"
        objects.append(_stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def _page(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = []
    for at, line in enumerate(lines):
        for column, text in enumerate(line.split("\t")):
            code = "".join(f"{codes[letter]:04x}" for letter in text)
            shown.append(f"1 0 0 1 {50 + 300 * column} {_TOP - _LINE * at} Tm <{code}> Tj")
    return "\n".join(["BT /F 11 Tf", *shown, "ET"]).encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plan def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{maps}\nendcmap end end"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


class WordFile:
    """A Word document in the making."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self._add_numbering()

    def line(self, text: str) -> "WordFile":
        """A paragraph."""
        self.document.add_paragraph(text)
        return self

    def numbered(self, text: str, level: int) -> "WordFile":
        """A paragraph whose number only Word shows: level 0 "I.", level 1 "1.", level 2 "1.1."."""
        paragraph = self.document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
        return self

    def table(self, rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]] = ()) -> "WordFile":
        """A table; `merged` cells as (first row, first column, last row, last column)."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        for top, left, bottom, right in merged:
            words = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = words
        return self

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _add_numbering(self) -> None:
        root: Any = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, style, text in ((0, "upperRoman", "%1."), (1, "decimal", "%2."), (2, "decimal", "%2.%3."))
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
