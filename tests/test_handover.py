"""A post changes hands: what was begun stays with the union, access ends at once, both are told."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select

from db import ExemptionKind, audit, conversations, handover, invitations, officers, outbox, tables
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.organisation_room import MONDAY, add, code_in, invited, joined, open_office, posts, tap, told
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

SAY = Phrases("vi").say
NEW = "somebody"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """A district's staff with two officers below, and another district with one."""
    return open_office(store, library, "PR", "PR-01", "PR-02", "BD", "BD-01")


def post_of(office: SmallOffice, union: str) -> int:
    """The number of the post of a union's officer."""
    with office.store.transaction() as connection:
        found = officers.of_union(connection, union, "officer")
    assert found
    return found.id


def handed_over(office: SmallOffice, union: str = "PR-01") -> str:
    """Two taps of the staff on the page of a union; gives the code."""
    office.says("PR", f"/donvi {union}")
    tap(office, "PR", SAY("handover-post"))
    return code_in(tap(office, "PR", SAY("handover-invite")))


def test_the_old_one_stays_until_the_new_one_agrees(office: SmallOffice) -> None:
    code = handed_over(office)
    office.says(NEW, code)
    assert posts(office, "PR-01") == [("PR-01", "officer")]
    tap(office, NEW, "Đồng ý")
    assert posts(office, "PR-01") == [] and posts(office, NEW) == [("PR-01", "officer")]


def test_the_old_one_is_a_stranger_and_their_buttons_do_nothing(office: SmallOffice) -> None:
    old_menu = choices_of(office.says("PR-01", "/menu"))
    joined(office, NEW, handed_over(office))
    stranger = SAY("stranger", channel=CHANNEL, address="PR-01")
    for choice in old_menu:
        assert text_of(office.taps("PR-01", choice.id)) == stranger
    for text in ("/solieu", "133", "chỉ tiêu 2025 là gì?", "/themkenh"):
        assert text_of(office.says("PR-01", text)) == stranger
    with office.store.transaction() as connection:
        assert conversations.load(connection, CHANNEL, "PR-01") is None


def test_both_and_the_staff_are_told(office: SmallOffice) -> None:
    said = joined(office, NEW, handed_over(office))
    union = "CĐCS Công ty Cao su (mẫu 1)"
    assert union in said
    assert SAY("membership-handed-over", union=union) in told(office, "PR-01")
    assert SAY("membership-joined", union=union, role=SAY("role-officer")) in told(office, "PR")


def test_what_was_begun_goes_on_with_the_new_one(office: SmallOffice) -> None:
    office.says("PR-01", "/solieu")
    office.says("PR-01", "133")
    asked = text_of(office.says("PR-01", "/solieu"))
    assert SAY("membership-draft", subject="checkin") in joined(office, NEW, handed_over(office))
    assert text_of(office.says(NEW, "/solieu")) == asked


def test_what_was_put_off_goes_on_too_and_questions_do_not(office: SmallOffice) -> None:
    office.says("PR-01", "/solieu")
    office.says("PR-01", "133")
    office.says("PR-01", "/menu")
    office.says("PR-01", "chỉ tiêu 2025 của mình là gì?")
    joined(office, NEW, handed_over(office))
    post = post_of(office, "PR-01")
    with office.store.transaction() as connection:
        (state,) = handover.states_of(connection, post)
    assert state["parked"]["subject"] == "checkin" and state["asked"] == [] and state["quoted"] == []


def test_reminders_that_wait_go_to_the_new_one_with_buttons_that_work(office: SmallOffice) -> None:
    office.ring(MONDAY.replace(day=20))
    (waiting,) = [each for each in office.letters("PR-01") if each.kind == "reminder"]
    joined(office, NEW, handed_over(office))
    (passed,) = [each for each in office.letters(NEW) if each.kind == "reminder"]
    assert passed.id == waiting.id and text_of(passed) == text_of(waiting)
    assert not any(each.kind == "reminder" for each in office.letters("PR-01"))
    (why,) = [choice.id for choice in choices_of(passed) if choice.id.startswith("report:why")]
    assert "CĐCS Công ty Cao su (mẫu 1)" in text_of(office.taps(NEW, why))


def test_figures_of_the_old_one_stay_with_the_union(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        before = connection.execute(select(tables.checkins)).all()
    joined(office, NEW, handed_over(office))
    with office.store.transaction() as connection:
        assert connection.execute(select(tables.checkins)).all() == before


def test_at_once_to_somebody_who_has_a_post(office: SmallOffice) -> None:
    office.says("PR-02", "/solieu")
    office.says("PR", "/donvi PR-01")
    tap(office, "PR", SAY("handover-post"))
    tap(office, "PR", SAY("handover-somebody"))
    office.says("PR", "truong thcs")
    tap(office, "PR", SAY("role-officer"))
    assert tap(office, "PR", SAY("handover-yes")).startswith("Em đã bàn giao")
    assert posts(office, "PR-01") == []
    assert posts(office, "PR-02") == [("PR-02", "officer"), ("PR-01", "officer")], "they go on where they were"
    assert any("Cao su" in text for text in told(office, "PR-02"))
    assert any("Cao su" in text for text in told(office, "PR-01"))


def test_the_second_officer_takes_over_and_is_not_doubled(office: SmallOffice) -> None:
    joined(office, NEW, invited(office, "PR", "PR-01"))
    office.says("PR-01", "/solieu")
    office.says("PR-01", "133")
    asked = text_of(office.says("PR-01", "/solieu"))
    with office.store.transaction() as connection:
        first, second = officers.holders(connection, "PR-01", "officer")
    office.taps("PR", f"staff:swap:{first.id}:{second.id}")
    assert posts(office, "PR-01") == [] and posts(office, NEW) == [("PR-01", "officer")]
    assert text_of(office.says(NEW, "/solieu")) == asked


def test_an_end_without_successor(office: SmallOffice) -> None:
    office.ring(MONDAY.replace(day=20))
    office.says("PR", "/donvi PR-01")
    tap(office, "PR", SAY("handover-post"))
    tap(office, "PR", SAY("handover-nobody"))
    assert posts(office, "PR-01") != [], "asked once more"
    tap(office, "PR", SAY("end-yes"))
    assert posts(office, "PR-01") == []
    with office.store.transaction() as connection:
        states = {each.kind: each.state for each in outbox.at_address(connection, CHANNEL, "PR-01")}
    assert states["reminder"] == "dropped"
    assert SAY("membership-ended", union="CĐCS Công ty Cao su (mẫu 1)") in told(office, "PR-01")


def test_taking_over_oneself_is_pointless(office: SmallOffice) -> None:
    assert text_of(office.says("PR-01", handed_over(office))) == SAY("join-already")


def test_an_old_invitation_to_take_over_ends_nobody_elses_post(office: SmallOffice) -> None:
    first, second = handed_over(office), handed_over(office)
    joined(office, NEW, first)
    joined(office, "third", second)
    assert posts(office, NEW) == [("PR-01", "officer")], "the post that was to be replaced had ended"


def test_invitations_of_staff_who_leave(office: SmallOffice) -> None:
    administrator = add(office, "top", "PR", "administrator")
    code = invited(office, "PR", "PR-03")
    with office.store.transaction() as connection:
        staff = officers.of_union(connection, "PR", "staff")
    assert staff
    office.taps("top", f"staff:stop:{staff.id}")
    assert posts(office, "PR") == []
    assert text_of(office.says(NEW, code)) == SAY("join-revoked")
    assert text_of(office.taps("top", f"staff:stop:{administrator.id}")) == SAY("old-button"), "not oneself"


def test_invitations_of_staff_who_hand_over_stay_good(office: SmallOffice) -> None:
    add(office, "top", "BPC", "staff")
    code = invited(office, "PR", "PR-03")
    office.says("top", "/donvi PR")
    tap(office, "top", SAY("handover-post"))
    joined(office, "new staff", code_in(tap(office, "top", SAY("handover-invite"))))
    joined(office, NEW, code)
    assert posts(office, NEW) == [("PR-03", "officer")]
    assert any("mẫu 3" in text for text in told(office, "new staff")), "who took over hears of it"


@pytest.mark.parametrize("who", ["PR-01", "PR-02", "BD", "BD-01", "stranger"])
@pytest.mark.parametrize("action", ["hand", "new", "who", "give", "swap", "end", "stop"])
def test_nobody_else_can_touch_a_post(office: SmallOffice, who: str, action: str) -> None:
    old, other = post_of(office, "PR-01"), post_of(office, "BD-01")
    office.taps(who, f"staff:{action}:{old}:{other}" if action in ("give", "swap") else f"staff:{action}:{old}")
    assert posts(office, "PR-01") == [("PR-01", "officer")]
    with office.store.transaction() as connection:
        assert audit.entries(connection, {"PR-01"}, 10) == () == invitations.waiting(connection, MONDAY)


@pytest.mark.parametrize("action", ["hand", "new", "end", "stop"])
def test_staff_cannot_touch_their_equals(office: SmallOffice, action: str) -> None:
    equal = add(office, "equal", "PR", "staff")
    assert text_of(office.taps("PR", f"staff:{action}:{equal.id}")) == SAY("old-button")
    assert posts(office, "equal") == [("PR", "staff")]


@pytest.mark.parametrize("words", ["", ":", ":x", ":-1", ":99999999999999", ":1:2:3", ":\u0661", ":1e3"])
@pytest.mark.parametrize("action", ["list", "union", "make", "drop", "hand", "give", "swap", "open", "log", "none"])
def test_a_broken_button_is_answered(office: SmallOffice, action: str, words: str) -> None:
    assert text_of(office.taps("PR", f"staff:{action}{words}"))


def test_the_log_says_who_did_what(office: SmallOffice) -> None:
    joined(office, NEW, handed_over(office))
    lines = text_of(office.says("PR", "/nhatky")).splitlines()[1:]
    assert [line.split(" · ")[1] for line in lines] == [
        f"{SAY('log-post', role=SAY('role-officer'), code='PR-01')} {SAY('log-did', action='handed-over')}",
        f"{SAY('log-post', role=SAY('role-officer'), code='PR-01')} {SAY('log-did', action='joined')}",
        f"{SAY('log-post', role=SAY('role-staff'), code='PR')} {SAY('log-did', action='invited')}",
    ]


def test_a_long_log_is_leafed_through(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        for number in range(25):
            audit.note(connection, None, "invited", "PR-01", {"n": number}, MONDAY + timedelta(minutes=number))
            audit.note(connection, None, "invited", "BD-01", {"n": number}, MONDAY)
    pages = [text_of(office.says("PR", "/nhatky"))]
    while any(choice.label == SAY("log-earlier") for choice in choices_of(office.letters("PR")[-1])):
        pages.append(tap(office, "PR", SAY("log-earlier")))
    lines = [line for page in pages for line in page.splitlines()[1:]]
    assert len(pages) == 3 and len(lines) == len(set(lines)) == 25 and all("Cao su" in line for line in lines)


def test_every_action_in_the_log_has_words_of_its_own() -> None:
    root = Path(__file__).parent.parent
    noted: set[str] = set()
    for file in (*root.glob("handlers/*.py"), *root.glob("bot/*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in ("note", "_note"):
                noted |= {
                    each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    noted |= {f"gave-{kind}" for kind in get_args(ExemptionKind)}
    noted |= {"extension-granted", "extension-refused", "obligation-confirmed", "obligation-changed"}
    assert len(noted) > 20
    for language in ("vi", "en"):
        bare = sorted(action for action in noted if Phrases(language).say("log-did", action=action) == action)
        assert bare == [], f"give these actions words in phrases/{language}/log.ftl"
