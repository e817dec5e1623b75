"""What tests of an office's library share: a plan, staff who send files and tap, a document that is kept."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx

from bot import taking
from bot.app import shelf_of
from bot.channels import Update
from db import files, library, unions
from db.library import digest_of
from db.store import Connection, Store
from handlers.shelving import add, head_of
from knowledge import Document, Union
from knowledge.index import Library
from knowledge.reading import read_bytes
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, text_of

TODAY = THURSDAY.date()
QUESTION = "năm 2026 toàn huyện kết nạp mới bao nhiêu đoàn viên?"
SILENT = "Em không tìm thấy"

PLAN = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN {place}
Số: {number}
{place_name}, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Công tác công đoàn năm 2026

I. CHỈ TIÊU

1. Năm 2026, toàn huyện kết nạp mới ít nhất {figure} đoàn viên công đoàn.

2. Năm 2026, trên 92% công đoàn cơ sở tổ chức hội nghị người lao động.
"""

CHANGE = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN PHÚ RIỀNG
Số: 52/KH-LĐLĐ
Phú Riềng, ngày 15 tháng 3 năm 2025

KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung Kế hoạch số 45/KH-LĐLĐ ngày 10/3/2025

I. NỘI DUNG

1. Thay thế điểm 1 mục I Kế hoạch số 45/KH-LĐLĐ như sau: “1. Năm 2026, toàn huyện kết nạp mới ít nhất {figure} đoàn viên
công đoàn.”
"""


def plan(figure: int = 480, number: str = "45/KH-LĐLĐ", place: str = "Phú Riềng") -> bytes:
    """A plan with two targets; the first, of new members, is `figure`."""
    return PLAN.format(figure=figure, number=number, place=place.upper(), place_name=place).encode()


def as_docx(text: str) -> bytes:
    """The same text as a document of a word processor."""
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


class Staff:
    """Staff of PR who send files and tap, and others who ask; the library is looked after between turns."""

    def __init__(self, store: Store, shipped: Library, folder: Path) -> None:
        self.shelf = shelf_of(store, folder, shipped)
        self.office = SmallOffice(store, self.shelf, people=("PR", "PR-01", "BD", "BD-01", "BPC"))
        self.store = store

    def sends(self, content: bytes, name: str = "ke-hoach.txt", who: str = "PR") -> str:
        """Send a file; gives everything that is said."""
        tools = replace(self.office.tools, channels={CHANNEL: Filing(self.office.channel, content)})
        self.office.number += 1
        number = taking.keep(tools, Update(CHANNEL, str(self.office.number), {"id": "1", "address": who, "file": name}))
        assert number is not None
        before = len(self.office.letters(who))
        taking.take(tools, number)
        return "\n".join(text_of(each) for each in self.office.letters(who)[before:])

    def taps(self, label: str, who: str = "PR") -> str:
        """Tap the button with this label below the last message."""
        choice = next(each for each in choices_of(self.office.letters(who)[-1]) if each.label == label)
        before = len(self.office.letters(who))
        self.office.taps(who, choice.id)
        return "\n".join(text_of(each) for each in self.office.letters(who)[before:])

    def adds(self, content: bytes, name: str = "ke-hoach.txt") -> None:
        self.sends(content, name)
        self.taps("Thêm vào kho văn bản")

    def asks(self, question: str = QUESTION, who: str = "PR-01") -> str:
        self.shelf.catch_up(self.office.clock.now())
        return text_of(self.office.says(who, question))

    def standing(self) -> list[tuple[str, str | None]]:
        with self.store.transaction() as connection:
            return [(each.union, each.number) for each in library.standing(connection)]

    def kept_files(self) -> int:
        with self.store.transaction() as connection:
            return sum(files.get(connection, number) is not None for number in range(1, 20))


class Filing:
    """A channel whose files come with their content."""

    def __init__(self, channel: Any, content: bytes) -> None:
        self.channel, self.content = channel, content

    def read(self, payload: dict[str, Any]) -> Any:
        incoming = self.channel.read(payload)
        return replace(incoming, file=replace(incoming.file, content=self.content, reference=""))


def heads(content: bytes) -> tuple[Document, ...]:
    """What a document of this content would be known by in the library."""
    return tuple(head_of(each) for each in read_bytes(content, "ke-hoach.txt"))


def keep(connection: Connection, content: bytes, union: str) -> tuple[int, ...]:
    """Put a document into the library of a union that is there or is made."""
    if unions.get(connection, union, TODAY) is None:
        unions.put(connection, [Union(union, f"Union {union}", "district", "")])
    number = files.put(connection, union, None, "ke-hoach.txt", "", content, THURSDAY)
    return add(connection, number, digest_of(content), heads(content), union, None, THURSDAY)
