"""What tests of digests share: a province with districts of any size, in which everybody is late with a report."""

from datetime import date, datetime
from functools import cached_property

from bot.channels import Limits
from db import ReportRule, officers, reports, unions
from db.store import Connection, Store
from handlers import Reply
from handlers.digest_pages import digest_of
from handlers.digest_state import Snapshot, look, state_of
from handlers.phrasebook import Phrases
from handlers.snapshot import LOOK_BACK
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import ZONE

PHRASES = Phrases("vi")
NOW = datetime(2025, 3, 20, 9, 0, tzinfo=ZONE)
"""A Thursday, two working days after the report of the quarter was due."""

TIMETABLE = Timetable(date(2024, 6, 1))
QUARTERS = ("2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1")
LONG_NAME = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Sản xuất và Thương mại số"

CHANNELS = {
    "lines for buttons": Limits(characters=2000, buttons=0, files=False, markup=False, edits=False),
    "buttons": Limits(characters=4096, buttons=100, files=True, markup=False, edits=True, captions=1024),
}
BRIEF = "\n".join(
    (PHRASES.say("escalation-in-digest", count=400), PHRASES.say("escalation-requests", count=400), "", "")
)
"""What may stand before a digest."""


def rule(scope: str, since: date = date(2024, 3, 15)) -> ReportRule:
    """The grassroots unions below `scope` owe a report a quarter."""
    return ReportRule(f"quy-{scope}", "Báo cáo quý", scope, "grassroots", "administrative", "quarter", 2, since, None)


def organise(store: Store, *sizes: int, staffed: bool = True, name: str = "Công đoàn cơ sở") -> None:
    """A province P with a district for each of the `sizes`, of so many unions, each with an officer."""
    with store.transaction() as connection:
        rows = [Union("P", "Liên đoàn lao động tỉnh", "province", "", "")]
        for number, size in enumerate(sizes, start=1):
            district = f"D{number}"
            rows.append(Union(district, f"Liên đoàn lao động huyện {number}", "district", "P", ""))
            rows += [
                Union(f"{district}-{place:03d}", f"{name} {place}", "grassroots", district, "enterprise")
                for place in range(1, size + 1)
            ]
        unions.put(connection, rows)
        reports.confirm(connection, [rule(row.code) for row in rows if row.level == "district"], NOW)
        for row in rows:
            if row.level == "grassroots":
                officers.add(connection, row.code, "officer", "fake", row.code, NOW)
            elif staffed or row.level == "district":
                officers.add(connection, row.code, "staff", "fake", row.code, NOW)


def submit(connection: Connection, union: str, period: str = "2025-Q1", *, late: bool = False) -> None:
    """The report of a union came."""
    scope = union.partition("-")[0]
    reports.submit(connection, f"quy-{scope}", union, period, officer=None, late=late, now=NOW)


def known(connection: Connection, now: datetime = NOW) -> Snapshot:
    """All that is known at that moment, read at once: a test looks at it when the transaction is over."""
    found = look(connection, TIMETABLE, now)
    for name, value in vars(Snapshot).items():
        if isinstance(value, cached_property):
            getattr(found, name)
    found.came(now - LOOK_BACK)
    return found


def read(found: Snapshot, reader: str, since: datetime) -> Reply:
    """The digest of the staff of a union."""
    return digest_of(found, found.tree.unions[reader], state_of(found, reader, since), since, PHRASES)
