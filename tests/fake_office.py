"""A demonstration without a bot behind it: answers from a short list, keeps the talk, moves a clock."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels import Button, Message
from bot.office import LetterShown, Line, Persona, Refused
from handlers import Attachment
from scheduler import ZONE

PERSONAS = (
    Persona("PR-01", "Chủ tịch CĐCS Công ty 1, xã Phú Riềng", "officer", "PR-01"),
    Persona("BD-02", "Chủ tịch CĐCS Trường học 2, quận Ba Đình", "officer", "BD-02"),
    Persona("PR", "Cán bộ phụ trách, LĐLĐ huyện Phú Riềng", "staff", "PR"),
    Persona("BD", "Cán bộ phụ trách, LĐLĐ quận Ba Đình", "staff", "BD"),
    Persona("BD-03", "Chủ tịch CĐCS Bệnh viện 3, quận Ba Đình", "officer", "BD-03"),
)
START = datetime(2026, 7, 16, 8, 0, tzinfo=ZONE)
ANSWER = (
    "Đến hết năm 2025, ít nhất 80% doanh nghiệp có 25 lao động trở lên có tổ chức công đoàn.\n\n"
    "Nguồn: Kế hoạch 43-KH/ĐU, mục II.2.1"
)
REPORT = Attachment("Báo cáo quý 2.docx", "application/octet-stream", b"PK content")
REMINDER = "Báo cáo quý II/2026 đến hạn ngày 15/07/2026, hiện đã quá hạn 1 ngày làm việc. Anh/chị nộp giúp em nhé."
LONGEST_MOVE = 60.0


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class FakeOffice:
    """What was asked of it stays in `asked`; the clock moves once `may_move` is set."""

    time: datetime = START
    talks: dict[str, list[Line]] = field(default_factory=dict)
    may_move: threading.Event = field(default_factory=_set)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def personas(self) -> tuple[Persona, ...]:
        return PERSONAS

    async def say(
        self, persona: str, text: str | None, choice: str | None, file: Attachment | None = None
    ) -> list[Message]:
        self.asked.append((persona, text, choice))
        if file:
            return [Message("Em đã nhận tệp.", file=file)]
        if text == "hỏng":
            raise RuntimeError("a fault that no visitor may read")
        if text == "từ chối":
            raise Refused("Anh/chị gửi lại sau ít phút giúp em.", status=429)
        reply = self._reply(choice)
        talk = self.talks.setdefault(persona, [])
        talk.append(Line("person", self.time, text or self._label(persona, choice)))
        talk.append(Line("bot", self.time, reply.text, reply.buttons, reply.file))
        return [reply]

    def _reply(self, choice: str | None) -> Message:
        if choice == "report":
            return Message("Em gửi bản nháp báo cáo.", file=REPORT)
        if choice:
            return Message("Em đã ghi nhận.")
        return Message(ANSWER, (Button("wording", "Xem nguyên văn"), Button("targets", "Các chỉ tiêu khác")))

    def _label(self, persona: str, choice: str | None) -> str:
        buttons = (button for line in self.talks.get(persona, ()) for button in line.choices)
        return next((button.label for button in buttons if button.id == choice), str(choice))

    def letters(self, persona: str) -> list[LetterShown]:
        return [
            LetterShown(line.at, line.text, line.choices, "reminder")
            for line in self.transcript(persona)
            if line.unprompted
        ]

    def transcript(self, persona: str) -> list[Line]:
        return self.talks.get(persona, [])

    def now(self) -> datetime:
        return self.time

    def clock_targets(self) -> list[tuple[str, datetime]]:
        return [
            ("Ngày hôm sau", self.time + timedelta(days=1)),
            ("Cuối tháng", self.time.replace(day=31)),
            ("Ngày sau hạn nộp báo cáo", self.time + timedelta(days=91)),
        ]

    async def move_clock(self, to: datetime) -> None:
        await asyncio.to_thread(self.may_move.wait, LONGEST_MOVE)
        self.time = to
        buttons = (Button("report", "Báo cáo ngay"), Button("later", "Để sau"))
        for persona in PERSONAS:
            line = Line("bot", to, REMINDER, buttons, unprompted=True)
            self.talks.setdefault(persona.id, []).append(line)
