"""A PDF that was spoiled on its way, or made to harm: refused or read, in bounded time and memory, never an error."""

import random
import re
import zlib
from collections.abc import Callable
from typing import get_args

import pytest
from paper import Ruled, assembled, one_page, pdf, stream

from knowledge.apart import opened_apart
from knowledge.reading import ReadingError, Reason, pdf_opened, read_bytes

TABLE = Ruled([["TT", "Nội dung", "Năm 2026"], ["1", "Kết nạp", "1.250"], ["2", "Đối thoại", "4"]])
PLAN = pdf([["KẾ HOẠCH", "I. CHỈ TIÊU", TABLE, "1. Đến năm 2027 có 52.000 đoàn viên."], ["2. Mỗi năm 2 lần."]])
SPOILED = 60
NUMBERS = (0, 1, 2, 3, 5, 9, -1, 2**31, 10**12, 10**30)

Spoil = Callable[[bytearray, random.Random], None]


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _gap(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    del content[start : start + chance.randrange(300)]


def _bytes(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        content[chance.randrange(len(content))] = chance.randrange(256)


def _numbers(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 5))):
        number = chance.choice(list(re.finditer(rb"\d+", content)))
        content[number.start() : number.end()] = b"%d" % chance.choice(NUMBERS)


@pytest.mark.parametrize("spoil", [_cut, _gap, _bytes, _numbers])
def test_a_spoiled_pdf_is_read_or_refused(spoil: Spoil) -> None:
    chance, outcomes = random.Random(7), []
    for _ in range(SPOILED):
        content = bytearray(PLAN)
        spoil(content, chance)
        opened = pdf_opened(bytes(content))
        assert (opened.reason in get_args(Reason)) != bool(opened.text), opened
        assert not re.search(r"[\x00-\x08\ud800-\udfff]", opened.text)
        outcomes.append(opened.reason)
    assert "broken" in outcomes


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
WORDS = b"BT /F 11 Tf 50 700 Td (Ke hoach cong tac cong doan nam 2026) Tj ET\n"
CODES = b"BT /F 11 Tf 50 700 Td <%s> Tj ET\n" % b"".join(b"%04d" % code for code in range(1, 30))
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
FONT = b"/Font << /F 5 0 R >>"
WIDE = b"<< /Type /Font /Subtype /Type0 /BaseFont /P /Encoding /Identity-H /DescendantFonts [6 0 R] %s >>"
MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /P def\n"
    b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%s\nendcmap end end"
)


def _page(more: bytes, content: bytes = WORDS, *objects: bytes) -> bytes:
    said = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> %s >>" % (FONT, more)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([CATALOG, pages, said, stream(content), HELVETICA, *objects])


def _letters(widths: bytes, letters: bytes) -> bytes:
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /P /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> %s >>" % widths
    )
    return one_page(stream(CODES), WIDE % b"/ToUnicode 7 0 R", descendant, letters, resources=FONT)


def _tree_of_pages() -> bytes:
    """Two kids of two kids of two kids …: a million pages in a kilobyte."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 1 >>" % (at, at) for at in range(3, 23)]
    return assembled([CATALOG, *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>"])


def _packed_as_text() -> bytes:
    packed = zlib.compress(b" " * 60_000_000).hex().encode()
    return stream(packed + b">", b"/Filter [/ASCIIHexDecode /FlateDecode]")


FINE = _page(b"/Contents 4 0 R")
HARMFUL: dict[str, Callable[[], bytes]] = {
    "pages count two thousand million": lambda: FINE.replace(b"/Count 1", b"/Count 2000000000"),
    "a tree of pages without end": _tree_of_pages,
    "one page two hundred thousand times": lambda: FINE.replace(
        b"/Kids [3 0 R]", b"/Kids [%s]" % (b"3 0 R " * 200_000)
    ),
    "lists in lists": lambda: _page(b"/Contents 4 0 R /X " + b"[" * 100_000 + b"]" * 100_000),
    "tables in tables": lambda: _page(b"/Contents 4 0 R /X " + b"<</X " * 50_000 + b">>" * 50_000),
    "an object that is itself": lambda: _page(b"/Contents 4 0 R /Resources 6 0 R", WORDS, b"6 0 R"),
    "contents that are themselves": lambda: _page(b"/Contents 6 0 R", WORDS, b"[6 0 R 6 0 R]"),
    "contents a hundred thousand times": lambda: _page(b"/Contents [%s]" % (b"4 0 R " * 100_000), WORDS * 3_000),
    "a length that is itself": lambda: _page(b"/Contents 6 0 R", WORDS, b"<< /Length 6 0 R >>\nstream\na\nendstream"),
    "a page whose parent it is": lambda: _page(b"/Contents 4 0 R /Parent 3 0 R"),
    "four thousand million widths": lambda: _letters(b"/W [0 4294967295 500]", stream(MAP % b"")),
    "widths again and again": lambda: _letters(b"/W [%s]" % (b"0 65535 500 " * 20_000), stream(MAP % b"")),
    "four thousand million letters": lambda: _letters(
        b"", stream(MAP % b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange")
    ),
    "letters packed twice over": lambda: _letters(b"", _packed_as_text()),
    "a place that is no number": lambda: _page(b"/Contents 4 0 R /MediaBox [0 0 (a) /b]"),
    "a page without end": lambda: _page(b"/Contents 4 0 R /MediaBox [0 0 1e308 1e308]"),
    "an unknown lock": lambda: FINE.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Other >>"),
    "no list of objects": lambda: FINE.partition(b"xref\n0")[0],
    "a list of objects that leads to itself": lambda: FINE.replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % FINE.rindex(b"xref\n0")
    ),
    "two thousand million objects": lambda: FINE.replace(b"xref\n0 6", b"xref\n0 2000000000"),
    "nothing": lambda: b"%PDF-1.7\n",
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_harmful_pdf_ends_with_its_allowance(harm: str) -> None:
    opened = opened_apart(HARMFUL[harm](), seconds=2)
    assert opened.reason in get_args(Reason) or "Ke hoach cong tac" in opened.text


def test_only_what_is_locked_is_said_to_be_locked() -> None:
    unknown = FINE.replace(b"<< /Length", b"<< /Filter /Unknown /Length")
    assert unknown != FINE and pdf_opened(unknown).reason == "broken"
    assert pdf_opened(HARMFUL["an unknown lock"]()).reason == "encrypted"


def test_a_refused_pdf_has_its_name() -> None:
    with pytest.raises(ReadingError, match=r"^plan\.pdf is damaged") as caught:
        read_bytes(PLAN[:300], "plan.pdf")
    assert caught.value.reason == "broken"
