"""What a later plan changes in an earlier one, and what therefore holds on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge import Target


@dataclass(frozen=True)
class Amendment:
    """That passage `position` of `document` changes the passages `replaced` of the earlier document `amended`.

    `parts` are the clauses that it changes where it does not change the whole point. `words` are the new wording,
    empty where the point is repealed or the later document stands in its place as a whole; the passages `holding` bear
    it, `targets` are its targets. An added point replaces nothing. `ended` are single targets that it ends where the
    rest of their clause stands, `stood` is a clause in which only a figure or a day is now another. It holds from the
    day `starts` on, always where no day is known.
    """

    document: str
    position: int
    amended: str
    section: str
    replaced: tuple[int, ...]
    repeals: bool
    words: str
    starts: date | None
    targets: tuple[Target, ...] = ()
    holding: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    ended: tuple[Target, ...] = ()
    stood: str = ""

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """The passages, with their document, that make the change and bear the new wording."""
        return tuple((self.document, place) for place in dict.fromkeys((self.position, *self.holding)))


@dataclass(frozen=True)
class InForce:
    """What holds on a day: the passages (document, position) that do not (`gone`, with what ended each), the single
    clauses (`cut`) and targets (`ended`) that do not any more, the targets that stand in their place, the amendment
    that each amending passage makes, and those that changed a figure or a day of a clause that stands (`touched`)."""

    gone: Mapping[tuple[str, int], Amendment]
    targets: tuple[Target, ...]
    made: Mapping[tuple[str, int], Amendment]
    cut: Mapping[tuple[str, int], tuple[str, ...]]
    ended: Mapping[Target, Amendment]
    touched: Mapping[tuple[str, int], tuple[Amendment, ...]]

    def holds(self, key: str, position: int, words: str = "") -> bool:
        """Whether a passage is in force, and these words of it."""
        cut = self.cut.get((key, position), ())
        return (key, position) not in self.gone and not (words and any(words in part or part in words for part in cut))
