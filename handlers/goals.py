"""What a union is to reach in a year: the figure that staff assigned, else the one that a document gives to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import AssignedTarget, targets
from db.store import Connection
from handlers.branches import Branches
from handlers.union_names import names_of
from knowledge import Citation, Target, Union
from knowledge.amendments import in_force
from knowledge.changes import InForce
from knowledge.index import Library
from knowledge.indicators import OTHER, indicators
from knowledge.inquiry import issuer_of, label

UPWARD = frozenset({">=", ">", "=", "~", "maintain"})
"""How a figure must be meant for "reached" and "still missing" to make sense."""


@dataclass(frozen=True)
class Goal:
    """A figure for one union, indicator and year.

    `source` proves it where it stands in a document of the library; `clause` is where staff said it came from;
    `giver` is the code of the union that assigned it on the day `given_on`.
    """

    union: str
    indicator: str
    year: int
    value: float
    unit: str
    source: Citation | None = None
    clause: str | None = None
    giver: str = ""
    given_on: date | None = None


def goals_of(
    connection: Connection, library: Library, tree: Branches, year: int, today: date
) -> dict[str, tuple[Goal, ...]]:
    """The goals for a year of the unions that `tree` was made for, by their codes; a figure that staff assigned goes
    before a document's."""
    told = _in_documents(library, tree, year, today)
    found = {(goal.union, goal.indicator, goal.unit): goal for goal in told}
    for each in targets.standing(connection, str(year), tree.below.keys()):
        found[each.union, each.indicator, each.unit] = _assigned(each, year)
    place = {key: number for number, key in enumerate(indicators())}
    listed: dict[str, tuple[Goal, ...]] = {}
    for goal in sorted(found.values(), key=lambda each: place.get(each.indicator, len(place))):
        listed[goal.union] = (*listed.get(goal.union, ()), goal)
    return listed


def _assigned(given: AssignedTarget, year: int) -> Goal:
    return Goal(
        union=given.union,
        indicator=given.indicator,
        year=year,
        value=given.value,
        unit=given.unit,
        clause=given.source,
        giver=given.giver,
        given_on=given.assigned_at.date(),
    )


def _in_documents(library: Library, tree: Branches, year: int, today: date) -> Iterator[Goal]:
    """The figures that documents give to these very unions, those of the nearest document last.

    A document gives a figure to a union below its own by name, and to its own union by saying it of everybody.
    """
    chains = tree.documents
    distance: dict[str, int] = {}
    for chain in chains.values():
        distance |= {code: max(place, distance.get(code, 0)) for place, code in enumerate(chain)}
    keys = library.scope(sorted(distance, key=lambda code: (-distance[code], code)))
    holding = in_force(library, keys, today)
    for key in keys:
        scope = library.documents[key].scope
        below = {code: tree.unions[code] for code, chain in chains.items() if scope in chain}
        standing = [each for each in library.targets(key) if _stands(holding, each)]
        standing += [each for each in holding.targets if each.document == key]
        timely = [each for each in standing if each.period in (str(year), "annual") and _is_plain(each)]
        yield from _agreed(library, _given(timely, scope, below), year)


def _stands(holding: InForce, target: Target) -> bool:
    """Whether a document's own figure is in force; those of a new wording come from `holding.targets`."""
    place = (target.document, target.position)
    return holding.holds(*place, target.quote) and place not in holding.made and target not in holding.ended


def _is_plain(target: Target) -> bool:
    """Whether a figure can be measured against: one number of a known indicator, to be reached, for everybody."""
    known = target.indicator != OTHER and isinstance(target.value, int | float) and target.value > 0
    return known and target.condition is None and target.comparator in UPWARD


def _given(listed: Sequence[Target], scope: str, below: Mapping[str, Union]) -> Iterator[tuple[str, Target]]:
    names = names_of(below) if any(target.unit_name for target in listed) else None
    for target in listed:
        if target.unit_name is None:
            if scope in below:
                yield scope, target
        elif names is not None and (union := names.find(target.unit_name)) is not None:
            yield union.code, target


def _agreed(library: Library, given: Iterator[tuple[str, Target]], year: int) -> Iterator[Goal]:
    """One goal for each union, indicator and unit; none where the document gives two different figures for them."""
    together: dict[tuple[str, str, str], list[Target]] = {}
    for code, target in given:
        together.setdefault((code, target.indicator, target.unit), []).append(target)
    for (code, indicator, unit), same in together.items():
        if len({each.value for each in same}) == 1:
            value = same[0].value
            assert isinstance(value, int | float)
            yield Goal(code, indicator, year, value, unit, source=_cited(library, same[0]))


def _cited(library: Library, target: Target) -> Citation:
    document = library.documents[target.document]
    union = library.unions.get(document.scope)
    return Citation(label(document, union), document.file, target.section, target.quote, issuer_of(document, union))
