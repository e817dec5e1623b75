"""What staff may do with which posts: only inside their subtree, and not with their equals or those above them."""

import re

from db import Officer, Role, officers, unions
from handlers.conversation import Desk
from knowledge import Union

FEDERATION_ROLES: tuple[Role, ...] = ("officer", "staff", "administrator")


def below(desk: Desk) -> frozenset[str]:
    """The codes of the unions that the asking staff answer for."""
    return unions.below(desk.connection, desk.officer.union, desk.today)


def inside(desk: Desk, code: str) -> bool:
    """Whether a union belongs to the subtree of the asking staff."""
    return desk.officer.union in unions.chain(desk.connection, code, desk.today)


def union_of(desk: Desk, code: str) -> Union | None:
    """A union of the subtree; `None` for any other, as if it did not exist."""
    return unions.get(desk.connection, code, desk.today) if inside(desk, code) else None


def union_list(desk: Desk) -> tuple[Union, ...]:
    """The open unions of the subtree, in the order of their codes."""
    mine = below(desk)
    return tuple(union for union in unions.every(desk.connection, desk.today) if union.code in mine)


def may(desk: Desk, union: Union, role: Role) -> bool:
    """Whether the asking staff may give this role in a union of their subtree, hand it over or end it.

    Staff decide on officers, and on staff below their own union; only administrators on staff of their own union and on
    administrators. A grassroots union has officers only.
    """
    if role == "officer":
        return True
    if union.level == "grassroots":
        return False
    if desk.officer.role == "administrator":
        return True
    return role == "staff" and union.code != desk.officer.union


def roles(desk: Desk, union: Union) -> tuple[Role, ...]:
    """The roles that the asking staff may give in a union."""
    return tuple(role for role in FEDERATION_ROLES if may(desk, union, role))


def post_of(desk: Desk, number: str) -> Officer | None:
    """A post that is held now and that the asking staff may decide on."""
    found = officers.post(desk.connection, int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else None
    union = union_of(desk, found.union) if found else None
    return found if found and union and may(desk, union, found.role) else None
