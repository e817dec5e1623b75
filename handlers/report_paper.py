"""A report on paper: what stands where in the official layout, in the words of the phrases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from db import unions
from db.store import Connection
from handlers import Attachment
from handlers.months import period_name
from handlers.paper import DOCX_TYPE, Appendix, Block, Paper, PaperError, write
from handlers.phrasebook import Phrases
from handlers.report_lines import from_json, in_parts
from handlers.report_words import months_counted
from knowledge import Union
from knowledge.places import AREA
from scheduler import Period

PLACE = re.compile(rf"\b{AREA}\s+(?P<name>[^\W\d_][^()\d]*)", re.IGNORECASE)
"""The name of an area at the end of a federation's name."""

HEADING = re.compile(r"báo cáo(?: về)?\s+", re.IGNORECASE)
"""What a title begins with, and the paper says in a line of its own."""


@dataclass(frozen=True)
class Sheet:
    """The paper of a report: whose, what it is called, for which period, as of which day."""

    union: Union
    above: tuple[Union, ...]
    title: str
    period: Period
    day: date


def sheet_of(connection: Connection, union: Union, title: str, period: Period, day: date) -> Sheet:
    """The paper of a report of `union` as the tree stands on that day."""
    codes = unions.chain(connection, union.code, day)[1:]
    above = tuple(found for code in codes if (found := unions.get(connection, code, day)) is not None)
    return Sheet(union, above, title, period, day)


def as_docx(sheet: Sheet, content: Mapping[str, Any], template: Path | None, phrases: Phrases) -> Attachment:
    """The report as a file for a word processor."""
    paper = paper_of(sheet, content, phrases)
    try:
        made = write(paper, template)
    except PaperError:
        # The office's own template was replaced while we run: a report on time is worth more than its layout.
        made = write(paper)
    name = phrases.say("paper-file", union=sheet.union.code, period=sheet.period.code)
    return Attachment(f"{name}.docx", DOCX_TYPE, made)


def paper_of(sheet: Sheet, content: Mapping[str, Any], phrases: Phrases) -> Paper:
    """What stands on the paper; `content` is what the report says (see `content_of`)."""
    union, period = sheet.union, period_name(sheet.period, phrases)
    superior = full_name(sheet.above[0].name, phrases) if sheet.above else phrases.say("paper-confederation")
    subject = HEADING.sub("", sheet.title, count=1) if HEADING.match(sheet.title) else sheet.title
    level = "grassroots" if union.level == "grassroots" else "other"
    return Paper(
        superior=superior.upper(),
        issuer=full_name(union.name, phrases).upper(),
        number=phrases.say("paper-number", level=level),
        place_date=place_date(sheet, phrases),
        title=phrases.say("paper-title"),
        subject=phrases.say("paper-subject", subject=subject[:1].upper() + subject[1:], period=period),
        body=(_intro(sheet, phrases), *_blocks(sheet, content, phrases), _closing(sheet, phrases)),
        recipients=(phrases.say("paper-recipient", union=superior), phrases.say("paper-archive")),
        authority=phrases.say("paper-authority", level=level),
        signer=phrases.say("paper-signer"),
        appendix=_appendix(content, sheet, phrases),
    )


def full_name(name: str, phrases: Phrases) -> str:
    """A union's name without abbreviations, as it stands in the head of a document."""
    name = re.sub(r"\bCĐCS\b", phrases.say("paper-grassroots-union"), name)
    return re.sub(r"\bLĐLĐ\b", phrases.say("paper-federation"), name)


def place_date(sheet: Sheet, phrases: Phrases) -> str:
    """Place and day; days below ten and the first two months with a zero, as the decree asks. A union whose name and
    those above it name no place leaves room for it."""
    found = (PLACE.search(union.name) for union in (sheet.union, *sheet.above))
    named = (match["name"].strip() for match in found if match)
    place = next((name for name in named if name[:1].isupper()), phrases.say("paper-no-place"))
    day, month = f"{sheet.day.day:02d}", f"{sheet.day.month:02d}" if sheet.day.month < 3 else str(sheet.day.month)
    return phrases.say("paper-place-date", place=place, day=day, month=month, year=str(sheet.day.year))


def _intro(sheet: Sheet, phrases: Phrases) -> Block:
    text = phrases.say(
        "paper-intro",
        union=full_name(sheet.union.name, phrases),
        title=sheet.title[:1].lower() + sheet.title[1:],
        period=period_name(sheet.period, phrases),
        months=months_counted(sheet.period, phrases),
    )
    return Block(text)


def _blocks(sheet: Sheet, content: Mapping[str, Any], phrases: Phrases) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for heading, texts in in_parts(from_json(content["lines"]), sheet.period.year, phrases):
        blocks.append(Block(heading.upper(), heading=True))
        blocks += [Block(phrases.say("paper-item", text=text)) for text in texts]
    return tuple(blocks)


def _closing(sheet: Sheet, phrases: Phrases) -> Block:
    name, period = full_name(sheet.union.name, phrases), period_name(sheet.period, phrases)
    return Block(phrases.say("paper-closing", period=period, union=name))


def _appendix(content: Mapping[str, Any], sheet: Sheet, phrases: Phrases) -> Appendix | None:
    table = content.get("table")
    if not table:
        return None
    title = phrases.say("paper-appendix", period=period_name(sheet.period, phrases))
    return Appendix(title.upper(), tuple(table["columns"]), table["rows"], tuple(table["widths"]))
