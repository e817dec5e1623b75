"""Documents of a word processor: a template with places to fill, and what stands on the paper.

The layout is the template's own: A4, margins, fonts and the national title as annex I of Decree 30/2020/NĐ-CP asks. A
place is written {{name}} anywhere in the template; the paragraphs of a longer text look like the one that holds it.
"""

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.packages import DAMAGED

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

# The library is imported where a document is opened: a process that only answers stays small.
# ruff: noqa: PLC0415

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

PLACES = ("superior", "issuer", "number", "place_date", "title", "subject", "authority", "signer", "recipients", "body")
"""The names that a template may hold between {{ and }}; without `body` it is no template."""

PLACE = re.compile(r"\{\{\s*(\w*)\s*\}\}")
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PaperError(ValueError):
    """The template cannot be used; the message says why."""


@dataclass(frozen=True)
class Block:
    """A paragraph of the text, or a heading in it."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Appendix:
    """A table on a page of its own; `widths` are shares of the page, by column."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """What stands on the paper; every text is as it is to be read, the names of bodies in capitals too."""

    superior: str
    issuer: str
    number: str
    place_date: str
    title: str
    subject: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    authority: str
    signer: str
    appendix: Appendix | None = None


def check(template: Path) -> None:
    """Raise `PaperError` where a file cannot be used as a template."""
    names = {name for paragraph in _paragraphs(_opened(template)) for name in PLACE.findall(paragraph.text)}
    unknown = sorted(names - set(PLACES))
    if unknown:
        raise PaperError(f"{template} has unknown places: {', '.join(unknown)}. Known are: {', '.join(PLACES)}")
    if "body" not in names:
        raise PaperError(f"{template} has no place {{{{body}}}} for the text: see handlers/templates/report.docx")


def write(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a .docx file, in the layout of `template`; raises `PaperError` where that cannot be opened."""
    document = _opened(template or TEMPLATE)
    for paragraph in list(_paragraphs(document)):
        names = PLACE.findall(paragraph.text)
        if "body" in names:
            _fill_lines(paragraph, paper.body)
        elif "recipients" in names:
            _fill_lines(paragraph, tuple(map(Block, paper.recipients)))
        elif names:
            _fill(paragraph, paper)
    if paper.appendix is not None:
        _append(document, paper.appendix)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _opened(template: Path) -> "Document":
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    broken: tuple[type[Exception], ...] = (PackageNotFoundError, *DAMAGED)
    try:
        return docx.Document(str(template))
    except broken as error:
        raise PaperError(
            f"{template} is no .docx file that can be opened: save it again in a word processor"
        ) from error


def _paragraphs(document: "Document") -> "Iterator[Paragraph]":
    """Every paragraph of the text, those inside tables too."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _fill(paragraph: "Paragraph", paper: Paper) -> None:
    """Fill the places of one paragraph; a word processor may have cut a place into several runs."""
    for run in paragraph.runs:
        run.text = _filled(run.text, paper)
    if PLACE.search(paragraph.text):
        whole = _filled(paragraph.text, paper)
        first, *others = paragraph.runs
        first.text = whole
        for run in others:
            run.text = ""


def _filled(text: str, paper: Paper) -> str:
    return PLACE.sub(lambda place: _clean(str(getattr(paper, place[1]))), text)


def _fill_lines(paragraph: "Paragraph", blocks: Sequence[Block]) -> None:
    """One paragraph for each block, like the one that holds the place; headings are bold and stay with what follows."""
    from docx.text.paragraph import Paragraph

    for block in blocks:
        element = deepcopy(paragraph._p)
        paragraph._p.addprevious(element)
        made = Paragraph(element, paragraph._parent)
        for run in made.runs[1:]:
            element.remove(run._r)
        made.runs[0].text = _clean(block.text)
        if block.heading:
            made.runs[0].bold = True
            made.paragraph_format.keep_with_next = True
    paragraph._p.getparent().remove(paragraph._p)


def _append(document: "Document", appendix: Appendix) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(6)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(_clean(appendix.title)).bold = True
    table = document.add_table(rows=2, cols=len(appendix.columns))
    table.autofit = False
    _draw_borders(table)
    _set_widths(document, table, appendix.widths)
    header, line = table.rows
    _repeat(header)
    for cell, text in zip(header.cells, appendix.columns, strict=True):
        _write_cell(cell, text, bold=True)
    for cell in line.cells:
        _write_cell(cell, "-", bold=False)
    for row in appendix.rows:
        table._tbl.append(_like(line, row))
    table._tbl.remove(line._tr)


def _set_widths(document: "Document", table: "Table", shares: Sequence[int]) -> None:
    from docx.shared import Length

    section = document.sections[-1]
    assert section.page_width and section.left_margin and section.right_margin
    room = section.page_width - section.left_margin - section.right_margin
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(room * share // sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _like(line: "_Row", cells: Sequence[str]) -> Any:
    """A copy of a line of the table with other texts; adding lines one by one takes the square of their number."""
    from docx.oxml.ns import qn

    copy = deepcopy(line._tr)
    for place, text in zip(copy.iter(qn("w:t")), cells, strict=True):
        place.text = _clean(text)
    return copy


def _write_cell(cell: "_Cell", text: str, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Cm(0)
    paragraph.paragraph_format.space_after = Pt(0)
    if bold:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    run.font.size = Pt(11)


def _draw_borders(table: "Table") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), "4")
        borders.append(line)
    # The order inside a table's properties is fixed.
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _repeat(header: "_Row") -> None:
    """The header line comes again on every page."""
    from docx.oxml import OxmlElement

    properties = header._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
