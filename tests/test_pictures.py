"""Pictures of progress: what is drawn follows from the figures, fits a phone, and is readable without colours."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from handlers.pictures import Bar, Chart, _font, progress_bars

PHONE = 1080


def drawn(*shares: float | None, mark: float = 0.5, title: str = "Tiến độ") -> Image.Image:
    bars = tuple(Bar(f"Đơn vị {place}", "18/26 · 69 %", share) for place, share in enumerate(shares))
    names = ("đã đạt", "kịp thời gian", "chậm so với thời gian", "chưa có số liệu")
    content = progress_bars(Chart(title, "đến tháng 3/2025", bars, mark, "vạch đứng", names))
    return Image.open(io.BytesIO(content)).convert("RGB")


def filled(picture: Image.Image, bar: int = 0) -> float:
    """How much of a bar is filled, of 1: the part of its middle line that is neither track nor paper."""
    top = next(
        y for y in range(150, picture.height) if all(_is_track(picture, x, y) or x < 900 for x in range(1000, 1010))
    )
    y = top + 16 + bar * 122
    line = [picture.getpixel((x, y)) for x in range(60, 1020)]
    return sum(1 for r, g, b in line if max(r, g, b) - min(r, g, b) > 40) / len(line)  # type: ignore[misc]


def _is_track(picture: Image.Image, x: int, y: int) -> bool:
    red, green, blue = picture.getpixel((x, y))  # type: ignore[misc]
    return 220 < red < 235 and 225 < green < 240 and 230 < blue < 248


@settings(max_examples=12, deadline=None)
@given(st.floats(0.1, 0.9))
def test_a_bar_is_as_long_as_its_share(share: float) -> None:
    assert filled(drawn(share)) == pytest.approx(share, abs=0.03)


def test_the_size_fits_a_phone_and_grows_with_the_bars() -> None:
    one, many = drawn(0.5), drawn(*[0.5] * 30)
    assert one.width == many.width == PHONE
    assert one.height < many.height < 2 * PHONE, "at most a dozen bars"


def test_nothing_known_looks_different_from_nothing_done() -> None:
    assert drawn(None).tobytes() != drawn(0.0).tobytes()


def test_states_differ_also_in_grey() -> None:
    """Reached, in time and late are told apart by how light they are."""
    shades = []
    for share, mark in ((1.0, 0.5), (0.6, 0.5), (0.6, 0.9)):
        picture = drawn(share, mark=mark).convert("L")
        y = next(y for y in range(190, 400) if filled_at(picture, y) > 0)
        shades.append(picture.getpixel((300, y + 16)))
    assert len({shade // 12 for shade in shades}) == 3  # type: ignore[operator]


def filled_at(picture: Image.Image, y: int) -> int:
    row = [picture.getpixel((x, y)) for x in range(200, 400, 10)]
    return len(set(row)) == 1 and row[0] < 200  # type: ignore[operator]


def test_a_long_title_is_wrapped_and_a_long_name_cut() -> None:
    long = "Liên đoàn Lao động huyện Phú Riềng và các công đoàn cơ sở trực thuộc năm 2025 theo kế hoạch"
    assert drawn(0.5, title=long).height > drawn(0.5).height
    names = ("a", "b", "c", "d")
    assert progress_bars(Chart("T", "n", (Bar(long * 2, "1/2", 0.5),), 0.0, "m", names))


def test_every_vietnamese_letter_has_a_shape() -> None:
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ·…%"
    for weight in ("Regular", "Semibold"):
        font: ImageFont.FreeTypeFont = _font(40, weight)
        nothing = bytes(font.getmask("\uffff"))
        assert all(bytes(font.getmask(letter)) != nothing for letter in letters + letters.upper())
