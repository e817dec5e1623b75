"""The monthly check-in from the first tap to the receipt, with one officer, with two, and long after the month."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import talk_bench
from bot.app import OfficeError
from db import checkins, officers, tables
from db.store import Store
from handlers import Attachment, Incoming, forms
from handlers.conversation import Conversation, Wait, from_json, to_json
from handlers.phrasebook import Phrases
from knowledge.index import Library
from scheduler import ZONE
from tests.small_form import EVERY_TYPE, MARCH, MINIMAL, field, figures, with_form
from tests.small_office import CHANNEL, SmallOffice, choices_of, state_of, text_of

PHRASES = Phrases("vi")
PERSON = "PR-01"
COLLEAGUE = "PR-01b"
CHECK_IN_DAY = datetime(2025, 3, 25, 9, 0, tzinfo=ZONE)
LAST = {"members": 128, "admitted": 0, "workers": 140, "agreement": "signed", "visited": 0, "difficulties": None}


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office on the day of the check-in, with one officer."""
    return SmallOffice(store, library, CHECK_IN_DAY, people=(PERSON,))


@pytest.fixture
def two(office: SmallOffice) -> SmallOffice:
    """The same office, with a second officer of the same union."""
    with office.store.transaction() as connection:
        officers.add(connection, PERSON, "officer", CHANNEL, COLLEAGUE, CHECK_IN_DAY)
    return office


def fill(office: SmallOffice, *said: str, by: str = PERSON) -> str:
    """Say one thing after the other; gives the last reply."""
    return [text_of(office.says(by, text)) for text in said][-1]


def waiting(office: SmallOffice) -> dict[str, object]:
    """The draft that the officer's conversation waits with."""
    with office.store.transaction() as connection:
        state = state_of(connection, PERSON)
    assert state is not None and state["wait"] is not None
    return dict(state["wait"]["data"])


# One officer.


def test_a_form_is_filled_corrected_and_sent(office: SmallOffice) -> None:
    fill(office, "/solieu", "130 đv", "2", "145", "1", "không có", "Thiếu chỗ sinh hoạt cho chị em")
    office.taps(PERSON, f"checkin:edit:{MARCH}:admitted")
    fill(office, "4")
    assert figures(office, PERSON) is None
    receipt = fill(office, "gửi")
    assert figures(office, PERSON) == {
        "members": 130,
        "admitted": 4,
        "workers": 145,
        "agreement": "signed",
        "visited": 0,
        "difficulties": "Thiếu chỗ sinh hoạt cho chị em",
    }
    assert "2025-03/" in receipt and "130, tăng 2 (trước là 128)" in receipt


@pytest.mark.parametrize(
    "said",
    [
        ("/solieu", "không phát sinh, gửi luôn"),
        ("không phát sinh", "gửi"),
        ("tháng này không có gì mới ạ", "ok"),
        ("/solieu không phát sinh", "đúng"),
    ],
)
def test_a_month_in_which_nothing_happened_takes_two_messages(office: SmallOffice, said: tuple[str, ...]) -> None:
    fill(office, *said)
    assert figures(office, PERSON) == LAST


@pytest.mark.parametrize(
    "between", [(), ("không hiểu gì cả",), ("chỉ tiêu 2025 của mình là gì?",), ("để sau", "/solieu")]
)
def test_a_month_in_which_nothing_happened_stays_on_offer_when_the_question_is_repeated(
    office: SmallOffice, between: tuple[str, ...]
) -> None:
    for said in ("/solieu", *between):
        asked = office.says(PERSON, said)
    labels = [choice.label for choice in choices_of(asked)]
    assert labels[1:] == [PHRASES.say("checkin-send-unchanged"), PHRASES.say("checkin-later")]
    assert "em ghi: Đoàn viên hiện có 128;" in text_of(asked)
    assert fill(office, "a").startswith("(2/6,"), "the first key answers the question and sends nothing"
    assert PHRASES.say("checkin-send-unchanged") not in [each.label for each in choices_of(office.letters(PERSON)[-1])]


def test_the_rest_of_a_month_stands_as_it_was_in_one_tap(office: SmallOffice) -> None:
    fill(office, "/solieu", "131", "3", "phần còn lại không phát sinh", "gửi")
    assert figures(office, PERSON) == {**LAST, "members": 131, "admitted": 3}


@pytest.mark.parametrize("said", [("/huy",), ("để sau", "/huy"), ("/menu", "/huy"), ("hủy",)])
def test_cancelling_leaves_no_trace(office: SmallOffice, said: tuple[str, ...]) -> None:
    reply = fill(office, "/solieu", "131", "77", *said)
    assert reply == PHRASES.say("checkin-cancelled", month="tháng 3/2025") and figures(office, PERSON) is None
    with office.store.transaction() as connection:
        state = state_of(connection, PERSON)
    assert state is not None and state["wait"] is None and state["parked"] is None
    assert "77" not in json.dumps(state)
    assert text_of(office.says(PERSON, "/huy")) == PHRASES.say("nothing-to-cancel")


def test_what_was_put_off_goes_on_where_it_was(office: SmallOffice) -> None:
    fill(office, "/solieu", "131", "để sau", "/baocao")
    assert fill(office, "/solieu").startswith("(2/6,")


def test_another_matter_in_between_does_not_lose_the_draft() -> None:
    draft = Conversation().waiting_for("checkin", {"at": "members"}, lasting=True)
    other = draft.waiting_for("privacy", {})
    assert other.parked == draft.wait
    assert other.put_off().parked == other.at_rest().parked == from_json(to_json(other)).parked == draft.wait
    assert Conversation(wait=Wait("privacy", {})).put_off().parked == Wait("privacy", {})


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(office: SmallOffice) -> None:
    fill(office, "/solieu", "131", "chỉ tiêu 2025 của huyện mình là gì?")
    answer, again = office.letters(PERSON)[-2:]
    assert "3.100" in text_of(answer) and "(2/6," in text_of(again)
    fill(office, "3")
    assert waiting(office)["answers"] == {"members": 131, "admitted": 3}


def test_a_draft_goes_on_after_a_restart_and_some_days(office: SmallOffice, library: Library) -> None:
    fill(office, "/solieu", "131", "khoảng 3")
    later = SmallOffice(office.store, library, datetime(2025, 4, 3, 9, 0, tzinfo=ZONE))
    later.number = office.number
    assert fill(later, "đúng").startswith("(3/6, tháng 3/2025)")
    receipt = fill(later, "phần còn lại không phát sinh", "gửi")
    assert figures(office, PERSON) == {**LAST, "members": 131, "admitted": 3} and "muộn" in receipt


def test_drafts_of_two_months_do_not_displace_each_other(office: SmallOffice, library: Library) -> None:
    fill(office, "/solieu", "131", "để sau")
    april = SmallOffice(office.store, library, datetime(2025, 4, 25, 15, 0, tzinfo=ZONE))
    april.number = office.number
    fill(april, "/solieu tháng 4: dv 133, moi 2", "/menu")
    assert fill(april, "/solieu tháng 3").startswith("(2/6, tháng 3/2025)")
    fill(april, "/huy", "/solieu", "gửi")
    assert figures(april, PERSON, "2025-04") == {**LAST, "members": 133, "admitted": 2}
    assert figures(april, PERSON) is None


# Corrections.


def test_corrections_are_kept_with_what_they_correct(office: SmallOffice) -> None:
    fill(office, "dv 131, moi 3", "gửi", "/solieu moi 4", "gửi")
    assert fill(office, "/solieu thăm hỏi 0", "gửi").startswith("Số liệu tháng 3/2025 đã gửi trước đó giống hệt")
    with office.store.transaction() as connection:
        sent = checkins.revisions(connection, PERSON, "monthly", MARCH)
        post = officers.at_address(connection, CHANNEL, PERSON)
    assert [(each.revision, each.answers["admitted"], each.late) for each in sent] == [(1, 3, False), (2, 4, False)]
    assert post is not None and {each.officer for each in sent} == {post.id}
    history = text_of(office.taps(PERSON, f"checkin:history:{MARCH}"))
    assert "Kết nạp mới trong tháng: 3 → 4" in history and "anh/chị gửi" in history


def test_a_correction_after_the_month_was_closed_is_marked(office: SmallOffice, library: Library) -> None:
    fill(office, "dv 131, moi 3", "gửi")
    later = SmallOffice(office.store, library, datetime(2025, 4, 10, 9, 0, tzinfo=ZONE))
    later.number = office.number
    assert "đã chốt ngày 01/04/2025" in fill(later, "/solieu tháng 3")
    assert "sửa sau khi chốt" in fill(later, "/solieu tháng 3: mới 4", "gửi")
    with later.store.transaction() as connection:
        assert [each.late for each in checkins.revisions(connection, PERSON, "monthly", MARCH)] == [False, True]
    assert fill(later, "/solieu tháng 1") == PHRASES.say("checkin-month-not-open")


# Two officers of one union.


def test_the_second_officer_sees_what_the_first_has_sent_and_decides(two: SmallOffice) -> None:
    fill(two, "/solieu", "131")
    fill(two, "dv 130, moi 2", "gửi", by=COLLEAGUE)
    shown = fill(two, "3", "phần còn lại không phát sinh", "gửi")
    assert "cán bộ khác của đơn vị đã gửi" in shown
    assert "Đoàn viên hiện có: đã gửi 130, bản này 131" in shown and "đã gửi 2, bản này 3" in shown
    standing = figures(two, PERSON)
    assert standing is not None and standing["members"] == 130
    mine = choices_of(two.letters(PERSON)[-1])[1].id
    fill(two, "/solieu moi 9", "gửi", by=COLLEAGUE)
    assert "bản này 3" in text_of(two.taps(PERSON, mine)), "the colleague was quicker once more"
    assert "bản sửa" in fill(two, "gửi bản này thay thế")
    assert figures(two, PERSON) == {**LAST, "members": 131, "admitted": 3}


def test_the_second_officer_can_leave_it_at_that(two: SmallOffice) -> None:
    fill(two, "/solieu", "131")
    fill(two, "dv 130, moi 2", "gửi", by=COLLEAGUE)
    fill(two, "phần còn lại không phát sinh", "gửi", "giữ bản đã gửi")
    assert figures(two, PERSON) == {**LAST, "members": 130, "admitted": 2}
    assert "cán bộ khác của đơn vị gửi lúc" in fill(two, "/solieu")


def test_the_same_figures_from_two_officers_are_one(two: SmallOffice) -> None:
    fill(two, "/solieu", "130", "2")
    fill(two, "dv 130, moi 2", "gửi", by=COLLEAGUE)
    assert "giống hệt" in fill(two, "phần còn lại không phát sinh", "gửi")


# Any form.


@pytest.fixture
def every_type(office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallOffice:
    """The same office, with a form that has a field of every type."""
    return with_form(office, tmp_path, monkeypatch, EVERY_TYPE)


def sends_file(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> str:
    """The officer sends a photo."""
    photo = Attachment("bien-ban.jpg", "image/jpeg", b"a picture")
    read = office.channel.read
    monkeypatch.setattr(
        office.channel, "read", lambda payload: Incoming(CHANNEL, payload["id"], payload["address"], file=photo)
    )
    reply = text_of(office.says(PERSON, ""))
    monkeypatch.setattr(office.channel, "read", read)
    return reply


def stored_files(office: SmallOffice) -> int:
    with office.store.transaction() as connection:
        return connection.execute(select(func.count()).select_from(tables.files)).scalar_one()


def test_a_form_with_every_type_of_field_needs_no_code(
    every_type: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(every_type, "/solieu", "131", "98,5%", "đã ký")
    assert "✓ Thể thao" in {choice.label for choice in choices_of(every_type.says(PERSON, "1"))}
    fill(every_type, "3", "xong (2 mục)", "rồi ạ")
    assert fill(every_type, "31/2").startswith("Em chưa hiểu ngày này")
    assert fill(every_type, "hôm qua").startswith("(7/8,")
    assert fill(every_type, "ảnh").startswith("Mục này cần một ảnh hoặc tệp")
    assert sends_file(every_type, monkeypatch).startswith("(8/8,")
    summary = fill(every_type, "Không có gì")
    for line in ("dues: 98,5%", "events: Thể thao; Tọa đàm", "meeting: Có", "held: 24/03/2025", "photo: bien-ban.jpg"):
        assert f"• Nhãn {line}" in summary
    fill(every_type, "gửi")
    assert figures(every_type, PERSON) == {
        "members": 131,
        "dues": 98.5,
        "state": "signed",
        "events": ["sports", "talks"],
        "meeting": True,
        "held": "2025-03-24",
        "photo": {"file": 1, "name": "bien-ban.jpg"},
        "note": None,
    }
    with every_type.store.transaction() as connection:
        sent = checkins.get(connection, PERSON, "monthly", MARCH)
    assert sent is not None and (sent.version, stored_files(every_type)) == (7, 1)


def test_the_photo_of_a_cancelled_form_is_not_kept(every_type: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(every_type, "/solieu", "131", "98", "1", "1, 2", "không", "hôm nay")
    sends_file(every_type, monkeypatch)
    assert stored_files(every_type) == 1
    fill(every_type, "/huy")
    assert stored_files(every_type) == 0


def test_a_photo_that_nobody_asked_for_is_not_kept(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(office, "/solieu")
    sends_file(office, monkeypatch)
    assert stored_files(office) == 0 and waiting(office)["answers"] == {}


OTHER = MINIMAL + field() + field("meetings", carry="zero") + field("workers") + 'at_least = "members"\n'


def test_a_new_form_file_with_another_field_needs_no_code(
    office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_form(office, tmp_path, monkeypatch, OTHER)
    assert "Hỏi members?" in fill(office, "/solieu")
    assert "Hỏi meetings?" in fill(office, "130")
    assert "Hỏi workers?" in fill(office, "5")
    assert "Nhãn meetings: 5" in fill(office, "150")
    fill(office, "gửi")
    assert figures(office, PERSON) == {"members": 130, "meetings": 5, "workers": 150}


def test_a_draft_of_the_old_form_goes_on_with_what_still_fits(
    office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(office, "/solieu", "131", "2", "145")
    with_form(office, tmp_path, monkeypatch, OTHER)
    assert "Hỏi meetings?" in fill(office, "/solieu")
    assert "Nhãn meetings: 5" in fill(office, "5")
    assert waiting(office)["answers"] == {"members": 131, "workers": 145, "meetings": 5}


def test_a_draft_kept_by_an_earlier_release_goes_on(office: SmallOffice) -> None:
    old = {
        "form": "monthly",
        "version": 1,
        "period": MARCH,
        "answers": {"members": 131, "admitted": 2},
        "last": LAST,
        "at": "workers",
        "doubt": 300,
        "single": False,
    }
    fill(office, "/menu")
    with office.store.transaction() as connection:
        state = state_of(connection, PERSON)
        assert state is not None
        state["wait"] = {"subject": "checkin", "data": old}
        connection.execute(tables.conversations.update().values(state=state))
    assert fill(office, "145").startswith("(4/6,")
    assert waiting(office)["answers"] == {"members": 131, "admitted": 2, "workers": 145}
    assert waiting(office)["version"] == forms.load_form("monthly").version


# What it takes.


@pytest.mark.parametrize("scenario", talk_bench.SCENARIOS, ids=lambda scenario: scenario.what)
def test_a_month_takes_no_more_steps_than_promised(library: Library, scenario: talk_bench.Scenario) -> None:
    counted = talk_bench.counted(library, scenario)
    assert counted.messages + counted.taps <= scenario.most


def test_a_talk_that_does_not_end_in_its_figures_is_said(library: Library) -> None:
    for steps, said in ((("dv 131, moi 3", "tap send"), "does not end"), (("/solieu", "tap send"), "no longer offers")):
        with pytest.raises(OfficeError, match=said):
            talk_bench.counted(library, talk_bench.Scenario("x", steps, 9, prompted=False))
