"""Updates that nobody well-meaning sends: valid ones with something wrong in them, texts and files made to hurt."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests import fake_telegram
from tests.faults.peers import event_from

Chance = random.Random

PLAIN = (
    "Xin chào", "báo cáo", "nộp số liệu", "1", "2", "0", "huỷ", "có", "không", "đúng", "sửa", "xem thêm", "tiến độ",
    "Chỉ tiêu kết nạp đoàn viên năm 2025 là bao nhiêu?", "Khi nào phải nộp báo cáo quý?", "/start", "/start ABCD-EFGH",
    "/help", "/huy", "nhật ký", "quên tôi", "128", "1.250 đoàn viên", "31/02/2025", "-5", "12,5%",
)  # fmt: skip
NASTY = (
    "\x00", "\ud800", "\udfff\ud800", "\u202egnoul\u202c", "\u200b" * 200, "\ufeff", "\x1b[2J", "a\u0301" * 4000,
    "<b>đậm</b><script>alert(1)</script>", "*_`[x](http://a)~", "{{7*7}}${7*7}%s%n{0}{$union}",
    "'; DROP TABLE inbox;--", "\\\" \\u0000", "../../../etc/passwd", "9" * 5000, "1e999", "NaN", "٣٤٥", "²³", "½",
    "一千", "𝟙𝟚𝟛", "🇻🇳" * 500, "(" * 3000, "chỉ tiêu " * 5000, "á" * 50_000, " " * 60_000, "\n" * 20_000,
    "a" * 70_000 + "!", "0" * 40_000 + "%", "1." * 20_000, "/start " + "x" * 5000, "/start \ud834", "\u2028\u2029",
    "năm " * 3000, "%" * 2000, "-" * 9000,
)  # fmt: skip
CHOICES = (
    "report:yes:q-T:2025-Q1", "report:yes:q-T:9999-Q9", "report:send:q-T:2025-Q1", "remind:later:q-T:2025-Q1",
    "checkin:send:2025-03", "checkin:begin:0000-00", "staff:list", "staff:return:1", "intake:confirm:1",
    "privacy:forget", "join:yes", "post:1", "form:confirm", ":" * 60, "a" * 64, "b" * 5000, "report", "report:",
    "\x00", "\ud800", "更:多", "ask:more:1:2:3", "targets:assign:CS00001", "obligations:rule:q-T", "%s:%s:%s",
    "report:yes:q-T:2025-Q1@999999",
)  # fmt: skip


@dataclass
class Attacker:
    """Makes hostile requests for one channel; `people` are the addresses that they come from, `files` the names of
    files that its server hands out. `seen` takes the ids of buttons that others were shown."""

    channel: str
    people: Sequence[str]
    chance: Chance
    files: Sequence[str] = ()
    seen: list[str] = field(default_factory=list)
    number: int = 1_000_000

    def requests(self, count: int) -> Iterator[tuple[bytes, dict[str, str]]]:
        """So many bodies, each with the headers beside the secret."""
        for _ in range(count):
            self.number += 1
            kinds: tuple[tuple[float, Callable[[], tuple[bytes, dict[str, str]]]], ...] = (
                (0.06, self._no_json),
                (0.01, self._too_much),
                (0.45, self._mutated),
                (1.0, self._well_formed),
            )
            drawn = self.chance.random()
            yield next(make for share, make in kinds if drawn < share)()

    def text(self) -> str:
        """What somebody might have typed, or no person ever."""
        drawn = self.chance.random()
        if drawn < 0.4:
            return self.chance.choice(PLAIN)
        if drawn < 0.8:
            return self.chance.choice(NASTY)
        parts = [self.chance.choice(PLAIN + NASTY)[:300] for _ in range(self.chance.randint(2, 5))]
        return self.chance.choice(("", " ", "\n", "\u202e")).join(parts)

    def _well_formed(self) -> tuple[bytes, dict[str, str]]:
        return _body(self._update()), {}

    def _mutated(self) -> tuple[bytes, dict[str, str]]:
        update = self._update()
        for _ in range(self.chance.randint(1, 3)):
            self._spoil(update)
        return _body(update), {}

    def _no_json(self) -> tuple[bytes, dict[str, str]]:
        whole = _body(self._update())
        return self.chance.choice(
            (
                b"", b"\xff\xfe\x00", b"[]", b"null", b"0", b"{" * 50_000, b'{"update_id": NaN, "message": Infinity}',
                b"[" * 100_000, whole[: len(whole) // 2], self.chance.randbytes(300), b'{"update_id": 1e400}',
            )
        ), {}  # fmt: skip

    def _too_much(self) -> tuple[bytes, dict[str, str]]:
        if self.chance.random() < 0.5:
            return b'{"update_id": 1, "x": "' + b"a" * 1_500_000 + b'"}', {}
        return gzip.compress(bytes(20_000_000)), {"Content-Encoding": "gzip"}

    def _update(self) -> dict[str, Any]:
        person = self.chance.choice(self.people)
        return self._of_telegram(person) if self.channel == "telegram" else self._of_zalo(person)

    def _of_telegram(self, person: str) -> dict[str, Any]:
        drawn = self.chance.random()
        if drawn < 0.3:
            update = fake_telegram.tapped(self.number, "x", chat=int(person))
            update["callback_query"]["data"] = self.chance.choice((*CHOICES, *self.seen[-500:]))
            return update
        update = fake_telegram.said(self.number, "x", chat=int(person))
        update["message"]["text"] = self.text()
        if self.files and drawn > 0.98:
            name = self.chance.choice(self.files)
            update["message"]["document"] = {"file_id": name, "file_name": name, "mime_type": self.text()[:50]}
        return update

    def _of_zalo(self, person: str) -> dict[str, Any]:
        event = event_from(self.number, person, self.text())
        if self.files and self.chance.random() > 0.98:
            event["event_name"] = "message.image.received"
            event["message"]["photo_url"] = self.chance.choice(self.files)
        return {"ok": True, "result": event} if self.chance.random() < 0.5 else event

    def _spoil(self, update: dict[str, Any]) -> None:
        """Put something wrong somewhere, or take something away."""
        place: Any = update
        while True:
            key = self.chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and self.chance.random() < 0.7:
                place = inner
                continue
            if isinstance(place, dict) and self.chance.random() < 0.3 and len(place) > 1:
                del place[key]
            elif key != "update_id" or self.chance.random() < 0.1:
                place[key] = self._wrong()
            return

    def _wrong(self, levels: int = 3) -> Any:
        simple = (None, True, False, 0, -1, 2**63, 2**70, -(2**53), 1.5, 1e308, "", "0", [], {}, self.text())
        drawn = self.chance.random()
        if levels and drawn < 0.15:
            return [self._wrong(levels - 1) for _ in range(self.chance.randint(1, 5))]
        if levels and drawn < 0.3:
            return {self.text()[:40]: self._wrong(levels - 1) for _ in range(self.chance.randint(1, 5))}
        return self.chance.choice(simple)


def _body(value: object) -> bytes:
    # Half of a surrogate pair goes as an escape, as it would come from a careless program.
    return json.dumps(value).encode()


def bombs() -> dict[str, bytes]:
    """Files that are small and grow, or that are not what their names say."""
    zeros = bytes(150_000_000)
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE d ['
        + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
        + "]><d>&e9;</d>"
    ).encode()
    return {
        "flat.docx": _zipped({"word/document.xml": zeros}),
        "flat.xlsx": _zipped({"xl/workbook.xml": zeros, "xl/worksheets/sheet1.xml": zeros}),
        "laughs.docx": _zipped({"[Content_Types].xml": laughs, "word/document.xml": laughs}),
        "many.docx": _zipped({f"word/{number}.xml": b"<a/>" for number in range(20_000)}),
        "nested.docx": _zipped({"word/document.xml": _zipped({"a": zeros[:10_000_000]})}),
        "upwards.docx": _zipped({"../../../../a": b"x", "word/document.xml": b"<a/>"}),
        "no.pdf": b"%PDF-1.7\n" + b"1 0 obj<</Length 99999999999>>stream\n" * 2000,
        "no.docx": b"PK\x03\x04" + bytes(5000),
        "\u202excod.txt": "số liệu \ud800".encode("utf-16", "surrogatepass"),
        "long.txt": ("Phấn đấu kết nạp 10 đoàn viên. " * 60_000).encode(),
        "empty.xlsx": b"",
    }


def _zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()
