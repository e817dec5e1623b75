"""Golden talks: a conversation as plain text that an officer could read, and that a test replays.

    # What this talk is about.
    people: PR-01, PR
    @ 2025-03-25 08:00
    bot → PR-01: Đã đến kỳ số liệu tháng 3/2025.
         [1] Gửi ngay  [2] Để sau
    PR-01: 1
    bot: …

`@` sets the clock, which rings on its way; `bot → X` is a letter, `bot` answers who spoke last; `X: <name>` sends a
file. A line that begins with `!` is something that happens: `! PR-01 blocks`, `! PR-02 joins` (gets a post),
`! imports organisation.csv` (the organisation changes). Who is called `nhom…` is a group chat.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.channels import Button, Message
from scheduler import ZONE

INDENT = "     "
HAPPENS: tuple[Literal["blocks", "joins"], ...] = ("blocks", "joins")


class TalkError(ValueError):
    """A talk cannot be read; the message names the line."""


@dataclass(frozen=True)
class Step:
    """Something that the talk makes happen: the clock is set, somebody speaks, blocks the bot or gets a post, the
    organisation changes."""

    kind: Literal["clock", "says", "blocks", "joins", "imports"]
    who: str
    text: str


@dataclass(frozen=True)
class Script:
    """A talk without the bot's side: its comment, the people who have a post, and the steps."""

    comment: tuple[str, ...]
    people: tuple[str, ...]
    steps: tuple[Step, ...]


def parse(text: str) -> Script:
    """Read a talk; raises `TalkError`."""
    comment: list[str] = []
    people: tuple[str, ...] = ()
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            comment.append(line)
        elif line.startswith("people:"):
            people = tuple(code.strip() for code in line.removeprefix("people:").split(","))
        elif line and not line.startswith(("bot", " ")):
            steps.append(_step(number, line))
    return Script(tuple(comment), people, tuple(steps))


def _step(number: int, line: str) -> Step:
    if line.startswith("@ "):
        return Step("clock", "", line.removeprefix("@ "))
    if line.startswith("! imports "):
        return Step("imports", "", line.removeprefix("! imports "))
    for kind in HAPPENS if line.startswith("! ") else ():
        if line.endswith(f" {kind}"):
            return Step(kind, line.removeprefix("! ").removesuffix(f" {kind}"), "")
    who, colon, text = line.partition(":")
    if not colon:
        raise TalkError(
            f"line {number}: expected `@ time`, `! X blocks`, `! X joins`, `! imports F` or `X: text`, found {line!r}"
        )
    return Step("says", who, text.strip())


def head(script: Script) -> Iterator[str]:
    """The lines with which the talk begins."""
    yield from script.comment
    yield "people: " + ", ".join(script.people)


def moment_of(text: str) -> datetime:
    """The moment of an `@` line, in Viet Nam time; raises `TalkError`."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    except ValueError as error:
        raise TalkError(f"a moment is written as 2025-03-25 08:00, not {text!r}") from error


def written(step: Step) -> str:
    """A step as it stands in the file."""
    if step.kind == "clock":
        return f"@ {step.text}"
    if step.kind == "imports":
        return f"! imports {step.text}"
    return f"! {step.who} {step.kind}" if step.kind in HAPPENS else f"{step.who}: {step.text}"


def _shown(button: Button) -> str:
    """A button with the key that may be typed instead, where there is one."""
    return f"[{button.key}] {button.label}" if button.key else f"[{button.label}]"


def bot_says(message: Message, to: str | None = None) -> Iterator[str]:
    """A message of the bot as it stands in the file; `to` names who gets a letter."""
    lines = message.text.split("\n")
    yield (f"bot → {to}: " if to else "bot: ") + lines[0]
    yield from (INDENT + line if line else "" for line in lines[1:])
    if message.buttons:
        yield INDENT + "  ".join(_shown(button) for button in message.buttons)
    if message.file:
        yield f"{INDENT}<{message.file.name}>"
