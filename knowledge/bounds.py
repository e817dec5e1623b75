"""How much a file may turn into before it is opened further: unpacked streams, drawings inside drawings, lines.

A small file can unpack to more than the machine holds; these checks look at a little more than what they allow.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

_MOST_STREAM = 4_000_000
"""Bytes that one stream of a PDF may unpack to: the text of a page, a table of letters. Pictures and fonts are none."""
_MOST_FONT = 40_000_000
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Image\b|/DCTDecode|/JPXDecode|/CCITTFaxDecode|/JBIG2Decode")
_FONT = re.compile(rb"/Length1\b|/CIDFontType0C|/Type1C|/OpenType")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_DICTIONARY = 600
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")


def unpacks_too_far(content: bytes) -> bool:
    """Whether a packed stream of a PDF, other than a picture, unpacks to more than a document needs."""
    for start in _STREAM.finditer(content):
        dictionary = content[max(0, start.start() - _DICTIONARY) : start.start()].rpartition(b"obj")[2]
        if _PICTURE.search(dictionary):
            continue
        most = _MOST_FONT if _FONT.search(dictionary) else _MOST_STREAM
        if _TWICE.search(dictionary) or _unpacked(content[start.end() : start.end() + most], most) > most:
            return True
    return False


def _unpacked(packed: bytes, most: int) -> int:
    """How many bytes a stream holds, counted to a little over `most`; 0 where it is packed in another way."""
    try:
        return len(zlib.decompressobj().decompress(packed, most + 1))
    except zlib.error:
        return 0


def drawn_bytes(page: Any, own: bytes, most: int) -> int:
    """How many bytes of drawing a PDF page runs through, the forms that it draws included each time they are drawn.

    `own` is the page's content; counted to a little over `most`. A form that draws itself counts as endless.
    """
    return _drawn(page, own, most, 0)


def _drawn(holder: Any, content: bytes, most: int, depth: int) -> int:
    total = len(content)
    if depth > 10:
        return most + 1
    forms = _forms(holder)
    for match in _DRAWN.finditer(content) if forms else ():
        form = forms.get("/" + match[1].decode("latin-1"))
        if form is not None and total <= most:
            total += 1 + _drawn(form, form.get_data(), most - total, depth + 1)
    return total


def _forms(holder: Any) -> dict[str, Any]:
    resources = holder.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    listed = drawn.get_object().items() if drawn is not None else ()
    forms = {name: form.get_object() for name, form in listed}
    return {name: form for name, form in forms.items() if form is not None and form.get("/Subtype") == "/Form"}


def bounded(lines: Iterable[str], most: int) -> Iterator[str]:
    """The lines until they hold more than `most` letters together; the one that goes beyond is the last."""
    letters = 0
    for line in lines:
        yield line
        letters += len(line) + 1
        if letters > most:
            return
