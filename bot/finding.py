"""One line of what `congdoan doctor` found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """What was found of one `part`: "ok" needs nothing, "warn" works but needs a look, "bad" does not work.

    `said` is a sentence for the operator, `advice` what to do; neither holds a secret.
    """

    part: str
    mark: Literal["ok", "warn", "bad"]
    said: str
    advice: str = ""


def ok(part: str, said: str) -> Finding:
    """All is well."""
    return Finding(part, "ok", said)


def warn(part: str, said: str, advice: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding(part, "warn", said, advice)


def bad(part: str, said: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(part, "bad", said, advice)
