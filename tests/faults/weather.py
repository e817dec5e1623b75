"""What goes wrong between the bot and a messenger's server, on a schedule that a seed decides."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["", "flood", "wordless flood", "fault", "reset", "cut off", "hang", "garbage", "blocked"]
"""What happens to one send.

"flood": 429 that says how long, "wordless flood": 429 that does not. "fault": 500. "reset": the connection breaks
before the message is taken, "cut off": after it was. "hang": taken, and no answer for long. "garbage": taken, and the
answer cannot be read. "blocked": 403, the person blocked the bot. Empty: nothing goes wrong.
"""

TAKEN: frozenset[Fault] = frozenset(("cut off", "hang", "garbage"))
"""The message arrives, and the bot cannot know it."""

GARBAGE = (
    "<html>502 Bad Gateway</html>",
    "",
    "{",
    "[]",
    '{"ok": "maybe"}',
    '{"ok": true, "result": [1, 2}',
    "\x00\ufeff",
)


@dataclass
class Weather:
    """Decides what happens to the sends, one after the other; `chances` are shares of all sends by fault.

    `blocked` are the addresses at which every send is refused. `lateness` is how many seconds an answer takes at most.
    """

    seed: int
    chances: dict[Fault, float] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    lateness: float = 0.0
    hang_seconds: float = 1.0
    met: Counter[Fault] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def fault(self, address: str) -> Fault:
        """What happens to the next send, which is to this address."""
        found: Fault = "blocked" if address in self.blocked else self._drawn()
        self.met[found] += 1
        return found

    def _drawn(self) -> Fault:
        drawn = self.chance.random()
        for fault, share in self.chances.items():
            if drawn < share:
                return fault
            drawn -= share
        return ""

    def delay(self) -> float:
        """Seconds for which the next answer, or the next half of one, is on its way."""
        return self.chance.uniform(0, self.lateness) if self.lateness else 0.0

    def garbage(self) -> str:
        """An answer that is none."""
        return self.chance.choice(GARBAGE)
