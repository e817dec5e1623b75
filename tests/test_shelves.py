"""What each shelf of the database promises to those who put something on it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from db import Letter, ReportRule, checkins, conversations, inbox, notes, officers, outbox, reports, unions
from db.leases import WRONG_CLOCK
from db.store import Store
from knowledge import Union
from scheduler import ZONE

pytestmark = pytest.mark.both_engines

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)
TODAY = NOW.date()
TREE = (
    Union("D", "Federation D", "district", ""),
    Union("D-1", "Union D-1", "grassroots", "D"),
    Union("D-2", "Union D-2", "grassroots", "D"),
    Union("E", "Federation E", "district", ""),
    Union("E-1", "Union E-1", "grassroots", "E"),
)
RULE = ReportRule("quarter", "Report", "D", "grassroots", "administrative", "quarter", 2, date(2024, 12, 15), None)


def letter(key: str, address: str = "a", *, answers: int | None = None, due: datetime = NOW) -> Letter:
    return Letter(key, "reply", "chat", address, {"text": key}, due, answers=answers)


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as connection:
        notes.write(connection, "note", "x")
        raise RuntimeError
    with store.transaction(commit=False) as connection:
        notes.write(connection, "note", "y")
        assert notes.read(connection, "note") == "y"
    with store.transaction() as connection:
        assert notes.read(connection, "note") is None


def test_an_update_is_kept_once_whoever_brings_it(store: Store) -> None:
    with store.transaction() as connection:
        first = inbox.store(connection, "chat", "7", {"n": 1}, NOW)
        assert inbox.store(connection, "chat", "7", {"n": 2}, NOW) is None
        assert inbox.store(connection, "other", "7", {"n": 3}, NOW) not in (None, first)
        assert [row.payload for row in inbox.waiting(connection)] == [{"n": 1}, {"n": 3}]
        assert first is not None
        inbox.settle(connection, first, NOW)
        assert inbox.take(connection, first) is None
        assert inbox.store(connection, "chat", "7", {"n": 4}, NOW) is None


payloads = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads)
def test_any_payload_that_json_can_say_is_stored_and_read_again(store: Store, payload: Any) -> None:
    with store.transaction(commit=False) as connection:
        number = inbox.store(connection, "chat", "1", {"payload": payload}, NOW)
        assert number is not None
        row = inbox.take(connection, number)
        assert row is not None and row.payload == {"payload": payload}


def test_a_letter_is_written_once(store: Store) -> None:
    with store.transaction() as connection:
        assert outbox.write(connection, [letter("a"), letter("b"), letter("a")], NOW) == ("a", "b")
        assert outbox.write(connection, [letter("b"), letter("c")], NOW) == ("c",)


def claimed(store: Store, now: datetime = NOW, most: int = 10) -> list[str]:
    with store.transaction() as connection:
        return [each.key for each in outbox.claim(connection, now, most, channels=frozenset({"chat"}))]


def test_answers_go_first_one_at_a_time_for_each_address(store: Store) -> None:
    with store.transaction() as connection:
        number = inbox.store(connection, "chat", "1", {}, NOW)
        letters = [letter("news a", "a"), letter("news b", "b"), letter("answer b", "b", answers=number)]
        later = NOW + timedelta(hours=1)
        outbox.write(connection, [*letters, letter("elsewhere", "c"), letter("tomorrow", "d", due=later)], NOW)
        outbox.write(connection, [Letter("zalo", "reply", "zalo", "z", {}, NOW)], NOW)
    assert claimed(store) == ["answer b", "news a", "elsewhere"]
    assert claimed(store) == [], "everything else waits for the letters under way, for its moment or its channel"


def test_a_lease_ends_and_whoever_held_it_notices(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("x")], NOW)
        (mine,) = outbox.claim(connection, NOW, 1, channels=frozenset({"chat"}))
        assert outbox.renew(connection, mine, NOW)
        after = NOW + outbox.LEASE
        (theirs,) = outbox.claim(connection, after, 1, channels=frozenset({"chat"}))
        assert (mine.attempts, theirs.attempts) == (1, 2)
        assert not outbox.renew(connection, mine, after)
        assert outbox.renew(connection, theirs, after)
        outbox.settle(connection, theirs.id, after, ["1"])
        assert not outbox.renew(connection, theirs, after)


def test_a_letter_claimed_by_a_clock_far_ahead_is_free_when_that_was_set_right(store: Store) -> None:
    ahead = NOW + timedelta(days=2)
    with store.transaction() as connection:
        outbox.write(connection, [letter("x"), letter("behind it")], NOW)
        (mine,) = outbox.claim(connection, ahead, 1, channels=frozenset({"chat"}))
        almost = ahead - WRONG_CLOCK
        assert outbox.claim(connection, almost, 1, channels=frozenset({"chat"})) == (), "clocks may differ a little"
        (theirs,) = outbox.claim(connection, NOW, 2, channels=frozenset({"chat"}))
        assert (theirs.key, theirs.attempts) == (mine.key, 2), "and the one behind it goes on waiting"
        assert not outbox.renew(connection, mine, ahead)


def test_a_letter_that_was_not_tried_keeps_its_attempts(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("x")], NOW)
        for _ in range(3):
            (taken,) = outbox.claim(connection, NOW, 1, channels=frozenset({"chat"}))
            assert taken.attempts == 1
            outbox.give_back(connection, taken.id, NOW)
        (found,) = outbox.at_address(connection, "chat", "a")
        assert (found.state, found.attempts) == ("due", 0)


def test_what_was_said_is_found_by_its_key(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("remind:x_y:1"), letter("remind:xzy:1"), letter("remind:x_y:2")], NOW)
        newest = outbox.latest(connection, "remind:x_y:")
        assert newest is not None and newest.key == "remind:x_y:2"
        midnight = datetime(2025, 3, 21, 0, 0, tzinfo=ZONE)
        assert outbox.told_on(connection, "reply", midnight - timedelta(seconds=1)) == {("chat", "a")}
        assert outbox.told_on(connection, "reply", midnight) == frozenset()


def test_a_tree_of_unions_is_seen_from_above_and_from_below(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        assert unions.below(connection, "D", TODAY) == {"D", "D-1", "D-2"}
        assert unions.below(connection, "E-1", TODAY) == {"E-1"}
        assert unions.chain(connection, "D-2", TODAY) == ("D-2", "D")
        unions.put(connection, [Union("D-2", "Renamed", "grassroots", "E")], TODAY)
        assert unions.below(connection, "E", TODAY) == {"E", "E-1", "D-2"} and unions.count(connection) == len(TREE)


def test_a_union_above_that_does_not_exist_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as connection:
        unions.put(connection, [Union("F-1", "Orphan", "grassroots", "F")])


def test_an_address_belongs_to_one_officer_and_opens_when_they_write(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        officers.add(connection, "D-1", "officer", "chat", "7", NOW)
        with pytest.raises(officers.AddressTaken):
            officers.add(connection, "D-2", "officer", "chat", "7", NOW)
        officers.add(connection, "D-1", "officer", "chat", "8", NOW + timedelta(days=1))
        assert officers.responsible(connection, "officer")["D-1"].address == "7", "who has held the post longest"
        officers.lose(connection, "chat", "7", "blocked")
        lost = officers.at_address(connection, "chat", "7")
        assert lost is not None and (lost.reachable, lost.why_not) == (False, "blocked")
        officers.heard(connection, "chat", "7", NOW)
        found = officers.at_address(connection, "chat", "7")
        assert found is not None and (found.reachable, found.why_not) == (True, None)


def test_a_correction_of_figures_is_kept_beside_what_it_corrects(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        for period, members in (("2025-01", 10), ("2025-03", 12), ("2025-03", 13)):
            checkins.put(connection, "D-1", "f", 1, period, {"m": members}, officer=None, late=False, now=NOW)
        standing = checkins.get(connection, "D-1", "f", "2025-03")
        assert standing is not None and (standing.revision, standing.answers) == (2, {"m": 13})
        before = checkins.before(connection, "D-1", "f", "2025-03")
        assert before is not None and before.period == "2025-01"
        assert checkins.who_sent(connection, "f", "2025-03") == {"D-1"}
        assert checkins.get(connection, "D-2", "f", "2025-03") is None


def test_a_report_has_one_receipt_and_its_rule_can_be_changed(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        reports.confirm(connection, [RULE], NOW)
        first = reports.submit(connection, "quarter", "D-1", "2025-Q1", officer=None, late=False, now=NOW)
        again = reports.submit(connection, "quarter", "D-1", "2025-Q1", officer=None, late=True, now=NOW)
        assert again == first
        reports.confirm(connection, [ReportRule(**{**vars(RULE), "working_days": 5})], NOW)
        changed = reports.rule(connection, "quarter")
        assert changed is not None and changed.working_days == 5
        assert reports.who_submitted(connection, "quarter", "2025-Q1") == {"D-1"}


def test_a_conversation_is_replaced_by_its_next_state(store: Store) -> None:
    with store.transaction() as connection:
        for state in ({"a": 1}, {"b": "đoàn viên"}):
            conversations.save(connection, "chat", "7", state, NOW)
        assert conversations.load(connection, "chat", "7") == {"b": "đoàn viên"}
        assert conversations.load(connection, "chat", "8") is None


def test_an_update_with_an_endless_key_is_kept_once(store: Store) -> None:
    key = "x" * 100_000
    with store.transaction() as connection:
        number = inbox.store(connection, "chat", key, {}, NOW)
        assert number is not None and inbox.store(connection, "chat", key, {}, NOW) is None
        assert inbox.store(connection, "chat", key + "y", {}, NOW) is not None
        assert inbox.number_of(connection, "chat", key) == number


@pytest.mark.parametrize("key", ["Digest:1:later", "digest_1", "digest:"])
def test_the_latest_letter_is_looked_for_by_its_prefix_exactly_as_written(store: Store, key: str) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [Letter(each, "digest", "chat", "a", {}, NOW) for each in ("digest:1:x", key)], NOW)
        found = outbox.latest(connection, "digest:1:")
    assert found is not None and found.key == "digest:1:x"
