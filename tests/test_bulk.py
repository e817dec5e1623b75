"""Very many rows are added as few are, on both engines: every value, and every complaint."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import Letter, SaidRung, bulk, outbox, rungs, tables
from db.bulk import AT_ONCE, JsonText
from db.engine import json_text
from db.failures import StoreBusy
from db.store import Store
from scheduler import ZONE
from tests.postgres_room import PostgresServer

NOW = datetime(2026, 3, 10, 8, 30, 15, 123456, tzinfo=ZONE)
HOSTILE = "\\N\t\\t\n\r\\ \"' {} %s :x ế 🙂 \u202e"
SIZES = pytest.mark.parametrize("size", [1, AT_ONCE - 1, AT_ONCE, 3 * AT_ONCE])


def letters(size: int, about: dict[str, Any] | None = None) -> list[Letter]:
    return [
        Letter(f"{HOSTILE}:{n}", "reminder", "chat", HOSTILE, {"text": HOSTILE, "n": n}, NOW + timedelta(n), about)
        for n in range(size)
    ]


@pytest.mark.both_engines
@SIZES
@pytest.mark.parametrize("about", [None, {"items": [None, HOSTILE]}])
def test_letters_come_back_as_they_were_written(store: Store, size: int, about: dict[str, Any] | None) -> None:
    with store.transaction() as connection:
        written = letters(size, about)
        assert outbox.write(connection, [*written, *written], NOW) == tuple(each.key for each in written)
        assert outbox.write(connection, written, NOW) == ()
        kept = outbox.at_address(connection, "chat", HOSTILE)
        assert [vars(each) | {"id": 0} for each in kept] == [vars(each) for each in written]


@pytest.mark.both_engines
@SIZES
def test_what_is_json_already_is_kept_as_it_stands(store: Store, size: int) -> None:
    with store.transaction() as connection:
        made, same = letters(size), letters(size)
        outbox.write(connection, made[:1], NOW)
        (first,) = outbox.at_address(connection, "chat", HOSTILE)
        rows = [outbox.row(each) for each in same[1:]]
        known = [(*row[:4], JsonText(json_text(row[4])), JsonText(json.dumps({"n": 1})), *row[6:]) for row in rows]
        ready = [SimpleNamespace(key=row[0], row=row) for row in known]
        assert len(outbox.write_ready(connection, ready, NOW)) == size - 1
        kept = outbox.at_address(connection, "chat", HOSTILE)[1:]
        assert [each.body for each in (first, *kept)] == [each.body for each in made]
        assert all(each.about == {"n": 1} for each in kept)


@pytest.mark.both_engines
def test_only_what_is_new_is_written_of_a_wave(store: Store) -> None:
    with store.transaction() as connection:
        wave = letters(300)
        outbox.write(connection, wave[::3], NOW)
        assert outbox.write(connection, wave, NOW) == tuple(each.key for n, each in enumerate(wave) if n % 3)


@pytest.mark.both_engines
@SIZES
def test_a_row_that_is_there_already_is_refused(store: Store, size: int) -> None:
    said = [SaidRung("q", f"U{n}", "2026-Q1", "", "-5", told=n % 2 == 0) for n in range(size)]
    with store.transaction() as connection:
        rungs.say(connection, said, NOW)
        table = tables.rungs
        assert [tuple(row)[1:7] for row in connection.execute(select(table).order_by(table.c.id))] == said
        assert {row.at for row in connection.execute(select(table.c.at))} == {NOW}
    with pytest.raises(IntegrityError), store.transaction() as connection:
        rungs.say(connection, [said[-1]._replace(union=f"V{n}") for n in range(size - 1)] + said[-1:], NOW)


def test_a_wave_with_what_a_server_cannot_keep_comes_without_it(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    with store.transaction() as connection:
        wave = [Letter(f"{n}\0", "reminder", "chat", "a\0b", {}, NOW) for n in range(2 * AT_ONCE)]
        assert len(outbox.write(connection, wave, NOW)) == len(wave)
        kept = outbox.at_address(connection, "chat", "a\ufffdb")
        assert [each.key for each in kept] == [f"{n}\ufffd" for n in range(len(wave))]
        found = bulk.among(connection, tables.outbox.c.key, [each.key for each in wave])
        assert found == {each.key for each in kept}
    store.close()


@pytest.mark.both_engines
def test_what_all_rows_have_alike_is_any_text(store: Store) -> None:
    said = [SaidRung("q", f"U{n}", "2026-Q1", "", "-5") for n in range(AT_ONCE + 1)]
    names = ("union", "period", "due", "rung", "told")
    with store.transaction() as connection:
        same = {"at": NOW, "obligation": HOSTILE + "?"}
        bulk.add(connection, tables.rungs, names, [each[1:] for each in said], same)
        kept = connection.execute(select(tables.rungs.c.obligation, tables.rungs.c.union)).all()
        assert sorted(kept) == sorted((HOSTILE + "?", each.union) for each in said)


@pytest.mark.both_engines
def test_values_are_looked_up_as_they_are_written(store: Store) -> None:
    with store.transaction() as connection:
        wave = letters(300)
        outbox.write(connection, wave[:200], NOW)
        keys = tables.outbox.c.key
        found = bulk.among(connection, keys, {each.key for each in wave} | {HOSTILE, ""})
        assert found == {each.key for each in wave[:200]}
        assert bulk.among(connection, keys, ()) == frozenset()


def test_a_wave_that_another_process_wrote_meanwhile_is_begun_again(postgres: PostgresServer) -> None:
    one, other = (Store.open(postgres.emptied()) for _ in range(2))
    wave = letters(300)
    with pytest.raises(StoreBusy), one.transaction(isolation="REPEATABLE READ") as connection:
        assert outbox.at_address(connection, "chat", HOSTILE) == ()
        with other.transaction() as beside:
            outbox.write(beside, wave[-1:], NOW)
        outbox.write(connection, wave, NOW)
    with one.transaction(isolation="REPEATABLE READ") as connection:
        assert len(outbox.write(connection, wave, NOW)) == len(wave) - 1
    one.close()
    other.close()


def test_a_connection_that_is_lost_in_a_wave_says_so(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    with pytest.raises(StoreBusy), store.transaction() as connection:
        postgres.cuts_off(store)
        bulk.add(connection, tables.rungs, SaidRung._fields, [SaidRung("q", "U", "P", "", "0")] * 100, {"at": NOW})
    with store.transaction() as connection:
        assert outbox.write(connection, letters(100), NOW)
    store.close()
