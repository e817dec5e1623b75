"""Who answers for a union today: the holders of its posts, without those who are away; and the staff above it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from db import Officer, exemptions, officers
from db.store import Connection
from knowledge import Union


class Holders:
    """All who hold a post on one day, read once, of the unions `codes` or of all."""

    def __init__(self, connection: Connection, today: date, codes: Collection[str] | None = None) -> None:
        self._alone: dict[str, Officer] = {}
        self._several: dict[str, list[Officer]] = {}
        self._away = exemptions.away(connection, today)
        self._touched = set()
        for officer in officers.everyone(connection) if codes is None else officers.of_unions(connection, codes):
            first = self._alone.setdefault(officer.union, officer)
            if first is not officer:
                self._several.setdefault(officer.union, [first]).append(officer)
            if officer.id in self._away:
                self._touched.add(officer.union)

    def _of(self, code: str) -> Sequence[Officer]:
        if code in self._several:
            return self._several[code]
        return (self._alone[code],) if code in self._alone else ()

    def alone(self, code: str) -> Officer | None:
        """The one person in a union of whom nothing special is known, as it is nearly everywhere; else `None`."""
        return None if code in self._several or code in self._touched else self._alone.get(code)

    def reporting(self, union: Union) -> tuple[Officer, ...]:
        """Those who report for a union: the officers of a grassroots union, the staff of one above; the one who has
        held the post longest first."""
        wanted = union.level == "grassroots"
        found = self._of(union.code)
        return tuple(each for each in found if (each.role == "officer") == wanted) or tuple(found)

    def responsible(self, union: Union) -> Officer | None:
        """The one to speak to: the first who is here and can be reached, else the first who is here."""
        if alone := self.alone(union.code):
            return alone
        here = [each for each in self.reporting(union) if each.id not in self._away]
        return next((each for each in here if each.reachable), here[0] if here else None)

    def all_away(self, union: Union) -> bool:
        """Whether everybody who reports for a union is away."""
        return union.code in self._touched and all(each.id in self._away for each in self.reporting(union))

    def staff(self, code: str) -> tuple[Officer, ...]:
        """The staff of a union who are here and can be reached."""
        found = self._of(code)
        return tuple(each for each in found if each.role != "officer" and each.reachable and each.id not in self._away)

    def staff_above(self, code: str, tree: Mapping[str, Union]) -> tuple[tuple[Officer, ...], ...]:
        """The staff of every level above a union that has some, the nearest first."""
        levels, seen = [], {code}
        union = tree.get(code)
        while union is not None and union.parent and union.parent not in seen:
            seen.add(union.parent)
            if staff := self.staff(union.parent):
                levels.append(staff)
            union = tree.get(union.parent)
        return tuple(levels)
