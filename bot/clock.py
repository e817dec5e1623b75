"""The one clock of a process: the machine's time, or a time that starts elsewhere and runs at normal speed."""

from datetime import datetime, timedelta

from scheduler import ZONE


class Clock:
    """Tells the moment in Viet Nam time. The demonstration and the tests move it, always forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta() if start is None else start - datetime.now(ZONE)

    def now(self) -> datetime:
        """The moment."""
        return datetime.now(ZONE) + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Go on from `moment`; raises `ValueError` for a moment that has passed."""
        now = self.now()
        if moment < now:
            raise ValueError("a clock is only moved forward: what was sent cannot be unsent")
        self._ahead += moment - now


class StandingClock(Clock):
    """A clock that stands until it is moved: trial talks and tests give the same moments every time."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._moment = start

    def now(self) -> datetime:
        """The moment to which it was moved last."""
        return self._moment

    def move_to(self, moment: datetime) -> None:
        """Stand at `moment`; raises `ValueError` for a moment that has passed."""
        if moment < self._moment:
            raise ValueError("a clock is only moved forward: what was sent cannot be unsent")
        self._moment = moment
