"""Where processes of `congdoan run` are raised that need not load the program first: see `cradle`."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from tests.process_room import HOME


class Nursery:
    """Asks for processes and hears of their ends. One loop uses it at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.born: asyncio.Queue[int] = asyncio.Queue()
        self.ends: dict[int, asyncio.Future[int]] = {}
        self.listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls) -> "Nursery":
        """Load the program, which takes a while once."""
        command = (sys.executable, "-m", "tests.faults.cradle")
        pipe = asyncio.subprocess.PIPE
        home = {**os.environ, "PYTHONPATH": str(HOME)}
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=home, cwd=HOME))

    async def bears(self, environment: dict[str, str], folder: Path, log: Path) -> "Child":
        """A new process."""
        assert self.process.stdin is not None
        wish = {"environment": environment, "folder": str(folder), "log": str(log)}
        self.process.stdin.write(json.dumps(wish).encode() + b"\n")
        number = await self.born.get()
        return Child(number, self.ends[number])

    async def close(self) -> None:
        """End every process that still lives."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()
        await self.listening

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            word, number, code = json.loads(line)
            if word == "born":
                self.ends[number] = asyncio.get_running_loop().create_future()
                self.born.put_nowait(number)
            else:
                self.ends[number].set_result(code)


class Child:
    """A process of the nursery, as `asyncio.subprocess.Process` is one."""

    def __init__(self, pid: int, end: asyncio.Future[int]) -> None:
        self.pid = pid
        self.end = end

    @property
    def returncode(self) -> int | None:
        return self.end.result() if self.end.done() else None

    def send_signal(self, number: int) -> None:
        if not self.end.done():
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        return await asyncio.shield(self.end)
