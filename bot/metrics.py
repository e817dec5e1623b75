"""What a process counts about itself, in the form that Prometheus collects.

Two sorts of figures: what this process did since it began (counters, one set per process, to be added up), and what the
database holds at the moment of asking (gauges, the same at every process of an office).

Turns and letters are also told to the log at debug level, where their trace connects them.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from db.queues import Queues

log = structlog.get_logger()

CONTENT_TYPE = CONTENT_TYPE_LATEST
TURN_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
DELAY_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 14400)


class Metrics:
    """The figures of one process. Channels are named as everywhere, outcomes and states are single words."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Counter("congdoan_turns", "Turns taken.", ("channel", "outcome"), registry=self.registry)
        self._turn_seconds = Histogram(
            "congdoan_turn_seconds",
            "Time from the arrival of an update to its committed answer.",
            ("channel",),
            buckets=TURN_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "congdoan_answers", "Questions answered, by what was found.", ("outcome",), registry=self.registry
        )
        self._letters = Counter(
            "congdoan_letters", "What became of letters.", ("channel", "state"), registry=self.registry
        )
        self._rings = Counter("congdoan_rings", "Rings of the clock.", registry=self.registry)
        self._ring_letters = Counter("congdoan_ring_letters", "Letters written by rings.", registry=self.registry)
        self._ring_delays = Histogram(
            "congdoan_ring_delay_seconds",
            "Time from the moment of a ring to its finished letters.",
            buckets=DELAY_SECONDS,
            registry=self.registry,
        )

    def turn(self, channel: str, outcome: str, seconds: float) -> None:
        """A turn was taken, so many seconds after its update arrived.

        `outcome` is "answered", "ignored" (nothing to answer), "limited" (too many at once) or "failed".
        """
        log.debug("turn", channel=channel, outcome=outcome, seconds=round(seconds, 3))
        self._turns.labels(channel, outcome).inc()
        self._turn_seconds.labels(channel).observe(max(seconds, 0.0))

    def answer(self, outcome: str) -> None:
        """A question about the documents was answered; `outcome` is that of the `Answer`, or "ruling" of the staff."""
        self._answers.labels(outcome).inc()

    def letter(self, channel: str, state: str) -> None:
        """A letter came into this state (see `db.LetterState`)."""
        log.debug("letter", channel=channel, state=state)
        self._letters.labels(channel, state).inc()

    def ring(self, delay_seconds: float, letters: int) -> None:
        """A ring was finished so many seconds after its moment and wrote so many letters."""
        self._rings.inc()
        self._ring_letters.inc(letters)
        self._ring_delays.observe(max(delay_seconds, 0.0))

    def watch(self, look: Callable[[], Queues]) -> None:
        """From now on the figures of the database are among those collected; `look` reads them, and may raise."""
        self.registry.register(_Waiting(look))

    def text(self) -> bytes:
        """All figures, as Prometheus reads them. Raises what the `look` of `watch` raises."""
        return generate_latest(self.registry)


class _Waiting(Collector):
    """What the database holds, read anew each time somebody asks."""

    def __init__(self, look: Callable[[], Queues]) -> None:
        self._look = look

    def describe(self) -> Iterable[Metric]:
        """Nothing: names are known without looking into the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The queues as they stand now."""
        found = self._look()
        letters = GaugeMetricFamily(
            "congdoan_letters_kept", "Letters that are not settled, or were given up.", labels=("channel", "state")
        )
        for (channel, state), number in sorted(found.letters.items()):
            letters.add_metric((channel, state), number)
        yield letters
        yield _gauge("congdoan_oldest_due_letter_seconds", "How long the oldest due letter waits.", found.oldest_due)
        yield _gauge("congdoan_oldest_update_seconds", "How long the oldest waiting update waits.", found.oldest_update)
        updates = GaugeMetricFamily("congdoan_updates_waiting", "Updates whose turn is not taken yet.")
        updates.add_metric((), found.updates)
        yield updates


def _gauge(name: str, words: str, age: timedelta) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=age.total_seconds())
