"""From a reply to messages: what may be cut, where, and what must never be."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels import Button, Limits, Message
from bot.rendering import clean, render, shorten, split, units
from handlers import Attachment, Choice, Reply

PLAIN = Limits(characters=2000, buttons=0, files=False, markup=False, edits=False)
RICH = Limits(characters=4096, buttons=100, files=True, markup=False, edits=True, captions=1024, labels=20)
FILE = Attachment("Báo cáo.docx", "application/octet-stream", b"content")
YES_NO = (Choice("yes", "Đã nộp"), Choice("no", "Chưa nộp"))


# One reply on two channels, side by side

REPLIES = [
    (
        "text alone",
        Reply("Chào anh/chị."),
        [Message("Chào anh/chị.")],
        [Message("Chào anh/chị.")],
    ),
    (
        "choices by digits",
        Reply("Đã nộp chưa?", YES_NO),
        [Message("Đã nộp chưa?", (Button("yes", "Đã nộp"), Button("no", "Chưa nộp")))],
        [Message("Đã nộp chưa?\n\n1. Đã nộp\n2. Chưa nộp")],
    ),
    (
        "choices by letters, where digits are answers",
        Reply("Có bao nhiêu đoàn viên?", (Choice("back", "Quay lại"), Choice("skip", "Bỏ qua")), keys="letters"),
        [Message("Có bao nhiêu đoàn viên?", (Button("back", "Quay lại"), Button("skip", "Bỏ qua")))],
        [Message("Có bao nhiêu đoàn viên?\n\na. Quay lại\nb. Bỏ qua")],
    ),
    (
        "a label too long for a button",
        Reply("Chọn:", (Choice("x", "Xem nguyên văn điều khoản trong kế hoạch"),)),
        [Message("Chọn:", (Button("x", "Xem nguyên văn điều…"),))],
        [Message("Chọn:\n\n1. Xem nguyên văn điều khoản trong kế hoạch")],
    ),
    (
        "a file",
        Reply("Bản nháp đây ạ.", file=FILE),
        [Message("Bản nháp đây ạ.", file=FILE)],
        [Message("Bản nháp đây ạ.")],
    ),
    ("a file alone", Reply("", file=FILE), [Message("", file=FILE)], []),
    ("nothing", Reply(" \n"), [], []),
]


@pytest.mark.parametrize(("reply", "rich", "plain"), [row[1:] for row in REPLIES], ids=[row[0] for row in REPLIES])
def test_one_reply_on_two_channels(reply: Reply, rich: list[Message], plain: list[Message]) -> None:
    assert list(render(reply, RICH)) == rich
    assert list(render(reply, PLAIN)) == plain


def test_choices_and_file_go_with_the_last_message_and_its_end_is_the_caption() -> None:
    reply = Reply("Công đoàn cơ sở báo cáo đủ. " * 300, YES_NO, file=FILE)
    *before, last = render(reply, RICH)
    assert len(before) >= 2
    assert all(not message.buttons and message.file is None for message in before)
    assert [button.id for button in last.buttons] == ["yes", "no"]
    assert last.file == FILE
    assert 0 < units(last.text) <= RICH.captions


def test_more_choices_than_buttons_become_lines() -> None:
    choices = tuple(Choice(f"c{number}", f"Nơi {number}") for number in range(30))
    few = Limits(characters=2000, buttons=10, files=False, markup=False, edits=False)
    (message,) = render(Reply("Chọn nơi:", choices, keys="letters"), few)
    lines = message.text.splitlines()[2:]
    assert not message.buttons
    assert [lines[0], lines[25], lines[26], lines[29]] == ["a. Nơi 0", "z. Nơi 25", "aa. Nơi 26", "ad. Nơi 29"]


def test_lines_of_choices_stay_together() -> None:
    text = "Câu này khá dài. " * 120
    *_, last = render(Reply(text[:1990], YES_NO), PLAIN)
    assert last.text.endswith("1. Đã nộp\n2. Chưa nộp")


# Where a text is cut

CUTS = [
    ("paragraph", "Đoạn một. Hết.\n\nĐoạn hai dài hơn.", 24, ["Đoạn một. Hết.", "Đoạn hai dài hơn."]),
    ("line", "Dòng một. Hết\nDòng hai dài hơn.", 24, ["Dòng một. Hết", "Dòng hai dài hơn."]),
    ("sentence", "Câu một hết. Câu hai dài hơn nhiều.", 24, ["Câu một hết.", "Câu hai dài hơn nhiều."]),
    ("word", "không có dấu chấm nào cả đâu", 15, ["không có dấu", "chấm nào cả đâu"]),
    ("figure with thousands", "kết nạp mới 3.100 đoàn viên", 15, ["kết nạp mới", "3.100 đoàn viên"]),
    ("figure with spaces", "kết nạp mới là 28 437 người", 17, ["kết nạp mới là", "28 437 người"]),
    ("percent", "phải đạt từ 80 % trở lên", 14, ["phải đạt từ", "80 % trở lên"]),
    ("date", "hạn nộp 15/07/2026 nhé", 12, ["hạn nộp", "15/07/2026", "nhé"]),
    ("date in words", "nộp trước 15 tháng 7 năm 2026 nhé", 24, ["nộp trước", "15 tháng 7 năm 2026 nhé"]),
    ("no space", "abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("figure without space", "ab12.345cd", 5, ["ab", "12.34", "5cd"]),
    ("combining marks", "x" * 3 + "q\u0323\u0307y", 4, ["xxx", "q\u0323\u0307y"]),
    ("surrogate pairs", "𠀀𠀀𠀀", 3, ["𠀀", "𠀀", "𠀀"]),
]


@pytest.mark.parametrize(("text", "longest", "parts"), [row[1:] for row in CUTS], ids=[row[0] for row in CUTS])
def test_where_a_text_is_cut(text: str, longest: int, parts: list[str]) -> None:
    assert split(clean(text), longest) == parts


WORDS = st.sampled_from(
    [
        "công",
        "đoàn",
        "cơ sở",
        "báo cáo.",
        "3.100",
        "28.437",
        "80%",
        "15/07/2026",
        "2023-2028",
        "08:05",
        "𠀀",
        "\n",
        "\n\n",
    ]
)
SPEECH = st.lists(WORDS, max_size=60).map(" ".join)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(deadline=None)
@given(text=SPEECH | ANYTHING, longest=st.integers(2, 60))
@example(text="12.345", longest=2)
def test_parts_fit_and_lose_nothing_but_spaces_between_them(text: str, longest: int) -> None:
    text = clean(text)
    parts = split(text, longest)
    assert all(0 < units(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@settings(deadline=None)
@given(text=SPEECH, longest=st.integers(20, 60))
def test_no_figure_is_cut(text: str, longest: int) -> None:
    figures = [word for word in text.split() if re.search(r"\d", word)]
    kept = [word for part in split(clean(text), longest) for word in part.split() if re.search(r"\d", word)]
    assert kept == figures


LETTERS = st.builds(str.__add__, st.sampled_from("aqxđ𠀀 "), st.text("\u0302\u0303\u0323\u0307", max_size=3))


@settings(deadline=None)
@given(letters=st.lists(LETTERS, max_size=80).map("".join), longest=st.integers(8, 40))
def test_no_letter_loses_its_marks(letters: str, longest: int) -> None:
    for part in split("a" + clean(letters), longest):
        assert not unicodedata.category(part[0]).startswith("M")


@settings(deadline=None)
@given(text=ANYTHING)
def test_nothing_invisible_is_sent(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    allowed = {"\n", "\u200c", "\u200d"}
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in allowed]


def test_a_reversed_file_name_is_shown_as_it_is() -> None:
    assert clean("bao\u202ecod.exe\x00\r\nxong\x1b[31m") == "baocod.exe\nxong[31m"


@settings(deadline=None)
@given(label=SPEECH | ANYTHING, longest=st.integers(3, 40))
def test_a_short_label_stays_and_a_long_one_fits(label: str, longest: int) -> None:
    short = shorten(label, longest)
    whole = " ".join(clean(label).split())
    assert units(short) <= longest
    assert short == whole if units(whole) <= longest else short.endswith("…")


CHOICES = st.lists(st.builds(Choice, st.just("c"), st.text(min_size=1, max_size=40)), max_size=40).map(tuple)
LIMITS = st.builds(
    Limits,
    characters=st.integers(80, 300),
    buttons=st.sampled_from([0, 3, 100]),
    files=st.booleans(),
    markup=st.just(False),
    edits=st.just(False),
    captions=st.integers(20, 80),
    labels=st.integers(5, 40),
)


@settings(deadline=None)
@given(
    text=SPEECH | ANYTHING,
    choices=CHOICES,
    limits=LIMITS,
    file=st.sampled_from([None, FILE]),
    keys=st.sampled_from(["digits", "letters"]),
)
def test_every_message_keeps_the_limits(text: str, choices: tuple[Choice, ...], limits: Limits, file, keys) -> None:  # type: ignore[no-untyped-def]
    messages = render(Reply(text, choices, file=file, keys=keys), limits)
    assert all(units(message.text) <= limits.characters for message in messages)
    assert all(not message.buttons and not message.file for message in messages[:-1])
    if not messages:
        return
    last = messages[-1]
    assert len(last.buttons) == (len(choices) if len(choices) <= limits.buttons else 0)
    assert all(units(button.label) <= limits.labels for button in last.buttons)
    assert last.file is (file if limits.files else None)
    if last.file:
        assert units(last.text) <= limits.captions
