"""Who waits for a turn: everybody in their own order, nobody behind one who floods, and nobody twice at a time."""

import asyncio
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.lines import MINUTE, MOST_A_MINUTE, MOST_WAITING, Arrival, Lines


def arrival(number: int, who: str = "A") -> Arrival:
    return Arrival(number, ("chat", who))


def served(lines: Lines, most: int) -> list[list[int]]:
    """The lots in which everything that waits is served."""

    async def serve() -> list[list[int]]:
        lots = []
        while lines.waits:
            lot = await lines.next(most)
            lots.append([each.number for each in lot])
            for each in lot:
                lines.done(each)
        return lots

    return asyncio.run(serve())


def test_one_of_each_sender_goes_into_a_lot_in_the_order_in_which_they_came() -> None:
    lines = Lines()
    for number, who in enumerate("AAABBC"):
        assert lines.add(arrival(number, who))
    assert served(lines, 16) == [[0, 3, 5], [1, 4], [2]]


def test_a_small_lot_goes_round() -> None:
    lines = Lines()
    for number, who in enumerate("AAABBC"):
        lines.add(arrival(number, who))
    assert served(lines, 1) == [[0], [3], [5], [1], [4], [2]]


@given(st.lists(st.sampled_from("ABCD"), max_size=60), st.integers(1, 5))
def test_everybody_is_served_once_and_in_their_order(senders: list[str], most: int) -> None:
    lines = Lines()
    for number, who in enumerate(senders):
        lines.add(arrival(number, who))
    lots = served(lines, most)
    assert sorted(number for lot in lots for number in lot) == list(range(len(senders)))
    for who in set(senders):
        mine = [number for lot in lots for number in lot if senders[number] == who]
        assert mine == sorted(mine)
    assert all(max(Counter(senders[number] for number in lot).values()) == 1 for lot in lots)
    assert 0 not in lines and not lines.waits


def test_who_is_being_served_is_not_served_again_before_it_is_done() -> None:
    lines = Lines()
    lines.add(arrival(1))
    lines.add(arrival(2))

    async def both() -> None:
        (first,) = await lines.next(9)
        lines.add(arrival(3, "B"))
        (other,) = await lines.next(9)
        assert (first.number, other.number) == (1, 3)
        lines.done(first)
        assert [each.number for each in await lines.next(9)] == [2]

    asyncio.run(both())


def test_an_arrival_that_is_there_is_not_added_again() -> None:
    lines = Lines()
    assert lines.add(arrival(1)) and lines.add(arrival(1))
    assert served(lines, 9) == [[1]]


def test_an_older_arrival_goes_before_the_one_that_found_it() -> None:
    lines = Lines()
    lines.add(arrival(7))

    async def both() -> list[int]:
        (seven,) = await lines.next(9)
        lines.before(arrival(3), seven)
        lines.again(seven.sender)
        (three,) = await lines.next(9)
        lines.done(three)
        (again,) = await lines.next(9)
        lines.done(again)
        return [three.number, again.number]

    assert asyncio.run(both()) == [3, 7] and not lines.waits


def test_too_many_waiting_are_refused_and_others_are_not() -> None:
    lines = Lines()
    taken = [lines.add(arrival(number)) for number in range(MOST_WAITING + 9)]
    assert sum(taken) == MOST_WAITING and taken == sorted(taken, reverse=True)
    assert lines.add(arrival(999, "B"))


def test_too_many_in_a_minute_are_refused_until_it_is_over() -> None:
    moment = [0.0]
    lines = Lines(lambda: moment[0])
    accepted = 0
    for number in range(MOST_A_MINUTE * 2):
        if lines.add(arrival(number)):
            accepted += 1
            served(lines, 1)
    assert accepted == MOST_A_MINUTE and lines.add(arrival(998, "B"))
    moment[0] = MINUTE + 0.1
    assert lines.add(arrival(999))


def test_an_album_and_the_taps_of_a_whole_form_are_within_the_bounds() -> None:
    album, taps_of_a_form = 10, 20
    assert album + taps_of_a_form < MOST_WAITING and MINUTE <= MOST_A_MINUTE, "a tap every second"
