"""Group chats: only who is missing is named, never a figure, only if staff switched it on, and only of their own."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels import DeliveryError, Update
from bot.channels.telegram_updates import read_update
from db import audit, officers, tables
from db.store import Store
from handlers import Incoming, group_letters, groups
from handlers.codes import TYPED
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE
from tests.fake_telegram import said, tapped
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

SAY = Phrases("vi").say
GROUP = "-100"
PEOPLE = ("BPC", "PR", "BD", "PR-01", "PR-02", "PR-03", "BD-01")
LATE = datetime(2025, 3, 19, 8, 0, tzinfo=ZONE)
"""The first ring after the quarterly report was due."""


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """Two districts of two provinces, on the eve of the first late reports."""
    return SmallOffice(store, library, LATE - timedelta(hours=16), people=PEOPLE)


def in_group(office: SmallOffice, text: str, address: str = GROUP, news: str = "said") -> list[str]:
    """Something comes from a group; gives what the bot has said there so far."""
    office.number += 1
    number = str(office.number)
    office.hears(Update(CHANNEL, number, {"id": number, "address": address, "text": text, "group": news}))
    return [text_of(letter) for letter in office.letters(address)]


def code_for(office: SmallOffice, staff: str) -> str:
    """A code as staff get it in their private chat."""
    found = TYPED.search(text_of(office.taps(staff, "group:link")))
    assert found
    return found[0]


def linked(office: SmallOffice, staff: str = "PR", address: str = GROUP) -> None:
    """A group of these staff."""
    in_group(office, f"/nhom {code_for(office, staff)}", address)


def rung(office: SmallOffice, at: datetime = LATE, address: str = GROUP) -> list[str]:
    """What is written into the group at a ring."""
    return [text_of(letter) for letter in office.ring(at) if letter.address == address]


def submit(office: SmallOffice, union: str) -> None:
    """The officer of a union says that the report came on paper."""
    office.taps(union, "report:yes:quy-pr:2025-Q1")


# What is said there.


def test_nothing_is_said_in_a_group_that_nobody_linked(office: SmallOffice) -> None:
    assert in_group(office, "/tinhhinh") == [] and rung(office) == []


def test_who_is_missing_is_named_and_nothing_else(office: SmallOffice) -> None:
    linked(office)
    submit(office, "PR-02")
    (text,) = rung(office)
    names = [line.removeprefix("• ") for line in text.splitlines() if line.startswith("•")]
    with office.store.transaction() as connection:
        rows = connection.execute(select(tables.unions.c.name, tables.unions.c.code)).all()
    known = {row.name: row.code for row in rows}
    assert {known[name] for name in names} == {"PR-01", "PR-03", "PR-04", "PR-05", "PR-06"}
    rest = text.replace("quý I/2025", "")
    for name in known:
        rest = rest.replace(name, "")
    assert not re.search(r"\d", rest), "no days, no counts, no figures"


def test_a_group_is_told_of_its_own_subtree_only(office: SmallOffice) -> None:
    linked(office, "PR", "-1")
    linked(office, "BD", "-2")
    letters = {letter.address: text_of(letter) for letter in office.ring(LATE)}
    with office.store.transaction() as connection:
        names = {row.code: row.name for row in connection.execute(select(tables.unions.c.code, tables.unions.c.name))}
    for address, foreign in (("-1", "BD"), ("-2", "PR")):
        others = [name for code, name in names.items() if code.startswith(foreign) and name not in _own(names, foreign)]
        assert not [name for name in others if name in letters.get(address, "")]
    assert names["PR-01"] in letters["-1"]


def _own(names: dict[str, str], foreign: str) -> set[str]:
    """The names that unions outside the foreign district have too."""
    return {name for code, name in names.items() if not code.startswith(foreign)}


def test_those_who_submitted_are_no_reason_to_name_the_others_again(office: SmallOffice) -> None:
    linked(office)
    assert len(rung(office)) == 1
    submit(office, "PR-01")
    assert rung(office, LATE + timedelta(days=1)) == []
    (monday,) = rung(office, LATE + timedelta(days=5))
    assert "Cao su" not in monday


def test_a_long_list_ends_without_a_count(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_letters, "ROOM", 330)
    linked(office)
    (text,) = rung(office)
    assert SAY("group-missing-more") in text and len(text) < 400


# It is checked again at the moment of sending.


def test_who_submits_before_it_is_sent_is_left_out(office: SmallOffice) -> None:
    linked(office)
    office.deliver()
    rung(office)
    submit(office, "PR-01")
    office.deliver()
    sent = office.channel.texts(GROUP)[-1]
    assert "Cao su" not in sent and "THCS" in sent


def test_a_group_that_was_switched_off_hears_nothing_more(office: SmallOffice) -> None:
    linked(office)
    office.deliver()
    rung(office)
    shown = office.says("PR", "/nhom")
    off = next(choice for choice in choices_of(shown) if choice.id.startswith("group:off"))
    office.taps("BD", off.id.split("@")[0])
    office.taps("PR", off.id)
    before = len(office.channel.texts(GROUP))
    office.deliver()
    assert len(office.channel.texts(GROUP)) == before
    dropped = [letter for letter in office.letters(GROUP) if letter.state == "dropped"]
    assert [letter.reason for letter in dropped] == ["the group was switched off"]
    with office.store.transaction() as connection:
        actions = [noted.action for noted in audit.entries(connection, ("PR",), 9)]
    assert actions == ["group-closed", "group-opened"], "the other district's tap did nothing"


@pytest.mark.parametrize("how", ["the bot is taken out", "the send says so"])
def test_a_group_without_the_bot_is_closed(office: SmallOffice, how: str) -> None:
    linked(office)
    office.deliver()
    if how == "the bot is taken out":
        in_group(office, "", news="over")
    else:
        office.channel.failures[GROUP].append(DeliveryError("the bot was taken out", address_gone=True))
        rung(office)
        office.deliver()
    assert rung(office, LATE + timedelta(days=5)) == []
    assert SAY("group-overview", count=0, union="") == text_of(office.says("PR", "/nhom"))


# Who may switch it on.


@pytest.mark.parametrize("who", ["PR-01", "stranger"])
def test_only_staff_get_a_code(office: SmallOffice, who: str) -> None:
    office.says(who, "/nhom")
    office.taps(who, "group:link")
    with office.store.transaction() as connection:
        assert connection.execute(select(tables.group_chats)).all() == []


def test_a_code_serves_once_and_not_for_long(office: SmallOffice) -> None:
    first, second = code_for(office, "PR"), code_for(office, "PR")
    assert in_group(office, f"/nhom@some_bot {first}") and in_group(office, f"/nhom {first}", "-2") == []
    office.clock.move_to(office.clock.now() + timedelta(minutes=31))
    assert in_group(office, f"/nhom {second}", "-2") == []
    assert in_group(office, "/nhom ABCD-EFG2", "-3") == []


def test_staff_who_are_gone_leave_no_group_that_speaks(office: SmallOffice) -> None:
    linked(office)
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR", "staff")
        assert post is not None
        officers.leave_post(connection, post.id, office.clock.now())
    assert rung(office) == []


def test_a_group_speaks_for_who_linked_it_last(office: SmallOffice) -> None:
    linked(office, "PR")
    linked(office, "BD")
    assert SAY("group-overview", count=0, union="") == text_of(office.says("PR", "/nhom"))


@pytest.mark.parametrize(("by", "told"), [("BD", 1), ("PR", 0)])
def test_staff_hear_that_another_union_has_taken_their_group(office: SmallOffice, by: str, told: int) -> None:
    linked(office, "PR")
    linked(office, by)
    lost = [text_of(letter) for letter in office.letters("PR") if letter.key.startswith("group-lost:")]
    assert len(lost) == told and all("LĐLĐ huyện Phú Riềng" in each for each in lost)
    with office.store.transaction() as connection:
        assert [noted.action for noted in audit.entries(connection, ("PR",), 9)].count("group-lost") == told


# Nothing else is heard there.

WORDS = ["/solieu", "/tinhhinh", "/nhom", "/nhom xyz", "/start", "1", "chỉ tiêu 2025 là gì?", "dv 128"]


@pytest.mark.parametrize("text", WORDS)
def test_all_else_gets_no_answer_and_is_not_kept(office: SmallOffice, text: str) -> None:
    linked(office)
    before = in_group(office, text)
    assert in_group(office, text) == before
    with office.store.transaction() as connection:
        payloads = list(connection.scalars(select(tables.inbox.c.payload)))
        talks = [row for row in connection.execute(select(tables.conversations)) if row.address == GROUP]
    assert talks == [] and not [payload for payload in payloads if payload.get("address") == GROUP]


def test_a_mistake_of_ours_is_not_told_in_a_group(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "in_group", lambda *_: 1 / 0)
    assert in_group(office, "/nhom ABCD-EFG2") == []


def test_the_offer_of_a_letter_leaves_nothing_to_type(office: SmallOffice) -> None:
    linked(office)
    rung(office)
    office.deliver()
    with office.store.transaction() as connection:
        assert GROUP not in {row.address for row in connection.execute(select(tables.conversations))}
    assert all(not from_json(letter.body).choices for letter in office.letters(GROUP))


# How Telegram says it.


def moved(number: int, status: str, kind: str = "supergroup") -> dict[str, Any]:
    """The bot's place in a chat has changed."""
    chat = {"id": -5, "type": kind}
    return {"update_id": number, "my_chat_member": {"chat": chat, "new_chat_member": {"status": status}}}


def changed(update: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An update whose message has further fields."""
    return {**update, "message": {**update["message"], **fields}}


ANONYMOUS = {"from": {"id": 1087968824, "is_bot": True}, "sender_chat": {"id": -5, "type": "supergroup"}}
ORDER = said(1, "/nhom ABCD-EFG2", chat=-5, kind="supergroup")
HEARD = Incoming("telegram", "1001", "-5", "/nhom ABCD-EFG2", group="said")
OVER = Incoming("telegram", "1001", "-5", group="over")


@pytest.mark.parametrize(
    ("update", "read"),
    [
        (ORDER, HEARD),
        (said(1, "/nhom ABCD-EFG2", chat=-5, kind="group"), HEARD),
        (changed(ORDER, **ANONYMOUS), HEARD),
        (changed(ORDER, **{"from": {"id": 7, "is_bot": True}}), None),
        (changed(ORDER, **{"from": {"id": 7, "is_bot": True}, "sender_chat": {"id": -9}}), None),
        (said(1, "ai nộp chưa?", chat=-5, kind="supergroup"), None),
        (said(1, "/nhom ABCD-EFG2", chat=-5, kind="channel"), None),
        (changed(said(1, "", chat=-5, kind="group"), migrate_to_chat_id=-1005), OVER),
        (tapped(1, "menu:digest", chat=-5), None),
        (moved(1, "left"), Incoming("telegram", "1", "-5", group="over")),
        (moved(1, "kicked", "group"), Incoming("telegram", "1", "-5", group="over")),
        (moved(1, "member"), None),
        (moved(1, "kicked", "private"), None),
    ],
)
def test_what_telegram_says_of_groups(update: dict[str, Any], read: Incoming | None) -> None:
    if "callback_query" in update:
        update["callback_query"]["message"]["chat"]["type"] = "supergroup"
    assert read_update(update) == read
