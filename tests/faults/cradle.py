"""A program that loads the bot once and then forks a process of `congdoan run` for each line that it reads.

A line holds the settings, the folder, and the file for what is logged. The program says the number of each process, and
how each ended; when its input ends, they all do. So a bot can be killed and started fifty times in a minute, and none
outlives the test.
"""

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import Any

import bot.channels.telegram
import bot.serving  # noqa: F401 - what a process would load when it starts
from bot.__main__ import main as run


def main() -> None:
    """Fork whenever that is wished for, until nobody can wish any more."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    living: set[int] = set()
    wishes = b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 1000)
            _bury(living)
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                break
            *lines, wishes = (wishes + read).split(b"\n")
            for line in lines:
                living.add(_fork(json.loads(line), run))
    for number in living:
        os.kill(number, signal.SIGKILL)


def _fork(wish: dict[str, Any], run: Callable[[], None]) -> int:
    number = os.fork()
    if number:
        _say("born", number, 0)
        return number
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(wish["folder"])
    os.environ.clear()
    os.environ.update(wish["environment"])
    log = os.open(wish["log"], os.O_WRONLY | os.O_APPEND)
    for stream, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(file, stream)
    sys.argv = ["congdoan", "run"]
    code = 1
    try:
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _bury(living: set[int]) -> None:
    """Tell how those have ended that are no more."""
    for number in tuple(living):
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            living.discard(number)
            _say("ended", number, os.waitstatus_to_exitcode(status))


def _say(word: str, number: int, code: int) -> None:
    os.write(1, json.dumps([word, number, code]).encode() + b"\n")


if __name__ == "__main__":
    main()
