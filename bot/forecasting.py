"""How long a wave of letters takes at the pace that each channel bears."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Forecast:
    """What is to be sent on one channel: letters that `wait` and those of a `wave`, and how long both take."""

    channel: str
    waiting: int
    wave: int
    duration: timedelta


def forecasts(
    wave: Mapping[str, int], waiting: Mapping[str, int], spacing: Mapping[str, float]
) -> tuple[Forecast, ...]:
    """What a wave of so many letters a channel means for each, at `spacing` seconds a letter where the channel answers
    at once."""
    found = []
    for channel in sorted(wave.keys() | waiting.keys()):
        number = wave.get(channel, 0) + waiting.get(channel, 0)
        lasts = timedelta(seconds=round(number * spacing.get(channel, 0.0)))
        found.append(Forecast(channel, waiting.get(channel, 0), wave.get(channel, 0), lasts))
    return tuple(found)
