"""An office in the days in which the report for the first quarter is written: figures on the shelf, people at work."""

from datetime import date, datetime
from typing import Any

from db import ReportRule, checkins, reports
from db.store import Store
from handlers import Attachment
from handlers.forms import form_for
from handlers.owing import FORM
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import SmallOffice, choices_of, text_of

BEFORE_DUE = datetime(2025, 3, 17, 9, 0, tzinfo=ZONE)
"""A Monday: the quarter has ended, its report is due on the next day."""

QUARTER, RULE = "2025-Q1", "quy-pr"
MONTHS = ("2024-12", "2025-01", "2025-02")
PEOPLE = ("PR-01", "PR-02", "PR-03", "PR", "BPC", "BD", "BD-01")

DISTRICT = ReportRule(
    id="quy-tinh",
    title="Báo cáo quý của công đoàn cấp trên cơ sở",
    scope="BPC",
    level="district",
    profile="administrative",
    cycle="quarter",
    working_days=4,
    since=date(2024, 12, 15),
    clause=None,
)
"""The districts of a province report to it two working days after their own unions reported to them."""


def answers(members: int, admitted: int = 0, **others: Any) -> dict[str, Any]:
    """The figures of a month."""
    plain = {"members": members, "admitted": admitted, "workers": members + 10, "agreement": "signed", "visited": 1}
    return {**plain, "difficulties": None, **others}


def send(store: Store, union: str, month: str, figures: dict[str, Any], sector: str = "enterprise") -> str:
    """Put a month's figures on the shelf; gives the number of their receipt."""
    form = form_for(FORM, sector)
    with store.transaction() as connection:
        kept = checkins.put(
            connection, union, FORM, form.version, month, figures, officer=None, late=False, now=BEFORE_DUE
        )
    return kept.number


def office_of(store: Store, library: Library, people: tuple[str, ...] = PEOPLE) -> SmallOffice:
    """The office on the day before the report is due."""
    return SmallOffice(store, library, BEFORE_DUE, people)


def tap(office: SmallOffice, person: str, label: str) -> str:
    """Tap the button of the last messages that begins with these words; gives the answer's text."""
    for letter in reversed(office.letters(person)):
        for choice in choices_of(letter):
            if choice.label.startswith(label):
                return text_of(office.taps(person, choice.id))
    raise AssertionError(f"{person} was offered no button {label!r}")


def file_to(office: SmallOffice, person: str) -> Attachment:
    """The file of the last message that has one."""
    files = (from_json(letter.body).file for letter in reversed(office.letters(person)))
    return next(file for file in files if file is not None)


def submit_draft(office: SmallOffice, person: str) -> str:
    """Draft the report and send it as it is."""
    office.taps(person, f"report:draft:{RULE}:{QUARTER}")
    return tap(office, person, "Nộp báo cáo")


def versions_of(store: Store, union: str, rule: str = RULE) -> list[tuple[int, str, str]]:
    """Version, way and state of everything that came as the quarter's report."""
    with store.transaction() as connection:
        return [(each.version, each.way, each.state) for each in reports.versions(connection, rule, union, QUARTER)]
