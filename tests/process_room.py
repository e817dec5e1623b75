"""Runs `congdoan` as an operator does: in a folder of its own, with only the settings that a test gives it."""

import asyncio
import io
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

import pytest
import structlog

from bot.__main__ import main
from bot.app import open_library
from bot.settings import Settings

HOME = Path(__file__).parent.parent
PATIENCE = 120.0
"""Seconds that a process may take for anything a test waits for."""


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    def refused_with(self, *words: str) -> bool:
        """Whether it ended with exit code 2 and a sentence that holds these words, and nothing like a traceback."""
        said = self.err.strip()
        return self.code == 2 and said != "" and "Traceback" not in said and all(word in said for word in words)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"the command still runs after {PATIENCE} seconds")


class Operator:
    """Types commands; `var` holds a knowledge index, `folder` is where they are typed."""

    def __init__(
        self, folder: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.var, self.monkeypatch, self.capsys = folder, var, monkeypatch, capsys
        self.url = f"sqlite:///{folder / 'office.sqlite'}"
        monkeypatch.chdir(folder)
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)

    def settings(self, **values: str) -> dict[str, str]:
        """The environment of a command."""
        return {"VAR_DIR": str(self.var), "DATABASE_URL": self.url, "OPERATION_PORT": "0", **values}

    def types(self, *arguments: str, text: str = "", **values: str) -> Ended:
        """Run a command to its end, in this process; `text` is what is typed into it."""
        with self.monkeypatch.context() as patch:
            for name, value in self.settings(**values).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["congdoan", *arguments])
            patch.setattr(sys, "stdin", io.StringIO(text))
            handlers = logging.getLogger().handlers[:]
            signal.signal(signal.SIGALRM, _too_long)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                structlog.reset_defaults()
                logging.getLogger().handlers[:] = handlers
        said = self.capsys.readouterr()
        return Ended(code, said.out, said.err)

    @contextmanager
    def starts(self, *arguments: str, **values: str) -> Iterator["Process"]:
        """Start a command as a process of its own; it is stopped at the end of the block."""
        inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
        popen = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": str(HOME), "PYTHONUNBUFFERED": "1", **self.settings(**values)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        process = Process(popen)
        try:
            yield process
        finally:
            process.stop()


def _collect(stream: TextIO, lines: list[str]) -> None:
    for line in stream:
        lines.append(line)


class Process:
    """A command that runs; what it writes is read all the time, so that it never waits for us."""

    def __init__(self, popen: "subprocess.Popen[str]") -> None:
        self.popen = popen
        self.out: list[str] = []
        self.err: list[str] = []
        self.readers = [
            Thread(target=_collect, args=pair, daemon=True)
            for pair in ((popen.stdout, self.out), (popen.stderr, self.err))
        ]
        for reader in self.readers:
            reader.start()

    def ends(self) -> Ended:
        """Wait for its own end."""
        code = self.popen.wait(PATIENCE)
        for reader in self.readers:
            reader.join(PATIENCE)
        for stream in (self.popen.stdout, self.popen.stderr):
            if stream is not None:
                stream.close()
        return Ended(code, "".join(self.out), "".join(self.err))

    def stop(self) -> Ended:
        """Ask it politely to end."""
        if self.popen.poll() is None:
            self.popen.terminate()
        return self.ends()


def built_index(folder: Path) -> Path:
    """A folder with the knowledge index of the shipped documents."""
    open_library(Settings(_env_file=None, var_dir=folder)).close()
    return folder


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until(condition: Callable[[], Any]) -> None:
    """Wait until something has come about."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        await asyncio.sleep(0.05)
