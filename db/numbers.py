"""The numbers of rows, as people write them in a command or a forged button sends them."""

from sqlalchemy import Dialect, Integer, TypeDecorator

LARGEST = 2**31 - 1
"""The largest number that a row can have on every engine."""

NOBODY = -1


class Number(TypeDecorator[int]):
    """The number of a row. One that no row can have stands for no row, where an engine would refuse the question."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value if value is None or 0 <= value <= LARGEST else NOBODY
