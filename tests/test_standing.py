"""Where a union stands is kept in memory, and never for longer than the tree stays the same."""

from datetime import date

from sqlalchemy import event

from db import unions
from db.standing import standing
from db.store import Store
from knowledge import Union

PROVINCE = Union("T", "Liên đoàn Lao động tỉnh", "province", "", "")
DISTRICT = Union("H", "Liên đoàn Lao động huyện", "district", "T", "")
OTHER = Union("K", "Công đoàn khu kinh tế", "district", "T", "")
SCHOOL = Union("C", "Công đoàn trường tiểu học", "grassroots", "H", "")
TODAY = date(2025, 4, 1)


def stands(store: Store, on: date = TODAY) -> tuple[str, ...]:
    with store.transaction() as connection:
        found = standing(connection, "C", on)
        return found.chain if found else ()


def test_the_chain_follows_every_change_of_the_tree(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, (PROVINCE, DISTRICT, OTHER, SCHOOL))
    assert stands(store) == ("C", "H", "T")
    with store.transaction() as connection:
        unions.move(connection, "C", "K", date(2025, 7, 1))
        moved = standing(connection, "C", date(2025, 7, 1))
        assert moved is not None and moved.chain == ("C", "K", "T")
    assert (stands(store), stands(store, date(2025, 7, 1))) == (("C", "H", "T"), ("C", "K", "T"))


def test_a_change_that_was_taken_back_leaves_nothing_behind(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, (PROVINCE, DISTRICT, OTHER, SCHOOL))
    with store.transaction(commit=False) as connection:
        unions.move(connection, "C", "K", TODAY)
        moved = standing(connection, "C", TODAY)
        assert moved is not None and moved.chain == ("C", "K", "T")
    assert stands(store) == ("C", "H", "T")


def test_a_union_that_is_not_there_stands_nowhere_until_it_is(store: Store) -> None:
    assert stands(store) == ()
    with store.transaction() as connection:
        unions.put(connection, (PROVINCE, DISTRICT, SCHOOL))
    assert stands(store) == ("C", "H", "T")


def test_what_is_known_is_not_read_again(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, (PROVINCE, DISTRICT, SCHOOL))
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    stands(store)
    first, said[:] = len(said), []
    stands(store)
    assert first > 3
    assert [statement for statement in said if "union" in statement.lower()] == []
