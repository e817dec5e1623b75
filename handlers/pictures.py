"""Pictures that go with a message: what people can scan, and how far they have come at a glance."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

# The libraries that draw are imported where something is drawn: a process that was asked for no picture stays small.
# ruff: noqa: PLC0415


def qr_code(text: str) -> bytes:
    """A PNG that a telephone reads as `text`; large enough to be scanned from another screen or from paper."""
    import segno

    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


WIDTH, MARGIN = 2160, 112
"""Drawn at twice the size at which a phone shows a picture sharply, then made smaller, which smooths the edges."""

MOST_BARS = 12

_INK, _SOFT, _PAPER, _TRACK, _STRIPE = "#1B2733", "#5B6875", "#FFFFFF", "#E4E9EF", "#C9D2DC"
_DONE, _GOING, _BEHIND = "#0B4F8A", "#4A9BD9", "#E08A00"
"""Dark blue, light blue, orange: told apart also by people who see no red or green, and in grey by their lightness."""

_TITLE, _NOTE, _LABEL, _SMALL = 96, 60, 68, 56
_LINE, _ROW, _THICK, _ROUND = 116, 244, 66, 33


@dataclass(frozen=True)
class Bar:
    """One line of a picture: whose, how far (`share` of 1, `None` where nothing is known), and that in words."""

    label: str
    said: str
    share: float | None


@dataclass(frozen=True)
class Chart:
    """What a picture of bars says: title, a line below it, the bars, what the mark on them means.

    `mark` is how much of the time has passed (of 1): a bar that ends before it lags behind. `names` are the words for
    reached, under way, behind the time, and nothing known, in this order, for the key below the bars.
    """

    title: str
    note: str
    bars: tuple[Bar, ...]
    mark: float
    mark_name: str
    names: tuple[str, str, str, str]


def progress_bars(chart: Chart) -> bytes:
    """A PNG with a bar for each of at most `MOST_BARS` unions or targets, readable on a phone."""
    bars = chart.bars[:MOST_BARS]
    image, top = _sheet(chart.title, chart.note, head=124, rows=len(bars), foot=170)
    draw = _pen(image)
    for place, bar in enumerate(bars):
        _bar(image, bar, top + place * _ROW, chart.mark)
    _key(draw, chart, image.height - MARGIN - 130)
    return _png(image)


def _sheet(title: str, note: str, *, head: int, rows: int, foot: int) -> tuple[Image.Image, int]:
    """An empty picture below its title and note, with room for so many rows, and where the first row begins."""
    probe = _pen(_empty("RGB", (1, 1)))
    lines = _wrapped(probe, title, _font(_TITLE, "Semibold"), WIDTH - 2 * MARGIN)
    top = MARGIN + len(lines) * _LINE + head
    image = _empty("RGB", (WIDTH, top + rows * _ROW + foot + MARGIN), _PAPER)
    draw = _pen(image)
    for place, words in enumerate(lines):
        draw.text((MARGIN, MARGIN - 24 + place * _LINE), words, _INK, _font(_TITLE, "Semibold"))
    draw.text((MARGIN, top - head), note, _SOFT, _font(_NOTE))
    return image, top


def _empty(mode: str, size: tuple[int, int], colour: str | int = 0) -> Image.Image:
    from PIL import Image

    return Image.new(mode, size, colour)


def _pen(image: Image.Image) -> ImageDraw.ImageDraw:
    from PIL import ImageDraw

    return ImageDraw.Draw(image)


def _png(image: Image.Image) -> bytes:
    from PIL import Image

    written = io.BytesIO()
    half = image.resize((WIDTH // 2, image.height // 2), Image.Resampling.LANCZOS)
    # Few colours, and so a fifth of the bytes.
    half.quantize(256, Image.Quantize.MAXCOVERAGE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _bar(image: Image.Image, bar: Bar, top: int, mark: float) -> None:
    draw = _pen(image)
    left, right = MARGIN, WIDTH - MARGIN
    said = _font(_LABEL)
    room = right - left - draw.textlength(bar.said, said) - 64
    draw.text((left, top), _cut(draw, bar.label, said, room), _INK, said)
    draw.text((right, top), bar.said, _INK, said, anchor="ra")
    line = (left, top + 98, right, top + 98 + _THICK)
    draw.rounded_rectangle(line, _ROUND, _TRACK)
    if bar.share is None:
        _stripes(image, line)
        return
    share = min(bar.share, 1.0)
    if share > 0:
        end = left + max(int((right - left) * share), 2 * _ROUND)
        draw.rounded_rectangle((left, line[1], end, line[3]), _ROUND, _colour(bar.share, mark))
    if 0 < mark < 1:
        at = left + int((right - left) * mark)
        draw.rectangle((at - 7, line[1], at + 7, line[3]), _PAPER)
        draw.rectangle((at - 3, line[1], at + 3, line[3] + 24), _INK)


def _colour(share: float, mark: float) -> str:
    return _DONE if share >= 1 else _BEHIND if share < mark else _GOING


def _stripes(image: Image.Image, line: tuple[int, int, int, int]) -> None:
    """Slanting stripes: nothing is known, which is not the same as nothing done."""
    left, top, right, bottom = line
    size = (right - left + 1, bottom - top + 1)
    striped, mask = _empty("RGB", size, _TRACK), _empty("L", size, 0)
    draw = _pen(striped)
    for start in range(-size[1], size[0], 48):
        draw.line((start, size[1], start + size[1], 0), _STRIPE, 16)
    _pen(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), _ROUND, 255)
    image.paste(striped, (left, top), mask)


def _key(draw: ImageDraw.ImageDraw, chart: Chart, top: int) -> None:
    """What the colours mean, only those that are there; and the mark."""
    font, at = _font(_SMALL), MARGIN
    here = {_colour(bar.share, chart.mark) if bar.share is not None else _STRIPE for bar in chart.bars[:MOST_BARS]}
    for colour, words in zip((_DONE, _GOING, _BEHIND, _STRIPE), chart.names, strict=True):
        if colour in here:
            draw.rounded_rectangle((at, top + 12, at + 60, top + 64), 16, colour)
            draw.text((at + 84, top), words, _SOFT, font)
            at += 84 + int(draw.textlength(words, font)) + 72
    if 0 < chart.mark < 1 and here != {_STRIPE}:
        draw.rectangle((MARGIN + 27, top + 92, MARGIN + 33, top + 148), _INK)
        draw.text((MARGIN + 84, top + 84), chart.mark_name, _SOFT, font)


@cache
def _font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    found = resources.files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf"
    return ImageFont.truetype(io.BytesIO(found.read_bytes()), size)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """The text, or as much of it as there is room for, ending in an ellipsis."""
    if draw.textlength(text, font) <= room:
        return text
    while text and draw.textlength(text + "…", font) > room:
        text = text[:-1]
    return text.rstrip(" ,(") + "…"


@dataclass(frozen=True)
class RateRow:
    """One line of a picture of rates: whose, the figures in words, how many in time, late and missing, and the share in
    time of each period (of 1, the oldest first; `None` where nothing was due)."""

    label: str
    said: str
    counts: tuple[int, int, int]
    trend: tuple[float | None, ...]


@dataclass(frozen=True)
class RateChart:
    """What a picture of rates says; `names` are the words for in time, late and missing, `trend` what the small columns
    mean (empty: there are none)."""

    title: str
    note: str
    rows: tuple[RateRow, ...]
    names: tuple[str, str, str]
    trend: str


_TREND_ROOM, _COLUMN, _BEFORE = 420, 66, "#8A96A3"
"""The room for the small columns at the right, the width of one, and its colour for the periods before the last."""


def rate_bars(chart: RateChart) -> bytes:
    """A PNG with a bar of three parts and small columns for each of at most `MOST_BARS` branches, for a phone."""
    rows = chart.rows[:MOST_BARS]
    image, top = _sheet(chart.title, chart.note, head=140, rows=len(rows), foot=190)
    draw = _pen(image)
    for place, row in enumerate(rows):
        _rates(draw, row, top + place * _ROW, trend=bool(chart.trend))
    _rates_key(draw, chart, image.height - MARGIN - 150)
    return _png(image)


def _rates(draw: ImageDraw.ImageDraw, row: RateRow, top: int, *, trend: bool) -> None:
    left, right = MARGIN, WIDTH - MARGIN - (_TREND_ROOM if trend else 0)
    font = _font(_LABEL)
    room = right - left - draw.textlength(row.said, font) - 64
    draw.text((left, top), _cut(draw, row.label, font, room), _INK, font)
    draw.text((right, top), row.said, _INK, font, anchor="ra")
    line, at, total = (top + 98, top + 98 + _THICK), float(left), sum(row.counts)
    draw.rectangle((left, line[0], right, line[1]), _TRACK)
    for count, colour in zip(row.counts, (_DONE, _GOING, _BEHIND), strict=True):
        end = at + (right - left) * count / total if total else at
        if count:
            # A white edge parts two colours also where they look alike.
            draw.rectangle((at, line[0], max(end - 6, at + 6) if end < right - 1 else right, line[1]), colour)
        at = end
    if trend:
        _columns(draw, row.trend, top + 98 + _THICK)


def _columns(draw: ImageDraw.ImageDraw, trend: tuple[float | None, ...], bottom: int) -> None:
    """A small column for each period, the newest one dark, each before all that it could be; a line where nothing was
    due."""
    left, tall = WIDTH - MARGIN - _TREND_ROOM + 90, 150
    for place, share in enumerate(trend):
        at = left + place * (_COLUMN + 20)
        if share is None:
            draw.rectangle((at, bottom - 6, at + _COLUMN, bottom), _STRIPE)
        else:
            draw.rectangle((at, bottom - tall, at + _COLUMN, bottom), _TRACK)
            colour = _DONE if place == len(trend) - 1 else _BEFORE
            draw.rectangle((at, bottom - max(int(tall * min(share, 1.0)), 6), at + _COLUMN, bottom), colour)


def _rates_key(draw: ImageDraw.ImageDraw, chart: RateChart, top: int) -> None:
    font, at = _font(_SMALL), MARGIN
    for colour, words in zip((_DONE, _GOING, _BEHIND), chart.names, strict=True):
        draw.rectangle((at, top + 12, at + 60, top + 64), colour)
        draw.text((at + 84, top), words, _SOFT, font)
        at += 84 + int(draw.textlength(words, font)) + 72
    draw.text((MARGIN, top + 90), chart.trend, _SOFT, font)
