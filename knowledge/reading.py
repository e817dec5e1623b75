"""Files to documents: .txt .md .docx .pdf; the only place that opens documents.

Everything is bounded: a file, what it unpacks to, its pages and its text. What cannot be read raises `ReadingError`.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import docx
import pypdf
from pypdf.errors import DependencyError, PyPdfError

from knowledge import Document
from knowledge.composing import compose
from knowledge.word import lines_of_body, numbering_of

_CORPUS = Path(__file__).parent / "documents"
_MOST_BYTES = 20_000_000
_MOST_CHARACTERS = 600_000
_MOST_UNPACKED = 60_000_000
_MOST_PARTS = 2_000
_MOST_PAGES = 200
_MOST_PAGE_CONTENT = 3_000_000
_FEWEST_LETTERS_A_PAGE = 20
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
    if len(text) > _MOST_CHARACTERS:
        raise ReadingError("too_long", file)
    documents = tuple(document for document in compose(text, file) if document.passages)
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
    _check_package(content, file)
    try:
        document = docx.Document(io.BytesIO(content))
        parts = [part for part in document.part.package.iter_parts() if part.partname.endswith("/numbering.xml")]
        numbering = numbering_of(parts[0].element if parts else None)
        text = "\n".join(lines_of_body(document.element.body, numbering))
    except (KeyError, ValueError, AttributeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
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
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part):
                    raise ReadingError("unsafe", file)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as error:
        raise ReadingError("broken", file) from error


def _pdf_text(content: bytes, file: str) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("encrypted", file)
        if len(reader.pages) > _MOST_PAGES:
            raise ReadingError("too_long", file)
        pages = [_page_lines(page, file) for page in reader.pages]
    except DependencyError as error:
        raise ReadingError("encrypted", file) from error
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise ReadingError("broken", file) from error
    letters = sum(len(line) for page in pages for line in page)
    if letters < _FEWEST_LETTERS_A_PAGE * max(1, len(pages)):
        raise ReadingError("no_text_layer", file)
    return "\n".join(line for page in _without_running_lines(pages) for line in page)


def _page_lines(page: pypdf.PageObject, file: str) -> list[str]:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_PAGE_CONTENT:
        raise ReadingError("too_long", file)
    return page.extract_text().split("\n")


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without what stands at the top or bottom of most of them: running headers, footers, page numbers."""
    edges = Counter(
        edge for page in pages for edge in {_edge(line) for line in (*page[:2], *page[-2:]) if line.strip()}
    )
    running = {edge for edge, times in edges.items() if len(pages) > 2 and times > 0.6 * len(pages)}
    return [
        [line for at, line in enumerate(page) if not (min(at, len(page) - 1 - at) < 2 and _edge(line) in running)]
        for page in pages
    ]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
