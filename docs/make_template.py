"""Makes handlers/templates/report.docx, the layout of reports: `python docs/make_template.py`.

Annex I of Decree 30/2020/NĐ-CP as far as it applies to trade unions: A4, margins 20/20/30/20 mm, Times New Roman 13-14,
the issuing body on the left, the national title on the right. Change the file in a word processor as well as here.
"""

import sys
from pathlib import Path

import docx  # noqa: TID251
from docx.document import Document  # noqa: TID251
from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: TID251
from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: TID251
from docx.oxml import OxmlElement  # noqa: TID251
from docx.oxml.ns import qn  # noqa: TID251
from docx.shared import Cm, Pt, RGBColor  # noqa: TID251
from docx.table import Table, _Cell  # noqa: TID251
from docx.text.paragraph import Paragraph  # noqa: TID251
from docx.text.run import Run  # noqa: TID251

FONT = "Times New Roman"
LEFT, RIGHT = 6.4, 9.6
"""The widths of the two columns of the head, in centimetres: together what lies between the margins."""

CENTRE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def make(file: Path) -> None:
    """Write the template."""
    document = docx.Document()
    _page(document)
    _font(document)
    _page_numbers(document)
    _head(document)
    _text(document)
    _foot(document)
    for name in ("author", "comments", "title"):
        setattr(document.core_properties, name, "")
    file.parent.mkdir(exist_ok=True)
    document.save(str(file))


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def _font(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _page_numbers(document: Document) -> None:
    """In the middle of the upper margin, from the second page on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        run._r.append(_field_part(kind))


def _field_part(kind: str | None) -> OxmlElement:
    if kind is None:
        text = OxmlElement("w:instrText")
        text.text = "PAGE"
        return text
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _head(document: Document) -> None:
    table = _columns(document, LEFT, RIGHT)
    left, right = table.rows[0].cells
    _line(left, "{{superior}}", 13)
    _line(left, "{{issuer}}", 13, bold=True)
    _rule(left.add_paragraph(), LEFT, 2.4)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _rule(right.add_paragraph(), RIGHT, 5.7)
    left, right = table.add_row().cells
    _line(left, "{{number}}", 13)
    _line(right, "{{place_date}}", 13).italic = True
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)


def _text(document: Document) -> None:
    title = document.add_paragraph()
    title.paragraph_format.space_before = Pt(18)
    _styled(title, "{{title}}", 14, bold=True)
    _styled(document.add_paragraph(), "{{subject}}", 14, bold=True)
    _rule(document.add_paragraph(), LEFT + RIGHT, 4)
    body = document.add_paragraph("{{body}}")
    body.alignment = BOTH
    body.paragraph_format.first_line_indent = Cm(1.27)
    body.paragraph_format.space_before = Pt(3)
    body.paragraph_format.space_after = Pt(3)
    body.paragraph_format.line_spacing = 1.15


def _foot(document: Document) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    left, right = _columns(document, 8, 8).rows[0].cells
    to = left.paragraphs[0].add_run("Nơi nhận:")
    to.bold = to.italic = True
    to.font.size = Pt(12)
    left.add_paragraph().add_run("{{recipients}}").font.size = Pt(11)
    _line(right, "{{authority}}", 14, bold=True)
    _line(right, "{{signer}}", 14, bold=True)
    for _ in range(4):
        right.add_paragraph()


def _columns(document: Document, *widths: float) -> Table:
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _line(cell: _Cell, text: str, size: float, *, bold: bool = False) -> Run:
    first = cell.paragraphs[0]
    return _styled(first if not first.runs else cell.add_paragraph(), text, size, bold=bold)


def _styled(paragraph: Paragraph, text: str, size: float, *, bold: bool) -> Run:
    paragraph.alignment = CENTRE
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    return run


def _rule(paragraph: Paragraph, room: float, width: float) -> None:
    """A line of `width` in the middle of `room`, both in centimetres: the lower border of an empty paragraph."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm((room - width) / 2)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # The order inside a paragraph's properties is fixed: borders stand before spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "handlers/templates/report.docx")
