"""The reports of the unions below a federation as a table: one row for each, what is missing marked, the totals."""

from typing import Any

from handlers import Attachment
from handlers.form_talk import written
from handlers.gathering import Gathering, Row
from handlers.phrasebook import Phrases
from handlers.report_lines import label_of
from handlers.spreadsheets import XLSX_TYPE, Page, workbook

NARROW, WIDE, STATE = 2, 14, 9
FIGURE = 6
"""The widths of the columns on paper, as shares."""

CODE_WIDTH, NAME_WIDTH, FIGURE_WIDTH = 14, 44, 16
"""The widths of the columns in the workbook, in characters."""


def table_of(found: Gathering, phrases: Phrases) -> dict[str, Any]:
    """One row for each union, with what is missing marked, and the totals over what came."""
    labels = [label_of(field, phrases) for field in found.fields]
    rows = [
        [str(place), row.union.name, *_cells(found, row, phrases), state_of(row, phrases)]
        for place, row in enumerate(found.rows, start=1)
    ]
    last = phrases.say("report-sheet-came", came=found.came, count=len(found.rows))
    return {
        "columns": [*(phrases.say(f"report-sheet-{name}") for name in ("place", "union")), *labels,
                    phrases.say("report-sheet-state")],
        "rows": [*rows, ["", phrases.say("report-sheet-total"), *_totals(found, phrases), last]],
        "widths": [NARROW, WIDE, *(FIGURE for _ in labels), STATE],
    }  # fmt: skip


def _cells(found: Gathering, row: Row, phrases: Phrases) -> list[str]:
    return [
        written(field, row.figures[field.key], phrases) if field.key in row.figures else "" for field in found.fields
    ]


def _totals(found: Gathering, phrases: Phrases) -> list[str]:
    """The sum of each column with the number of unions it is of; shares and choices have none."""
    sums = [found.total(field.key) if field.type == "whole" else (0, 0) for field in found.fields]
    return [
        phrases.say("report-sheet-sum", sum=phrases.write(total), of=of, count=len(found.rows)) if of else ""
        for total, of in sums
    ]


def state_of(row: Row, phrases: Phrases) -> str:
    """What came of a union's report, and where its figures are from when the report itself tells none."""
    came = row.submission
    if came is None:
        return phrases.say("report-sheet-excused" if row.excused else "report-sheet-missing")
    said = phrases.say(
        "report-sheet-submitted", day=came.received_at.date(), number=came.number, late="yes" if came.late else "no"
    )
    return said + (phrases.say("report-sheet-from-checkins") if row.origin == "checkins" else "")


def as_xlsx(found: Gathering, code: str, phrases: Phrases) -> Attachment:
    """The same table as a workbook, with numbers as numbers; `code` is the federation's."""
    labels = tuple(label_of(field, phrases) for field in found.fields)
    names = ("code", "union", "state")
    head, union, state = (phrases.say(f"report-sheet-{name}") for name in names)
    rows: list[tuple[str | float | None, ...]] = [
        (row.union.code, row.union.name, *_values(found, row, phrases), state_of(row, phrases)) for row in found.rows
    ]
    sums = [found.total(field.key) if field.type == "whole" else (0, 0) for field in found.fields]
    came = phrases.say("report-sheet-came", came=found.came, count=len(found.rows))
    rows.append(("", phrases.say("report-sheet-total"), *(total if of else None for total, of in sums), came))
    counts = (of if field.type == "whole" else None for field, (_, of) in zip(found.fields, sums, strict=True))
    rows.append(("", phrases.say("report-sheet-counted"), *counts, ""))
    page = Page(
        phrases.say("report-sheet-tab"),
        (head, union, *labels, state),
        rows,
        (CODE_WIDTH, NAME_WIDTH, *(FIGURE_WIDTH for _ in labels), NAME_WIDTH),
    )
    name = phrases.say("paper-sheet-file", union=code, period=found.period.code)
    return Attachment(f"{name}.xlsx", XLSX_TYPE, workbook((page,)))


def _values(found: Gathering, row: Row, phrases: Phrases) -> list[str | float | None]:
    """Numbers as numbers, what was chosen in words, nothing where nothing came."""
    return [
        value if isinstance(value := row.figures.get(field.key), int | float)
        else written(field, value, phrases) if value is not None else None
        for field in found.fields
    ]  # fmt: skip
