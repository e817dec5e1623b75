"""Makes the documents that tests read: a small PDF with a text layer, a Word file with tables and automatic numbers."""

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_LINE = 16
_MARGIN = 42
_PAGE = (595, 842)
_LEFT = 50
_COLUMN = 90


@dataclass(frozen=True)
class Ruled:
    """A ruled table on a PDF page: rows of cells, "\\n" where a cell is wrapped.

    "<" stands where the cell on the left reaches over, "^" where the one above does. Without `rules` only the words
    are printed.
    """

    rows: Sequence[Sequence[str]]
    rules: bool = True

    def heights(self) -> list[int]:
        """How many lines each row takes."""
        return [max(cell.count("\n") + 1 for cell in row) for row in self.rows]


def pdf(pages: Sequence[Sequence[str | Ruled]], *, text_layer: bool = True, size: tuple[int, int] = _PAGE) -> bytes:
    """A PDF of the given lines and tables, one page after the other; "left\\tright" is printed in two columns.

    `size` is that of the pages in points.
    """
    letters = sorted({letter for page in pages for line in page for letter in _letters(line)})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    objects: list[bytes] = [b"", b""]
    objects.append(stream(_to_unicode(codes)))
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
        content = _page(page, codes, size[1] - _MARGIN) if text_layer else b"0 0 500 700 re f"
        objects.append(stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F 5 0 R >> >> "
            b"/Contents %d 0 R >>" % (*size, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return assembled(objects)


def _letters(line: str | Ruled) -> str:
    return line if isinstance(line, str) else "".join(cell for row in line.rows for cell in row)


def _page(lines: Sequence[str | Ruled], codes: dict[str, int], at: int) -> bytes:
    drawn: list[str] = []
    for line in lines:
        if isinstance(line, str):
            drawn += (_shown(_LEFT + 300 * column, at, text, codes) for column, text in enumerate(line.split("\t")))
            at -= _LINE
        else:
            drawn += _ruled(line, at, codes)
            at -= _LINE * (sum(line.heights()) + 1)
    return "\n".join(drawn).encode()


def _shown(across: int, up: int, text: str, codes: dict[str, int]) -> str:
    code = "".join(f"{codes[letter]:04x}" for letter in text)
    return f"BT /F 11 Tf 1 0 0 1 {across} {up} Tm <{code}> Tj ET"


def _ruled(table: Ruled, top: int, codes: dict[str, int]) -> Iterator[str]:
    heights = table.heights()
    tops = [top - _LINE * sum(heights[:row]) for row in range(len(heights) + 1)]
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            if text in ("<", "^"):
                continue
            wide = next((n for n, cell in enumerate(cells[column + 1 :], 1) if cell != "<"), len(cells) - column)
            below = [other[column] for other in table.rows[row + 1 :]]
            high = next((n for n, cell in enumerate(below, 1) if cell != "^"), len(below) + 1)
            left, upper, lower = _LEFT + _COLUMN * column, tops[row] + 12, tops[row + high] + 12
            if table.rules:
                yield f"{left} {lower} {_COLUMN * wide} {upper - lower} re S"
            for line, words in enumerate(text.split("\n")):
                yield _shown(left + 3, tops[row] - _LINE * line, words, codes)


def _to_unicode(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plan def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{maps}\nendcmap end end"
    ).encode()


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page in its raw parts: the content stream is object 4, `more` are objects from 5 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents 4 0 R >>" % resources
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content, *more])


def packed(content: bytes) -> bytes:
    """A PDF stream that unpacks to `content`."""
    small = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(small), small)


def stream(content: bytes, said: bytes = b"") -> bytes:
    """A PDF stream; `said` stands in its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), said, content)


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF of raw objects, the catalogue first."""
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


_LEVELS = (
    *(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)")),
    ("bullet", "\uf0b7"),
)
_NAMESPACES = (
    f"{nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
)


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
        """A paragraph whose number only Word shows: level 0 "I.", 1 "1.", 2 "1.1.", 3 "a)", 4 "-"."""
        paragraph = self.document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
        return self

    def styled(self, text: str, style: str) -> "WordFile":
        """A paragraph in one of Word's own styles ("List Number")."""
        self.document.add_paragraph(text, style=style)
        return self

    def runs(self, *pieces: str) -> "WordFile":
        """A paragraph of raw XML pieces (the children of `w:p`)."""
        paragraph = self.document.add_paragraph()
        for piece in pieces:
            paragraph._p.append(parse_xml(f"<w:p {_NAMESPACES}>{piece}</w:p>")[0])
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
            for level, (style, text) in enumerate(_LEVELS)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
