"""`congdoan run` as a process of its own that is started, killed and started again."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from tests.faults.nursery import Child, Nursery
from tests.process_room import HOME

PATIENCE = 180.0
"""Seconds that a process may take for anything a test waits for: only that a test ends, on the busiest machine."""


class Bot:
    """One bot, whose settings are `settings`; what it logs is appended to a file of `folder`.

    It is started as an operator does, behind the words of `prefix`, or raised in a nursery where one is open.
    """

    def __init__(self, folder: Path, settings: dict[str, str], name: str = "bot") -> None:
        self.folder = folder
        self.settings = settings
        self.log_file = folder / f"{name}.log"
        self.log_file.touch()
        self.process: asyncio.subprocess.Process | Child | None = None
        self.prefix: tuple[str, ...] = ()
        self.nursery: Nursery | None = None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    def log(self) -> str:
        """Everything it logged in all its lives."""
        return self.log_file.read_text("utf-8", "replace")

    def errors(self) -> set[str]:
        """The events that it logged as errors."""
        lines = [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]
        return {str(line["event"]) for line in lines if line["level"] == "error"}

    async def start(self, moment: datetime | None = None) -> None:
        """Begin a life, in which the clock starts at `moment`."""
        assert not self.alive
        inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
        home = {"PYTHONPATH": str(HOME), "PYTHONUNBUFFERED": "1", "OPERATION_PORT": "0", "LOG_LEVEL": "warning"}
        clock = {"CONGDOAN_NOW": moment.isoformat()} if moment else {}
        environment = {**inherited, **home, **self.settings, **clock}
        if self.nursery is not None:
            self.process = await self.nursery.bears(environment, self.folder, self.log_file)
            return
        with self.log_file.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.prefix,
                *(sys.executable, "-m", "bot", "run"),
                cwd=self.folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to leave; gives its exit code."""
        assert self.process is not None
        self.process.terminate()
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    def peak_memory(self) -> int:
        """The most memory it ever held in this life, in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024


@asynccontextmanager
async def bots(*wanted: Bot) -> AsyncIterator[None]:
    """A nursery for those that need no way of their own to be started. Whatever happens in the block, none lives longer
    than it."""
    nursery = await Nursery.open()
    try:
        for bot in wanted:
            bot.nursery = None if bot.prefix else nursery
        yield
    finally:
        for bot in wanted:
            if bot.alive:
                await bot.kill()
        await nursery.close()


async def listens(bot: Bot) -> None:
    """Wait until messengers can bring updates to a bot that has just been started."""
    port = int(bot.settings["WEBHOOK_PORT"])
    async with asyncio.timeout(PATIENCE):
        while True:
            assert bot.alive, bot.log()[-2000:]
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
