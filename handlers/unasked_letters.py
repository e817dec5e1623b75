"""A letter that nobody asked for, with what is noted down when it is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from db import Letter, SaidRung, outbox
from db.outbox import LetterRow
from handlers.standing import ladder_of
from knowledge import Union
from scheduler import Owed, Rung

Tree = Mapping[str, Union]
"""The unions of today by their codes."""


@dataclass(frozen=True)
class Unasked:
    """A letter to a person and the rungs of which it speaks; `brief` says it in a line to begin another letter with."""

    letter: Letter
    person: int
    rungs: tuple[SaidRung, ...] = ()
    brief: str = ""

    @property
    def key(self) -> str:
        """That of the letter."""
        return self.letter.key

    @property
    def channel(self) -> str:
        """Over which it goes."""
        return self.letter.channel

    @property
    def row(self) -> LetterRow:
        """The letter as it is kept."""
        return outbox.row(self.letter)


def said_rung(owed: Owed, rung: Rung | str, *, told: bool = False) -> SaidRung:
    """The note that a rung was written, to the union itself or (`told`) to the staff above it."""
    return SaidRung(*ladder_of(owed), rung if isinstance(rung, str) else rung.name, told)


def letter_key(owed: Owed, rung: str) -> str:
    """The unique key of a reminder: one letter per obligation, union, period, due day and rung, whoever rings. The due
    day is left out where it is the first one."""
    obligation, union, period, due = ladder_of(owed)
    return f"remind:{obligation}:{union}:{period}{'@' if due else ''}{due}:{rung}"
