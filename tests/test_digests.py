"""What staff read of their own unions only, when it comes, and what they do about it with a tap."""

from datetime import datetime, timedelta

import pytest

from bot.app import ORGANISATION, read_organisation
from db import Letter, audit, exemptions, officers, reports, unions
from db.store import Store
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, text_of

PHRASES = Phrases("vi")
UNIONS = read_organisation(ORGANISATION)
EVERYBODY = tuple(union.code for union in UNIONS)
STAFF = tuple(union.code for union in UNIONS if union.level != "grassroots")


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office in which every union has somebody."""
    return SmallOffice(store, library, people=EVERYBODY)


def below(code: str) -> set[str]:
    """The codes of a union and all below it, worked out from the file."""
    found = {code}
    while more := {union.code for union in UNIONS if union.parent in found} - found:
        found |= more
    return found


def named(text: str) -> set[str]:
    """The unions that a text names by code or by name."""
    words = set(text.replace("(", " ").replace(")", " ").replace(":", " ").split())
    return {union.code for union in UNIONS if union.code in words or union.name in text}


def digests(written: tuple[Letter, ...], reader: str) -> list[Letter]:
    return [letter for letter in written if letter.kind == "digest" and letter.address == reader]


# Scope.


def read_by(office: SmallOffice, reader: str) -> list[str]:
    """What staff can read: the digest, and what is behind the buttons of its branches."""
    asked = office.says(reader, "/tinhhinh")
    branches = [choice.id for choice in choices_of(asked) if choice.id.startswith("digest:of:")]
    return [text_of(asked), *(text_of(office.taps(reader, choice)) for choice in branches)]


@pytest.mark.parametrize("reader", STAFF)
def test_staff_read_of_their_own_unions_only(office: SmallOffice, reader: str) -> None:
    written = digests(office.ring(), reader)
    texts = read_by(office, reader)
    for text in (*texts, *(text_of(letter) for letter in written)):
        assert named(text) <= below(reader)
    late = {union.code for union in UNIONS if union.level == "grassroots" and union.code in below(reader)}
    assert late <= named("\n".join(texts)), "nobody has submitted the report that is overdue"


@pytest.mark.parametrize("said", ["/tinhhinh", "/digest", "Tình hình báo cáo"])
def test_an_officer_cannot_read_how_others_stand(office: SmallOffice, said: str) -> None:
    reply = text_of(office.says("PR-01", said))
    assert named(reply) <= {"PR-01", "PR"}, "their own union and the plan of the one above, nobody beside them"
    assert "PR-02" not in reply
    if said.startswith("/"):
        assert reply == PHRASES.say("digest-not-staff")
    assert text_of(office.taps("PR-01", "menu:digest")) == PHRASES.say("digest-not-staff")


def test_officers_get_no_digest(office: SmallOffice) -> None:
    readers = {letter.address for letter in office.ring() if letter.kind == "digest"}
    assert readers and readers <= set(STAFF)


# When.


def day(number: int, hour: int = 8) -> datetime:
    return datetime(2025, 3, number, hour, 0, tzinfo=ZONE)


def test_a_digest_comes_once_a_day_when_something_changed_and_on_mondays(store: Store, library: Library) -> None:
    """Nothing happens in this federation but that days pass; on the 24th, a Monday, the facts are said again."""
    office = SmallOffice(store, library, day(19, 7), people=("PR", "PR-01", "PR-02"))
    moments = [day(number, hour) for number in range(19, 28) for hour in (8, 10, 14, 16)]
    said = [moment.day for moment in moments if digests(office.ring(moment), "PR")]
    assert said[:2] == [19, 24] and len(said) == len(set(said))
    office.taps("PR-02", "report:yes:quy-pr:2025-Q1")
    assert digests(office.ring(day(28)), "PR"), "somebody submitted: the facts have changed"


def test_nobody_is_told_that_all_is_well(store: Store, library: Library) -> None:
    """A federation without grassroots unions has nothing to read; asked, it is told so."""
    office = SmallOffice(store, library, people=("DLK-BMT", "BPC"))
    with store.transaction() as connection:
        lonely = [code for code in STAFF if len(unions.below(connection, code, THURSDAY.date())) == 1]
    assert all(digests(office.ring(), code) == [] for code in lonely)


def test_staff_who_blocked_the_bot_get_nothing(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        officers.lose(connection, "fake", "PR", "blocked")
    assert digests(office.ring(), "PR") == []


# What it says.


def test_the_digest_says_since_when_and_who_cannot_be_reached(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, THURSDAY, people=("PR", "PR-01"))
    office.taps("PR-01", "report:yes:quy-pr:2025-Q1")
    text = text_of(office.says("PR", "/tinhhinh"))
    assert "18/03/2025" in text and "quý I/2025" in text and "2 ngày làm việc" in text
    lines = [line for line in text.splitlines() if "PR-02" in line]
    assert lines and PHRASES.say("digest-no-officer") in "".join(lines)
    reachable = [line for line in text.splitlines() if "PR-01" in line and PHRASES.say("digest-no-officer") in line]
    assert reachable == []


def test_who_has_not_checked_in_is_named_when_the_month_is_closed(office: SmallOffice) -> None:
    office.clock.move_to(day(25))
    office.taps("PR-01", "checkin:start:2025-03")
    for text in ("128", "0", "140", "1", "0", "không"):
        office.says("PR-01", text)
    office.says("PR-01", "gửi")
    silent = PHRASES.say("digest-silent", month="tháng 3/2025", count=5).split("(")[0]
    assert silent not in text_of(office.says("PR", "/tinhhinh")), "the month is still open"
    office.clock.move_to(datetime(2025, 4, 2, 9, 0, tzinfo=ZONE))
    text = text_of(office.says("PR", "/tinhhinh"))
    assert silent in text
    assert "PR-01" not in text.split(silent)[1] and "PR-02" in text.split(silent)[1]


# How often.


def test_staff_choose_weekly_and_an_hour_by_tapping(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, day(18, 9), people=("PR", "PR-01"))
    assert "mỗi ngày làm việc, từ 8:00" in text_of(office.says("PR", "/bantin"))
    office.taps("PR", "digest:every:weekly")
    said = text_of(office.taps("PR", "digest:hour:14"))
    assert "mỗi tuần một lần" in said and "từ 14:00" in said
    moments = [day(number, hour) for number in range(19, 29) for hour in (8, 10, 14, 16)]
    came = [(moment.day, moment.hour) for moment in moments if digests(office.ring(moment), "PR")]
    assert len(came) == 2 and all(hour >= 14 for _, hour in came), came
    assert came[0][0] < 22 and came[1][0] in (24, 25), "once in each week"


@pytest.mark.parametrize("choice", ["digest:every:hourly", "digest:hour:3", "digest:hour:", "digest:every", "digest:x"])
def test_nothing_else_can_be_chosen(office: SmallOffice, choice: str) -> None:
    assert text_of(office.taps("PR", choice)) == PHRASES.say("old-button")


@pytest.mark.parametrize("said", ["/bantin", "digest:every:weekly", "digest:sheet", "digest:list:0"])
def test_officers_have_none_of_it(office: SmallOffice, said: str) -> None:
    reply = office.says("PR-01", said) if said.startswith("/") else office.taps("PR-01", said)
    assert text_of(reply) in (PHRASES.say("not-your-command"), PHRASES.say("old-button"))


def test_somebody_with_two_posts_gets_one_digest_a_day(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        first = officers.at_address(connection, CHANNEL, "PR")
        assert first is not None
        officers.give_post(connection, first.person, "BD", "staff", CHANNEL, "PR", THURSDAY)
    came = [digests(office.ring(THURSDAY + timedelta(hours=hours)), "PR") for hours in (0, 1, 24, 25)]
    assert [len(each) for each in came] == [1, 0, 1, 0], "the one today, the other tomorrow"
    said = [text_of(letter) for each in came for letter in each]
    assert ["huyện Phú Riềng, ngày" in text for text in said] == [True, False]
    assert ["quận Ba Đình, ngày" in text for text in said] == [False, True]


# What staff do about it.


def tap(office: SmallOffice, label: str, person: str = "PR") -> str:
    """Tap the button of the last message that begins with these words."""
    choices = choices_of(office.letters(person)[-1])
    found = next((choice.id for choice in choices if choice.label.startswith(label)), None)
    assert found, [choice.label for choice in choices]
    return text_of(office.taps(person, found))


def reminders(office: SmallOffice, person: str) -> list[Letter]:
    return [letter for letter in office.letters(person) if letter.kind == "reminder"]


@pytest.fixture
def reached(store: Store, library: Library) -> SmallOffice:
    """PR has two officers who were reminded yesterday; nobody holds the other posts."""
    office = SmallOffice(store, library, day(19, 9), people=("PR", "PR-01", "PR-02", "BD", "BD-01"))
    office.ring()
    office.deliver()
    office.clock.move_to(THURSDAY)
    return office


def test_two_taps_remind_one_union_once_a_day(reached: SmallOffice) -> None:
    before = len(reminders(reached, "PR-01"))
    reached.says("PR", "/tinhhinh")
    tap(reached, "Nhắc lại")
    assert "1 đơn vị: PR-01" in tap(reached, "PR-01")
    (letter,) = reminders(reached, "PR-01")[before:]
    assert text_of(letter).startswith("LĐLĐ huyện Phú Riềng nhờ em nhắc lại.") and "quý I/2025" in text_of(letter)
    assert choices_of(letter)[0].id.startswith("report:")
    reached.says("PR", "/tinhhinh")
    tap(reached, "Nhắc lại")
    assert PHRASES.say("digest-nudge-told") in tap(reached, "PR-01")
    assert len(reminders(reached, "PR-01")) == before + 1
    with reached.store.transaction() as connection:
        noted = [each.action for each in audit.entries(connection, {"PR-01"}, 5)]
    assert noted == ["reminded-again"]


def test_all_who_are_late_with_a_report_are_reminded_together(reached: SmallOffice) -> None:
    reached.says("PR", "/tinhhinh")
    tap(reached, "Nhắc lại")
    said = tap(reached, "Nhắc cả 2")
    assert "2 đơn vị: PR-01, PR-02" in said
    assert {letter.address for letter in (*reminders(reached, "PR-01")[1:], *reminders(reached, "PR-02")[1:])} == {
        "PR-01",
        "PR-02",
    }
    assert not any(letter.kind == "reminder" for letter in reached.ring()), "one letter a day and person"


def test_a_reminder_that_was_overtaken_is_not_sent(reached: SmallOffice) -> None:
    reached.taps("PR", choice_of(reached, "nudge", "PR-01"))
    reached.taps("PR-01", "report:yes:quy-pr:2025-Q1")
    reached.deliver()
    assert reminders(reached, "PR-01")[-1].state == "dropped"


def choice_of(office: SmallOffice, mode: str, union: str) -> str:
    """The choice by which something is done with one late union."""
    page = office.taps("PR", f"digest:pick:{mode}:0")
    return next(choice.id for choice in choices_of(page) if choice.label.startswith(f"{union} ·"))


@pytest.mark.parametrize("hour", [5, 12, 20])
def test_nobody_is_reminded_in_quiet_hours(reached: SmallOffice, hour: int) -> None:
    reached.clock.move_to(THURSDAY.replace(hour=hour) + timedelta(days=1))
    before = len(reminders(reached, "PR-01"))
    said = text_of(reached.taps("PR", choice_of(reached, "nudge", "PR-01")))
    assert said.startswith("Giờ này em không nhắn") and len(reminders(reached, "PR-01")) == before


def test_who_cannot_be_reached_has_no_button(reached: SmallOffice) -> None:
    with reached.store.transaction() as connection:
        officers.lose(connection, CHANNEL, "PR-01", "blocked")
    offered = [choice.label for choice in choices_of(reached.taps("PR", "digest:pick:nudge:0"))]
    assert [label[:5] for label in offered] == ["PR-02"]
    on_paper = [choice.label[:5] for choice in choices_of(reached.taps("PR", "digest:pick:paper:0"))]
    assert on_paper == [f"PR-0{place}" for place in range(1, 7)]


def test_a_foreign_union_is_an_old_button(reached: SmallOffice) -> None:
    mine = choice_of(reached, "nudge", "PR-01")
    assert text_of(reached.taps("BD", mine)) == PHRASES.say("old-button")
    for choice in ("digest:all:quy-pr:2025-Q1", "digest:of:00000000", "digest:list:0:00000000", "digest:pick:x:0"):
        assert text_of(reached.taps("BD", choice)) == PHRASES.say("old-button")


def test_a_report_that_came_on_paper_is_entered_from_its_page(reached: SmallOffice) -> None:
    reached.says("PR", "/tinhhinh")
    tap(reached, "Đã nhận bản giấy")
    tap(reached, "PR-03")
    with reached.store.transaction() as connection:
        assert reports.submitted(connection, "quy-pr", "PR-03", "2025-Q1") is None, "not by one slip in a list"
    tap(reached, "Đã nhận bản giấy")
    with reached.store.transaction() as connection:
        came = reports.submitted(connection, "quy-pr", "PR-03", "2025-Q1")
    assert came is not None and came.way == "paper"
    assert "PR-03" not in text_of(reached.says("PR", "/tinhhinh")).split("Chưa liên lạc được")[0]


def test_more_time_is_given_from_the_digest(reached: SmallOffice) -> None:
    reached.says("PR", "/tinhhinh")
    tap(reached, "Gia hạn")
    assert "18/03/2025" in tap(reached, "PR-02")
    tap(reached, "Thêm 3 ngày" if PHRASES.say("exempt-days", days=3).startswith("Thêm") else "3")
    reached.says("PR", "đang kiểm toán")
    with reached.store.transaction() as connection:
        given = exemptions.granted_to(connection, "PR-02")
    assert [each.kind for each in given.values()] == ["extension"]


def test_the_workbook_is_sent(reached: SmallOffice) -> None:
    letter = reached.taps("PR", "digest:sheet")
    file = from_json(letter.body).file
    assert file is not None and file.name == "tinh-hinh-PR-2025-03-20.xlsx" and file.content.startswith(b"PK")
