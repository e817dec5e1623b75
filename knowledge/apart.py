"""A file is opened in a process of its own, which may use so much time and memory and no more.

What reads PDF files trusts the numbers in them: a table of a few bytes can ask for four thousand million letters. No
check beforehand finds every such place; a process that ends with its allowance needs none, and nobody else waits.
"""

import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

_SECONDS = 60
"""Of work of a processor; a plan of 200 full pages takes less than that."""
_PATIENCE = 6
"""A machine with other work gives so many times that until the process is given up."""
_BYTES = 800_000_000
_STOPPED = frozenset({-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP})
_HOUSE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Opened:
    """What came of a file: its text, or the reason why it is refused (a `knowledge.reading.Reason`)."""

    text: str = ""
    reason: str | None = None


def opened_apart(content: bytes, seconds: int = _SECONDS) -> Opened:
    """The text of a PDF file, or why it is refused; takes at most `seconds` of a processor.

    Raises `InterruptedError` where somebody else ended the process, as happens when the program is stopped.
    """
    order = [sys.executable, "-m", "knowledge.apart", str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603
            order, input=content, capture_output=True, cwd=_HOUSE, timeout=seconds * _PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return Opened(reason="too_long")
    if done.returncode in _STOPPED:
        raise InterruptedError("The reading was stopped: read the file again.")
    if done.returncode:
        return Opened(reason="too_long" if done.returncode == -signal.SIGXCPU else "unsafe")
    return Opened(**json.loads(done.stdout))


def _limited(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    from knowledge.reading import pdf_opened

    _limited(int(sys.argv[1]))
    sys.stdout.write(json.dumps(asdict(pdf_opened(sys.stdin.buffer.read()))))
