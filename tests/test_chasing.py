"""What becomes of a chased report: extensions, excuses, leave, paper, put off, two posts; and what staff hear of it."""

from datetime import date, datetime, timedelta

import pytest

from bot.app import OfficeError, timetable_of
from bot.clock import StandingClock
from bot.settings import Settings
from db import ReportRule, SaidRung, day_swaps, exemptions, officers, outbox, report_rules, reports, rungs, unions
from db.store import Store
from handlers.exempting_pages import mark
from handlers.owing import owing
from handlers.phrasebook import Phrases
from handlers.sending_check import checked
from handlers.timetable import with_swapped_days
from knowledge import Union
from knowledge.index import Library
from scheduler import ZONE, CutOffs, DueBy
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

PHRASES = Phrases("vi")
REPORT = ("quy-pr", "PR-01", "2025-Q1")


def at(day: int, hour: int = 8, month: int = 3) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=ZONE)


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """Before the day on which the first quarter's report is due (18/03/2025)."""
    return SmallOffice(store, library, at(17, 7), people=("BPC", "PR", "PR-01"))


def standing(office: SmallOffice, code: str = "PR-01") -> tuple[str, date]:
    with office.store.transaction() as connection:
        found = owing(connection, office.tools.timetable, office.clock.now()).reports
    owed = next(each for each in found if each.union == code and each.period.code == "2025-Q1")
    return owed.standing, owed.due


def reminders(office: SmallOffice, until: datetime) -> list[str]:
    """Rings at every working hour until then; the keys of the officer's reminders, without the first three words."""
    found = []
    while office.clock.now() < until:
        office.clock.move_to(office.clock.now() + timedelta(hours=1))
        found += [letter for letter in office.ring() if letter.kind == "reminder" and letter.address == "PR-01"]
    return [letter.key.split(":", 3)[3] for letter in found if letter.key.startswith("remind:quy")]


def test_every_rung_is_written_once(office: SmallOffice) -> None:
    assert reminders(office, at(31)) == [f"2025-Q1:{rung}" for rung in ("-1", "0", "+1", "+3", "+7")]


def test_an_extension_begins_the_ladder_anew_towards_its_own_day(office: SmallOffice) -> None:
    assert reminders(office, at(18, 12)) == ["2025-Q1:-1", "2025-Q1:0"]
    with office.store.transaction() as connection:
        exemptions.give(connection, REPORT, "extension", None, at(18), until=date(2025, 3, 27), reason="x")
    assert standing(office) == ("extended", date(2025, 3, 27))
    new = "2025-Q1@2025-03-27"
    assert reminders(office, at(31)) == [f"{new}:-5", f"{new}:-1", f"{new}:0", f"{new}:+1"]


@pytest.mark.parametrize("kind", ["excuse", "paper", "other_system", "nothing"])
def test_what_staff_enter_ends_the_chasing_and_is_no_missing_report(office: SmallOffice, kind: str) -> None:
    words = {"paper": "Đã nhận bản giấy", "other_system": "Đã nhận qua hệ thống khác", "nothing": "Không phát sinh"}
    office.says("PR", "/giahan PR-01")
    office.says("PR", "Chọn quý I/2025")
    office.says("PR", words.get(kind, "Miễn kỳ này"))
    if kind == "excuse":
        office.says("PR", "đơn vị mới thành lập")
    expected = "excused" if kind == "excuse" else kind
    assert standing(office)[0] == expected
    assert reminders(office, at(31)) == []


def test_staff_take_an_excuse_back(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        exemptions.give(connection, REPORT, "excuse", None, at(17, 7), reason="x")
    office.says("PR", "/giahan PR-01")
    office.says("PR", "Chọn quý I/2025")
    office.says("PR", "Thu hồi việc miễn")
    assert standing(office)[0] == "missing"


def test_chasing_waits_while_the_only_officer_is_away(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        leave = exemptions.send_away(connection, post.id, date(2025, 3, 17), date(2025, 3, 20), None, at(17, 7))
    assert standing(office)[0] == "leave"
    assert reminders(office, at(20, 17)) == []
    assert reminders(office, at(21, 17)) == ["2025-Q1:+3"]
    with office.store.transaction() as connection:
        assert exemptions.call_back(connection, leave.id, at(21)) and not exemptions.call_back(
            connection, leave.id, at(21)
        )


def test_somebody_else_of_the_union_is_reminded_in_the_meantime(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        officers.add(connection, "PR-01", "officer", CHANNEL, "second", at(17, 7))
        assert post is not None
        exemptions.send_away(connection, post.id, date(2025, 3, 17), date(2025, 3, 20), None, at(17, 7))
    assert [letter.address for letter in office.ring(at(17)) if letter.kind == "reminder"] == ["second"]


def test_a_returned_report_is_chased_towards_its_new_day(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        made = reports.submit(connection, *REPORT, officer=None, late=False, now=at(17, 7))
        reports.give_back(connection, made.id, None, "thiếu phụ lục", date(2025, 3, 20), at(17, 7))
    assert standing(office) == ("returned", date(2025, 3, 20))
    assert reminders(office, at(20, 17)) == ["2025-Q1@2025-03-20:-5", "2025-Q1@2025-03-20:-1", "2025-Q1@2025-03-20:0"]


# Checked again at the moment of sending.


def drop_reason(office: SmallOffice) -> str:
    with office.store.transaction() as connection:
        letter = outbox.latest(connection, "remind:quy")
        assert letter is not None
        found = checked(connection, office.tools.timetable, PHRASES, letter, office.clock.now())
    return found if isinstance(found, str) else ""


def submitted(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        reports.submit(connection, *REPORT, officer=None, late=False, now=at(17))


def extended(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        exemptions.give(connection, REPORT, "extension", None, at(17), until=date(2025, 3, 27), reason="x")


def excused(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        exemptions.give(connection, REPORT, "excuse", None, at(17), reason="x")


def reassigned(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        officers.leave_post(connection, post.id, at(17))


def ended(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        report_rules.end(connection, "quy-pr", date(2025, 3, 1))


def away(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        exemptions.send_away(connection, post.id, date(2025, 3, 17), date(2025, 3, 20), None, at(17))


def said_later(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        rungs.say(connection, [SaidRung(*REPORT, "", "0")], at(17))


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda _: None, ""),
        (submitted, "the report came in"),
        (extended, "the report is due on another day now"),
        (excused, "the report is excused"),
        (reassigned, "somebody else answers for it now"),
        (ended, "the report is no longer asked for"),
        (away, "the officer is away"),
        (said_later, "a later reminder was written"),
    ],
)
def test_a_reminder_is_dropped_when_something_has_happened(office: SmallOffice, happens: object, reason: str) -> None:
    office.ring(at(17))
    assert callable(happens)
    happens(office)
    assert drop_reason(office) == reason


def second_rule(office: SmallOffice) -> None:
    """A monthly report beside the quarterly one, due on the same day."""
    rule = ReportRule(
        "nv-9", "Báo cáo tháng", "PR", "grassroots", "administrative", "month", 2, date(2025, 2, 15), "Công văn 9"
    )
    with office.store.transaction() as connection:
        report_rules.keep(connection, rule, None, None, at(17, 7))


def test_several_reports_of_a_person_become_one_message(office: SmallOffice) -> None:
    second_rule(office)
    (letter,) = [each for each in office.ring(at(17)) if each.address == "PR-01"]
    text, labels = text_of(letter), [choice.label for choice in choices_of(letter)]
    assert "quý I/2025" in text and "tháng 3/2025" in text and "Công văn 9" in text
    assert labels == ["Soạn tháng 3/2025", "Việc khác với tháng 3/2025", "Soạn quý I/2025", "Việc khác với quý I/2025"]
    assert reminders(office, at(17, 17)) == []
    more = office.taps("PR-01", "remind:more:quy-pr:2025-Q1")
    assert [choice.label for choice in choices_of(more)][:3] == ["Soạn ngay", "Đã nộp bản giấy", "Xin gia hạn"]


def test_what_is_settled_is_left_out_of_a_message_about_several(office: SmallOffice) -> None:
    second_rule(office)
    office.ring(at(17))
    submitted(office)
    office.deliver()
    (sent,) = office.channel.texts("PR-01")
    assert "tháng 3/2025" in sent and "quý I/2025" not in sent


def test_two_posts_of_a_person_become_one_message_that_names_the_unions(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        officers.give_post(connection, post.person, "PR-02", "officer", CHANNEL, "PR-01", at(17, 7))
    (letter,) = [each for each in office.ring(at(17)) if each.kind == "reminder"]
    assert "CĐCS Công ty Cao su (mẫu 1):" in text_of(letter) and "CĐCS Trường THCS (mẫu 2):" in text_of(letter)
    assert len({choice.id.partition("@")[2] for choice in choices_of(letter)}) == 2


def test_tomorrow_twice_and_never_past_the_day_on_which_staff_hear_of_it(office: SmallOffice) -> None:
    office.ring(at(17))
    office.taps("PR-01", "remind:later:quy-pr:2025-Q1")
    with office.store.transaction() as connection:
        assert rungs.days_put_off_to(connection, (*REPORT, "")) == (date(2025, 3, 18),)
    again = office.taps("PR-01", "remind:later:quy-pr:2025-Q1")
    assert "18/03/2025" in text_of(again)
    office.ring(at(19))
    office.taps("PR-01", "remind:later:quy-pr:2025-Q1")
    assert reminders(office, at(20, 17)) == ["2025-Q1:+1~0320"]
    last = office.taps("PR-01", "remind:later:quy-pr:2025-Q1")
    assert text_of(last) == PHRASES.say("chasing-no-later", period="quý I/2025", why="often")


# What the staff hear.


def told(office: SmallOffice, until: datetime) -> dict[str, list[str]]:
    """The days on which somebody got a letter that speaks of late reports, by address."""
    found: dict[str, list[str]] = {}
    with office.store.transaction() as connection:
        before = {key for names in rungs.said(connection, {"2025-Q1"}, told=True).values() for key in names}
    assert not before
    while office.clock.now() < until:
        office.clock.move_to(office.clock.now() + timedelta(hours=1))
        for letter in office.ring():
            speaks = letter.kind == "escalation" or "đôn đốc" in text_of(letter)
            if speaks and letter.address in ("PR", "BPC"):
                found.setdefault(letter.address, []).append(f"{office.clock.now():%d/%m}")
    return found


def test_the_staff_above_hear_after_three_days_and_those_above_them_after_seven(office: SmallOffice) -> None:
    assert told(office, at(31)) == {"PR": ["21/03"], "BPC": ["27/03"]}


def test_a_request_for_more_time_reaches_the_staff_with_their_next_letter(office: SmallOffice) -> None:
    office.ring(at(18))
    office.taps("PR-01", "extend:days:quy-pr:2025-Q1:5")
    office.says("PR-01", "kế toán nghỉ ốm")
    texts = [text_of(letter) for letter in office.ring(at(19)) if letter.address == "PR"]
    assert len(texts) == 1 and PHRASES.say("escalation-requests", count=1) in texts[0]
    assert "kế toán nghỉ ốm" in text_of(office.says("PR", "/giahan"))
    office.says("PR", "Đồng ý PR-01")
    assert standing(office) == ("extended", date(2025, 3, 25))
    office.says("PR", "Đồng ý PR-01")
    assert standing(office) == ("extended", date(2025, 3, 25))


@pytest.mark.parametrize("said", ["ok", ".", "Vâng ạ", "bận", "1"])
def test_a_reason_that_says_nothing_is_asked_for_once_and_then_taken(office: SmallOffice, said: str) -> None:
    office.ring(at(18))
    office.taps("PR-01", "extend:days:quy-pr:2025-Q1:5")
    assert text_of(office.says("PR-01", said)) == PHRASES.say("extend-why-once-more")
    assert PHRASES.say("exempt-no-requests") in text_of(office.says("PR", "/giahan"))
    assert text_of(office.says("PR-01", "bận")).startswith("Em đã chuyển yêu cầu gia hạn")


def test_staff_are_asked_once_for_a_reason_that_can_be_read(office: SmallOffice) -> None:
    office.taps("PR", f"exempt:excuse:{mark('PR-01')}:quy-pr:2025-Q1")
    assert text_of(office.says("PR", "ok")) == PHRASES.say("exempt-why-once-more")
    office.says("PR", "đơn vị đang kiểm toán")
    assert "đơn vị đang kiểm toán" in text_of(office.letters("PR-01")[-1])


def test_nobody_decides_on_a_union_of_somebody_else(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, at(17, 7), people=("PR", "PR-01", "BD", "BD-01"))
    with store.transaction() as connection:
        request = exemptions.ask(connection, REPORT, date(2025, 3, 25), "x", None, at(17, 7))
    assert text_of(office.taps("BD", f"exempt:yes:{request.id}")) == PHRASES.say("old-button")
    assert text_of(office.says("BD", "/giahan PR-01")) == PHRASES.say("staff-no-union")
    assert text_of(office.says("PR-01", "/giahan")) == PHRASES.say("not-your-command")
    assert text_of(office.taps("PR-01", f"exempt:yes:{request.id}")) == PHRASES.say("old-button")
    with store.transaction() as connection:
        found = exemptions.get(connection, request.id)
    assert found is not None and found.state == "asked"


def test_a_swapped_day_reaches_the_calendar_without_a_new_start(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        day_swaps.put(connection, date(2025, 3, 18), works=False, officer=None, now=at(17, 7))
        day_swaps.put(connection, date(2025, 3, 22), works=True, officer=None, now=at(17, 7))
        calendar = with_swapped_days(connection, office.tools.timetable).calendar
    assert calendar.extra_days_off == {date(2025, 3, 18)} and calendar.extra_working_days == {date(2025, 3, 22)}
    assert office.ring(at(18)) == ()
    assert reminders(office, at(19, 17)) == ["2025-Q1:0"]


@pytest.mark.parametrize(
    ("by", "cut_offs", "until"),
    [(None, (), None), (DueBy(25), (), date(2026, 1, 1)), (DueBy(10, 6), ((5, 20), (11, 20)), None)],
)
def test_a_confirmed_rule_is_kept_whole(store: Store, by: DueBy | None, cut_offs: CutOffs, until: date | None) -> None:
    with store.transaction() as connection:
        unions.put(connection, [Union("PR", "Federation", "district", "")], date(2025, 1, 1))
        profile, cycle = ("custom", "custom") if cut_offs else ("union_forms", "half")
        rule = ReportRule(
            "nv-1", "B", "PR", "grassroots", profile, cycle, 3, date(2025, 1, 1), None, by, until, cut_offs
        )
        report_rules.keep(connection, rule, "plan#3.1", None, at(17))
        assert report_rules.rule(connection, "nv-1") == rule
        assert report_rules.sources(connection) == {"PR plan#3.1": "nv-1"}
        assert report_rules.next_name(connection) == "nv-2"


@pytest.mark.parametrize("rungs_set", ["five", "+3:boss", "0 0"])
def test_rungs_that_cannot_be_meant_end_in_words(store: Store, rungs_set: str) -> None:
    settings = Settings(_env_file=None, reminder_rungs=rungs_set)
    with pytest.raises(OfficeError, match="REMINDER_RUNGS"):
        timetable_of(store, settings, StandingClock(at(17)))


def test_an_office_may_have_rungs_of_its_own(store: Store) -> None:
    settings = Settings(_env_file=None, reminder_rungs="0 +2:staff")
    found = timetable_of(store, settings, StandingClock(at(17))).ladder
    assert [(rung.name, rung.offset, rung.tells) for rung in found] == [("0", 0, "nobody"), ("+2", 2, "staff")]
