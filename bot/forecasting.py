"""How long a wave of letters takes at the pace that each channel bears."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from db import Letter


@dataclass(frozen=True)
class Forecast:
    """What is to be sent on one channel: letters that `wait` and those of a `wave`, and how long both take."""

    channel: str
    waiting: int
    wave: int
    duration: timedelta


def forecasts(wave: Iterable[Letter], waiting: Mapping[str, int], spacing: Mapping[str, float]) -> tuple[Forecast, ...]:
    """What a wave means for each channel, at `spacing` seconds a letter where the channel answers at once."""
    written = Counter(letter.channel for letter in wave)
    found = []
    for channel in sorted(written.keys() | waiting.keys()):
        number = written[channel] + waiting.get(channel, 0)
        lasts = timedelta(seconds=round(number * spacing.get(channel, 0.0)))
        found.append(Forecast(channel, waiting.get(channel, 0), written[channel], lasts))
    return tuple(found)
