"""Work of many callers is done in few transactions, and each of them hears what became of their own."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.together import MOST, QUICK_RETRIES, RETRY_SECONDS, Together, pause_after
from db.engine import StoreBusy, StoreError


class Doubling:
    """Doubles numbers, and remembers in which lots; 13 is a mistake of ours, 99 finds the disk full."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []

    def __call__(self, items: Sequence[int]) -> list[int]:
        self.lots.append(list(items))
        if 99 in items:
            raise StoreError("full")
        if 13 in items:
            raise ZeroDivisionError
        return [each * 2 for each in items]


def done(work: Doubling, items: Sequence[int]) -> list[int | BaseException]:
    async def all_of_them() -> list[int | BaseException]:
        together: Together[int, int] = Together(work)
        return await asyncio.gather(*(together.do(each) for each in items), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_what_comes_while_a_lot_is_under_way_makes_the_next_one() -> None:
    work, items = Doubling(), range(100, 100 + 3 * MOST)
    assert done(work, items) == [2 * each for each in items]
    assert len(work.lots) <= 4 and [each for lot in work.lots for each in lot] == list(items)


def test_a_mistake_is_heard_of_by_the_one_whose_item_it_was() -> None:
    results = done(Doubling(), [1, 13, 3])
    assert results[0] == 2 and results[2] == 6 and isinstance(results[1], ZeroDivisionError)


def test_a_database_that_cannot_be_used_is_heard_of_by_all() -> None:
    assert all(isinstance(each, StoreError) for each in done(Doubling(), [1, 99, 3]))


def test_it_works_again_in_another_loop() -> None:
    work = Doubling()
    assert (done(work, [1]), done(work, [2])) == ([2], [4])


@pytest.mark.parametrize(
    ("error", "attempt", "least", "most"),
    [
        (StoreBusy("in the way"), 1, 0, 0.04),
        (StoreBusy("in the way"), QUICK_RETRIES, 0, 0.02 * 2**QUICK_RETRIES),
        (StoreBusy("in the way"), QUICK_RETRIES + 1, RETRY_SECONDS, RETRY_SECONDS),
        (StoreError("the disk is full"), 1, RETRY_SECONDS, RETRY_SECONDS),
    ],
)
def test_who_was_in_anothers_way_comes_back_at_once(error: StoreError, attempt: int, least: float, most: float) -> None:
    assert all(least <= pause_after(error, attempt) <= most for _ in range(50))
