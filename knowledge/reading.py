"""Files to documents: .txt .md .docx .pdf; the only place that opens documents.

Everything is bounded: a file, what it unpacks to, its pages and its text. What cannot be read raises `ReadingError`.
"""

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from knowledge import Document
from knowledge.apart import Opened, opened_apart
from knowledge.bounds import bounded, drawn_bytes, unpacks_too_far
from knowledge.composing import compose
from knowledge.packages import DAMAGED
from knowledge.pages import joined_pages, page_lines
from knowledge.typed_tables import with_typed_tables
from knowledge.word import lines_of_body, numbering_of

if TYPE_CHECKING:
    import pypdf

# The libraries for .docx and .pdf are imported where such a file is opened: a process that only answers stays small.
# ruff: noqa: PLC0415

_CORPUS = Path(__file__).parent / "documents"
_MOST_BYTES = 20_000_000
_MOST_CHARACTERS = 600_000
_MOST_UNPACKED = 60_000_000
_MOST_LINES = 20_000
_MOST_XML = 12_000_000
_MOST_PARTS = 2_000
_MOST_PAGES = 200
_MOST_PAGE_CONTENT = 1_000_000
_MOST_CONTENT = 20_000_000
_MOST_LAID_OUT_PAGE, _MOST_LAID_OUT = 100_000, 3_000_000
"""So many bytes of drawing are searched for columns and rules, on a page and in a file; others are read as they come.
"""
_FEWEST_LETTERS_A_PAGE = 20
_UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
_MOST_LOST = 0.01
"""This share of a PDF's letters may be unknown to its letter tables: a figure without one of its digits is wrong."""
_NAMELESS = "This file"
_LOCK = b"/Encrypt"
"""Where a PDF says how it is locked: in its trailer, which is never packed (ISO 32000-2, 7.5.5)."""
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no database keeps as text; only the letter table of a damaged font leads there."""
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Reason = Literal[
    "empty",
    "too_large",
    "too_long",
    "old_word",
    "encrypted",
    "broken",
    "unsafe",
    "no_text_layer",
    "not_text",
    "unknown_format",
]

_ADVICE: dict[Reason, str] = {
    "empty": "{file} is empty: save the document again and send it once more.",
    "too_large": "{file} is too large: send a file of less than 20 MB.",
    "too_long": "{file} is too long: send the plan itself, without its attachments (at most 200 pages).",
    "old_word": "{file} is in the old Word format: open it in Word, save it as .docx and send that.",
    "encrypted": "{file} is protected by a password: save a copy without the password and send that.",
    "broken": "{file} is damaged: open it, save it again and send the new copy.",
    "unsafe": "{file} holds parts that no plan needs and is not opened: save the text in a new document and send that.",
    "no_text_layer": "{file} is a picture of a document: run text recognition on it, or send the Word file.",
    "not_text": "{file} is no readable text: save it as .docx, .pdf or UTF-8 text and send that.",
    "unknown_format": "{file} is of a kind that is not read: send a .docx, .pdf, .txt or .md file.",
}


_BROKEN: tuple[type[Exception], ...] = (AttributeError, *DAMAGED)
"""Of a damaged Word file: python-docx looks for attributes of parts that are not there."""


class ReadingError(Exception):
    """A file that cannot be read.

    The message tells an operator what to do; `reason` lets the phrase book say it to an officer, with `file` its name.
    """

    def __init__(self, reason: Reason, file: str) -> None:
        super().__init__(_ADVICE[reason].format(file=file))
        self.reason = reason
        self.file = file


def read_file(path: Path) -> tuple[Document, ...]:
    """The documents that a file holds, usually one; raises `ReadingError`."""
    if path.stat().st_size > _MOST_BYTES:
        raise ReadingError("too_large", path.name)
    return read_bytes(path.read_bytes(), path.name)


def read_bytes(content: bytes, file: str) -> tuple[Document, ...]:
    """The documents in the content of a file; its kind is told by what it holds. Raises `ReadingError`."""
    if len(content) > _MOST_BYTES:
        raise ReadingError("too_large", file)
    if not content.strip():
        raise ReadingError("empty", file)
    return read_text(_text_of(content, file), file)


def read_text(text: str, file: str) -> tuple[Document, ...]:
    """The documents that a text holds; `file` is the name they are cited by. Raises `ReadingError`."""
    if len(text) > _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise ReadingError("too_long", file)
    documents = tuple(document for document in compose(with_typed_tables(text), file) if document.passages)
    if not documents:
        raise ReadingError("empty", file)
    return documents


def read_corpus(folder: Path | None = None) -> tuple[Document, ...]:
    """The documents of a folder of cleaned Markdown files, in the order of their names; by default the shipped ones."""
    return _corpus(folder or _CORPUS)


@cache
def _corpus(folder: Path) -> tuple[Document, ...]:
    return tuple(document for path in sorted(folder.glob("*.md")) for document in read_file(path))


def _text_of(content: bytes, file: str) -> str:
    if content.startswith(_OLD_WORD):
        raise ReadingError("encrypted" if file.lower().endswith("x") else "old_word", file)
    if content.startswith(b"PK"):
        return _word_text(content, file)
    if b"%PDF-" in content[:1024]:
        return _pdf_text(content, file)
    if not file.lower().endswith((".txt", ".md", ".text", ".markdown")):
        known = file.lower().endswith((".docx", ".pdf", ".doc"))
        raise ReadingError("broken" if known else "unknown_format", file)
    return _plain_text(content, file)


def _plain_text(content: bytes, file: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError("not_text", file) from error
    if "\x00" in text:
        raise ReadingError("not_text", file)
    return text


def _word_text(content: bytes, file: str) -> str:
    import docx

    _check_package(content, file)
    try:
        document = docx.Document(io.BytesIO(content))
        parts = [part for part in document.part.package.iter_parts() if part.partname.endswith("/numbering.xml")]
        numbering = numbering_of(parts[0].element if parts else None, document.styles.element)
        text = "\n".join(bounded(lines_of_body(document.element.body, numbering), _MOST_CHARACTERS))
    except _BROKEN as error:
        raise ReadingError("broken", file) from error
    if not text.strip():
        raise ReadingError("no_text_layer", file)
    return text


def _check_package(content: bytes, file: str) -> None:
    """Refuse a package that unpacks to too much, holds entities, or is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise ReadingError("unsafe", file)
            if "word/document.xml" not in package.namelist():
                raise ReadingError("unknown_format", file)
            if any(part.flag_bits & 1 for part in parts):
                raise ReadingError("encrypted", file)
            for part in parts:
                is_xml = part.filename.endswith((".xml", ".rels"))
                if is_xml and (part.file_size > _MOST_XML or b"<!DOCTYPE" in package.read(part)):
                    raise ReadingError("unsafe", file)
    except DAMAGED as error:
        raise ReadingError("broken", file) from error


def _pdf_text(content: bytes, file: str) -> str:
    opened = opened_apart(content)
    if opened.reason is not None:
        raise ReadingError(cast(Reason, opened.reason), file)
    return opened.text


def pdf_opened(content: bytes) -> Opened:
    """The text of a PDF file, or why it is refused, whatever damage is found in it.

    For `knowledge/apart.py`: some files ask for more time and memory than there is.
    """
    try:
        return Opened(_lines_of_pdf(content))
    except ReadingError as error:
        return Opened(reason=error.reason)
    except MemoryError:
        return Opened(reason="unsafe")
    except Exception:
        # The libraries raise whatever a damaged file leads them to; their documentation names a part of it.
        return Opened(reason="broken")


def _lines_of_pdf(content: bytes) -> str:
    import pypdf
    from pypdf.errors import DependencyError

    if unpacks_too_far(content):
        raise ReadingError("unsafe", _NAMELESS)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        sizes = _page_sizes(reader)
    except (DependencyError, NotImplementedError) as error:
        # So it is too where what is drawn is packed in an unknown way, which no password opens.
        raise ReadingError("encrypted" if _LOCK in content else "broken", _NAMELESS) from error
    pages = list(_pdf_pages(content, reader, sizes))
    text = "\n".join(joined_pages(_without_running_lines(pages)))
    known, lost = _UNKNOWN_LETTER.subn("\ufffd", text)
    if len(known) < _FEWEST_LETTERS_A_PAGE * max(1, len(pages)) or lost > _MOST_LOST * len(known):
        raise ReadingError("no_text_layer", _NAMELESS)
    return _UNPRINTED.sub("", known)


def _page_sizes(reader: "pypdf.PdfReader") -> list[int]:
    """How much is drawn on each page, in bytes; a password, or more than a plan has, is refused."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError("encrypted", _NAMELESS)
    if len(reader.pages) > _MOST_PAGES:
        raise ReadingError("too_long", _NAMELESS)
    sizes = []
    for page in reader.pages:
        contents = page.get_contents()
        sizes.append(drawn_bytes(page, contents.get_data() if contents is not None else b"", _MOST_PAGE_CONTENT))
        if sizes[-1] > _MOST_PAGE_CONTENT or sum(sizes) > _MOST_CONTENT:
            raise ReadingError("too_long", _NAMELESS)
    return sizes


def _pdf_pages(content: bytes, reader: "pypdf.PdfReader", sizes: Sequence[int]) -> Iterator[list[str]]:
    """The lines of each page, laid out in columns and tables unless too much is drawn on it."""
    import pdfplumber

    # It warns of every font without a size; what is read does not depend on it.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    laid_out = 0
    with pdfplumber.open(io.BytesIO(content)) as opened:
        for page, plain, size in zip(opened.pages, reader.pages, sizes, strict=True):
            laid_out += size
            if size > _MOST_LAID_OUT_PAGE or laid_out > _MOST_LAID_OUT:
                yield plain.extract_text().split("\n")
            else:
                yield page_lines(page)
            page.close()


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without their numbers and without what stands at the top or bottom of most of them.

    Table rows stay, however alike; so do the capitals with which two documents of one page each begin.
    """
    edges = Counter(edge for page in pages for edge in {_edge(line) for line in (*page[:2], *page[-2:])})
    most = 0.6 * len(pages) if len(pages) > 2 else 1
    running = {edge for edge, times in edges.items() if edge and times > most}
    running = {edge for edge in running if len(pages) > 2 or not edge.isupper()}
    return [
        [line for at, line in enumerate(page) if not _runs(line, min(at, len(page) - 1 - at), running)]
        for page in pages
    ]


def _runs(line: str, lines_to_edge: int, running: Collection[str]) -> bool:
    numbered = lines_to_edge == 0 and re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", line) is not None
    return numbered or (lines_to_edge < 2 and _edge(line) in running)


def _edge(line: str) -> str:
    """A line at the edge of a page with any number for any other; empty where it is no running line."""
    return "" if line.startswith("|") else re.sub(r"\d+", "#", line.strip())
