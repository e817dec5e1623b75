"""Who speaks for a union that was merged: told who took over, asked for nothing, and still answered."""

from datetime import timedelta

import pytest

from db import checkins, unions
from db.store import Store
from knowledge.index import Library
from tests.small_office import THURSDAY, SmallOffice, text_of

MERGED = "PR-02"
HEIR = "PR-01"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """Since yesterday PR-02 is part of PR-01."""
    office = SmallOffice(store, library, people=(HEIR, MERGED))
    with store.transaction() as connection:
        unions.close(connection, (MERGED,), (THURSDAY - timedelta(days=1)).date(), (HEIR,))
    return office


@pytest.mark.parametrize("said", ["/solieu", "/baocao", "dv 128, moi 3, tham hoi 2", "không phát sinh"])
def test_a_merged_union_is_told_who_took_over(office: SmallOffice, said: str) -> None:
    reply = text_of(office.says(MERGED, said))
    assert "đã kết thúc hoạt động" in reply and "CĐCS Công ty Cao su" in reply
    with office.store.transaction() as connection:
        assert checkins.get(connection, MERGED, "monthly", "2025-03") is None


def test_a_button_of_an_old_letter_opens_nothing(office: SmallOffice) -> None:
    assert "đã kết thúc hoạt động" in text_of(office.taps(MERGED, "checkin:start:2025-03"))


def test_questions_are_still_answered_and_the_heir_goes_on(office: SmallOffice) -> None:
    assert "3.100" in text_of(office.says(MERGED, "số đoàn viên năm 2025 của huyện"))
    assert "đã kết thúc" not in text_of(office.says(HEIR, "/solieu"))
