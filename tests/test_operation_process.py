"""A real process: what it says on its port and in its log, how it lives with a refused token, how it leaves."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web
from sqlalchemy import select

from db import tables
from db.store import Store
from tests import fake_telegram, fake_zalo
from tests.fake_telegram import Call, FakeTelegram, said
from tests.fake_zalo import FakeZalo
from tests.process_room import HOME, PATIENCE, Operator, Process, built_index, free_port, until

SECRET = "a-word-between-Zalo-and-us"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("var"))


@pytest.fixture
def operator(
    tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Operator:
    return Operator(tmp_path, var, monkeypatch, capsys)


@dataclass
class SlowTelegram(FakeTelegram):
    """Takes its time to send; `begun` counts the sends that it was asked for."""

    seconds: float = 0.0
    begun: int = 0

    async def _send_message(self, call: Call) -> web.Response:
        self.begun += 1
        await asyncio.sleep(self.seconds)
        return await super()._send_message(call)


@dataclass
class SlowZalo(FakeZalo):
    """Likewise."""

    seconds: float = 0.0
    begun: int = 0

    async def _send(self, call: fake_zalo.Call) -> web.Response:
        self.begun += 1
        await asyncio.sleep(self.seconds)
        return await super()._send(call)


async def page(port: int, path: str) -> tuple[int, str]:
    """What the port for those who watch answers, as soon as it is open."""
    deadline = time.monotonic() + PATIENCE
    async with ClientSession() as visitor:
        while True:
            try:
                async with visitor.get(f"http://127.0.0.1:{port}{path}") as answer:
                    return answer.status, await answer.text()
            except ClientError:
                assert time.monotonic() < deadline, "the port was not opened in time"
                await asyncio.sleep(0.1)


def over_telegram(server: FakeTelegram, **values: str) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": fake_telegram.TOKEN, "TELEGRAM_API_BASE": server.base, **values}


def over_zalo(server: FakeZalo, **values: str) -> dict[str, str]:
    return {"ZALO_BOT_TOKEN": fake_zalo.TOKEN, "ZALO_API_BASE": server.base, "ZALO_SPACING": "0", **values}


def letters(operator: Operator) -> list[str]:
    """The states of all letters."""
    store = Store.open(operator.url)
    with store.transaction() as connection:
        states = list(connection.scalars(select(tables.outbox.c.state)))
    store.close()
    return states


PERSONAL = (
    "Tôi là Trần Thị Bích Ngọc, số điện thoại 0912 345 678, công ty có 4.711 đoàn viên",
    "Bích Ngọc gửi kèm 090.123.4567, thu 98.765.432 đồng, hẹn ở số 12 đường Lê Lợi",
)
"""What nobody but its addressee may read; the words below are parts of it."""
PARTS = ("Bích Ngọc", "0912", "345 678", "4.711", "090.123", "98.765", "Lê Lợi")
CHAT = 770_123_456_789


def test_what_people_write_is_in_no_line_of_the_log_and_the_trace_connects_them(operator: Operator) -> None:
    port = free_port()

    async def life() -> Any:
        updates = [said(number, text, CHAT) for number, text in enumerate(PERSONAL, 1)]
        async with FakeTelegram(updates=updates) as server:
            refusal = {"ok": False, "error_code": 400, "description": f"Bad Request: cannot read {PERSONAL[0]}"}
            server.answers["sendMessage"].append((400, refusal))
            server.answers["getUpdates"].append((500, f"<html>{PERSONAL[1]} {fake_telegram.TOKEN}</html>"))
            values = over_telegram(server, LOG_LEVEL="debug", OPERATION_PORT=str(port))
            with operator.starts("run", **values) as process:
                await until(lambda: len(server.called("sendMessage")) >= 2)
                pages = [await page(port, path) for path in ("/healthz", "/readyz", "/metrics")]
                return pages, await asyncio.to_thread(process.stop)

    pages, ended = asyncio.run(life())
    assert [status for status, _ in pages] == [200, 200, 200]
    assert json.loads(pages[1][1])["channels"] == {"telegram": "well"}
    assert 'congdoan_turns_total{channel="telegram",outcome="answered"}' in pages[2][1]
    written = ended.err + ended.out + "".join(text for _, text in pages)
    for part in (*PARTS, str(CHAT), fake_telegram.TOKEN.split(":")[1]):
        assert part not in written, f"{part} must not be told"
    lines = [json.loads(line) for line in ended.err.splitlines()]
    turns = {line["trace"] for line in lines if line["event"] == "turn"}
    sends = {line["trace"] for line in lines if line["event"] in ("letter", "send failed")}
    assert turns and turns & sends, "a turn and the letters that it led to have one trace"
    assert ended.code == 0


def test_a_refused_token_beside_a_channel_that_works_silences_only_its_own(operator: Operator) -> None:
    port = free_port()

    async def life() -> Any:
        async with FakeTelegram() as telegram, FakeZalo() as zalo:
            wrong = {"TELEGRAM_BOT_TOKEN": "123456:AAE-another-secret-half-of-a-token__"}
            values = {**over_telegram(telegram), **wrong, **over_zalo(zalo), "OPERATION_PORT": str(port)}
            with operator.starts("run", **values) as process:
                zalo.events.put_nowait(fake_zalo.event(1, text="xin chào"))
                await until(zalo.texts)
                answer = await page(port, "/readyz")
                return answer, await asyncio.to_thread(process.stop)

    (status, text), ended = asyncio.run(life())
    told = json.loads(text)
    assert status == 200 and told["ready"] and told["channels"] == {"telegram": "refused", "zalo": "well"}
    assert "refuses the token" in " ".join(told["warnings"])
    assert "TELEGRAM_BOT_TOKEN" in ended.err and "another-secret" not in ended.err
    assert ended.code == 0


def test_told_to_stop_a_process_sends_what_it_has_begun_and_then_leaves(operator: Operator) -> None:
    async def life() -> Any:
        async with SlowTelegram(updates=[said(1, "xin chào")], seconds=2.0) as server:
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                taken.listen()
                values = over_telegram(server, OPERATION_PORT=str(taken.getsockname()[1]))
                with operator.starts("run", **values) as process:
                    await until(lambda: server.begun)
                    return await asyncio.to_thread(process.stop), server

    ended, server = asyncio.run(life())
    assert ended.code == 0 and '"stopping"' in ended.err and "Traceback" not in ended.err
    assert server.begun == len(server.called("sendMessage")) == 1
    assert letters(operator) == ["sent"], "what was sent is kept as sent, so nobody sends it again"
    assert "choose another OPERATION_PORT" in ended.err, "people are answered also where nobody can look on"


def test_a_leaving_process_takes_no_more_work_so_that_it_comes_again(operator: Operator) -> None:
    port, watched = free_port(), free_port()
    public = {"WEBHOOK_BASE_URL": "https://bot.example", "WEBHOOK_PORT": str(port), "ZALO_WEBHOOK_SECRET": SECRET}

    async def brings(visitor: ClientSession, number: int) -> int:
        event = fake_zalo.wrapped(fake_zalo.event(number, text="xin chào"))
        headers = {"X-Bot-Api-Secret-Token": SECRET}
        async with visitor.post(f"http://127.0.0.1:{port}/zalo/webhook", json=event, headers=headers) as answer:
            return answer.status

    async def life() -> Any:
        async with SlowZalo(seconds=3.0) as server, ClientSession() as visitor:
            values = {**over_zalo(server), **public, "OPERATION_PORT": str(watched)}
            with operator.starts("run", **values) as process:
                await until(lambda: server.webhook)
                before = await brings(visitor, 1)
                await until(lambda: server.begun)
                process.popen.send_signal(signal.SIGTERM)
                await until(lambda: any('"stopping"' in line for line in process.err))
                await asyncio.sleep(0.2)
                return before, await brings(visitor, 2), await page(watched, "/readyz"), await finish(process)

    before, after, (status, text), ended = asyncio.run(life())
    assert (before, after) == (200, 503)
    assert status == 503 and "stopping" in text
    assert ended.code == 0 and letters(operator) == ["sent"]


async def finish(process: Process) -> Any:
    return await asyncio.to_thread(process.ends)


def test_the_second_signal_ends_a_process_at_once(operator: Operator) -> None:
    async def life() -> Any:
        async with SlowTelegram(updates=[said(1, "xin chào")], seconds=15.0) as server:
            with operator.starts("run", **over_telegram(server)) as process:
                await until(lambda: server.begun)
                process.popen.send_signal(signal.SIGTERM)
                await until(lambda: any('"stopping"' in line for line in process.err))
                began = time.monotonic()
                process.popen.send_signal(signal.SIGTERM)
                ended = await finish(process)
                return ended, time.monotonic() - began

    ended, seconds = asyncio.run(life())
    assert ended.code == 128 + signal.SIGTERM and "left at once" in ended.err
    assert seconds < 5
    assert letters(operator) == ["sending"], "its lease runs out, and another process sends it"


HANGS = """
import asyncio, time
from bot.stopping import Stop
async def life():
    stop = Stop(seconds=0.5)
    print("ready", flush=True)
    await stop.asked.wait()
    await asyncio.to_thread(time.sleep, 60)
asyncio.run(life())
"""


def test_what_does_not_end_is_left_within_a_bounded_time() -> None:
    process = subprocess.Popen([sys.executable, "-c", HANGS], cwd=HOME, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    with process.stdout:
        assert process.wait(30) == 0
    assert time.monotonic() - began < 20
