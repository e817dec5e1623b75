"""A form is data; filling it never ends in silence, forgets nothing and leaves nothing behind."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from db import checkins, tables
from db.store import Store
from handlers import checkin, forms
from handlers.drafts import Draft, Problem, back, begin, from_json, put, to_json, type_in
from handlers.form_talk import ask
from handlers.forms import Form, FormError, load_form
from handlers.phrasebook import Phrases
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import SmallOffice, choices_of, state_of, text_of

PHRASES = Phrases("vi")
PERSON = "PR-01"
MARCH = "2025-03"
CHECK_IN_DAY = datetime(2025, 3, 25, 9, 0, tzinfo=ZONE)
LAST = {"members": 128, "admitted": 0, "workers": 140, "agreement": "signed", "visited": 0, "difficulties": None}


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office on the day of the check-in, with one officer."""
    return SmallOffice(store, library, CHECK_IN_DAY, people=(PERSON,))


def form() -> Form:
    return load_form("monthly")


def fresh() -> Draft:
    return begin(form(), MARCH, dict(LAST))


# What people type.


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("128", 128),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1 250", 1250),
        ("1250 đv", 1250),
        ("1250 đoàn viên", 1250),
        ("12 người", 12),
        ("1k2", 1200),
        ("mười hai", 12),
        ("muoi hai", 12),
        ("0", 0),
        ("１２８", 128),
        ("  128. ", 128),
    ],
)
def test_vietnamese_numbers_are_understood(text: str, number: int) -> None:
    draft = begin(form(), MARCH, {})
    following = type_in(form(), draft, text)
    assert isinstance(following, Draft) and following.answers == {"members": number}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("1,5", "checkin-not-a-number"),
        ("12,50", "checkin-not-a-number"),
        ("khoảng nhiều", "checkin-not-a-number"),
        ("12 hoặc 13", "checkin-not-a-number"),
        ("0901234567", "checkin-number-out-of-range"),
        ("-5", "checkin-not-a-number"),
        ("9" * 2000, "checkin-not-a-number"),
    ],
)
def test_what_is_no_count_is_asked_for_again(text: str, phrase: str) -> None:
    found = type_in(form(), fresh(), text)
    assert isinstance(found, Problem) and found.phrase == phrase


def test_an_unlikely_number_is_asked_about_once() -> None:
    doubted = type_in(form(), fresh(), "1131")
    assert isinstance(doubted, Draft) and (doubted.doubt, doubted.answers) == (1131, {})
    assert "1.131" in ask(form(), doubted, PHRASES).text
    corrected = type_in(form(), doubted, "131")
    assert isinstance(corrected, Draft) and (corrected.doubt, corrected.answers) == (None, {"members": 131})
    fewer = type_in(form(), put(form(), corrected, 0), "130")
    assert isinstance(fewer, Draft) and fewer.doubt == 130, "fewer workers than members"


# Any sequence of texts and taps.

steps = st.one_of(
    st.tuples(st.just("says"), st.sampled_from(["128", "1.131", "0", "một trăm", "không rõ", "a", "b", "1", "2"])),
    st.tuples(st.just("says"), st.sampled_from(["/solieu", "/huy", "/menu", "/baocao", "gửi", "quay lại", "để sau"])),
    st.tuples(st.just("says"), st.sampled_from(["Xưởng 2 thiếu chỗ", "hỏi gì?", "\u200b", "x" * 1500, "x" * 3000])),
    st.tuples(st.just("taps"), st.integers(0, 8)),
    st.tuples(st.just("taps again"), st.integers(0, 30)),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(steps, min_size=1, max_size=12))
def test_any_talk_ends_in_a_reply_and_a_state_that_can_be_read_again(
    office: SmallOffice, talk: list[tuple[str, object]]
) -> None:
    with office.store.transaction() as connection:
        for table in (tables.outbox, tables.conversations, tables.checkins):
            connection.execute(delete(table))
    offered = [f"checkin:start:{MARCH}"]
    for how, what in talk:
        if how == "says":
            reply = office.says(PERSON, str(what))
        else:
            choices = choices_of(office.letters(PERSON)[-1]) if how == "taps" and office.letters(PERSON) else ()
            known = [choice.id for choice in choices] or offered
            reply = office.taps(PERSON, known[int(str(what)) % len(known)])
        offered += [choice.id for choice in choices_of(reply)]
        assert text_of(reply) and text_of(reply) != PHRASES.say("trouble")
        assert all(len(choice.id.encode()) <= 64 and choice.label for choice in choices_of(reply))
        with office.store.transaction() as connection:
            state = state_of(connection, PERSON)
        assert state == json.loads(json.dumps(state, ensure_ascii=False))


values = st.sampled_from(["130", "0", "1.131", "signed", "Thiếu chỗ sinh hoạt"])


@given(st.lists(st.tuples(st.sampled_from(["type", "back"]), values), max_size=20))
def test_back_undoes_and_a_draft_survives_json(moves: list[tuple[str, str]]) -> None:
    draft = fresh()
    for kind, value in moves:
        at = draft.at
        if kind == "back":
            draft = back(form(), draft)
            expected = 1 if at is None else max(form().place(at) - 1, 1)
            assert at is None or (draft.at is not None and form().place(draft.at) in (expected, form().place(at)))
        elif at is not None:
            moved = type_in(form(), draft, value)
            if isinstance(moved, Draft) and moved.at != at:
                assert back(form(), moved).at == at
            draft = moved if isinstance(moved, Draft) else draft
        assert from_json(json.loads(json.dumps(to_json(draft)))) == draft
        assert ask(form(), draft, PHRASES).text


# The whole way, in the office.


def figures(office: SmallOffice) -> dict[str, object] | None:
    with office.store.transaction() as connection:
        found = checkins.get(connection, PERSON, "monthly", MARCH)
    return found.answers if found else None


def fill(office: SmallOffice, *said: str) -> str:
    """Say one thing after the other; gives the last reply."""
    return [text_of(office.says(PERSON, text)) for text in said][-1]


def test_a_form_is_filled_corrected_and_sent(office: SmallOffice) -> None:
    fill(office, "/solieu", "130 đv", "2", "145", "1", "không có", "Thiếu chỗ sinh hoạt cho chị em")
    office.taps(PERSON, f"checkin:edit:{MARCH}:admitted")
    fill(office, "4")
    assert figures(office) is None
    receipt = fill(office, "gửi")
    assert figures(office) == {
        "members": 130,
        "admitted": 4,
        "workers": 145,
        "agreement": "signed",
        "visited": 0,
        "difficulties": "Thiếu chỗ sinh hoạt cho chị em",
    }
    assert "2025-03/" in receipt


def test_a_month_in_which_nothing_happened_takes_two_taps(office: SmallOffice) -> None:
    office.taps(PERSON, f"checkin:unchanged:{MARCH}")
    office.taps(PERSON, f"checkin:send:{MARCH}")
    assert figures(office) == LAST


@pytest.mark.parametrize("said", [("/huy",), ("để sau", "/huy"), ("/menu", "/huy")])
def test_cancelling_leaves_no_trace(office: SmallOffice, said: tuple[str, ...]) -> None:
    reply = fill(office, "/solieu", "131", "77", *said)
    assert reply == PHRASES.say("checkin-cancelled") and figures(office) is None
    with office.store.transaction() as connection:
        state = state_of(connection, PERSON)
    assert state is not None and state["wait"] is None and state["parked"] is None
    assert "77" not in json.dumps(state)
    assert text_of(office.says(PERSON, "/huy")) == PHRASES.say("nothing-to-cancel")


def test_what_was_put_off_goes_on_where_it_was(office: SmallOffice) -> None:
    fill(office, "/solieu", "131", "để sau", "/baocao")
    assert fill(office, "/solieu").startswith("(2/6,")


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(office: SmallOffice) -> None:
    fill(office, "/solieu", "131", "chỉ tiêu 2025 của huyện mình là gì?")
    answer, again = office.letters(PERSON)[-2:]
    assert "3.100" in text_of(answer) and "(2/6," in text_of(again)
    fill(office, "3")
    with office.store.transaction() as connection:
        state = state_of(connection, PERSON)
    assert state is not None and state["wait"]["data"]["answers"] == {"members": 131, "admitted": 3}


# The file of a form.

MINIMAL = """
id = "monthly"
version = 2
title.vi = "Số liệu"
title.en = "Figures"
"""
FIELD = """
[[field]]
key = "{key}"
type = "{type}"
carry = "{carry}"
label.vi = "Nhãn {key}"
label.en = "Label"
question.vi = "Hỏi {key}?"
question.en = "Question?"
"""
OPTION = """
[[field.option]]
key = "yes"
label.vi = "Có"
label.en = "Yes"
"""


def field(key: str = "members", type_: str = "whole", carry: str = "same") -> str:
    return FIELD.format(key=key, type=type_, carry=carry)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("this is no toml", ("cannot be read",)),
        ("", ("id", "version", "title", "field")),
        (MINIMAL, ("[[field]]",)),
        (MINIMAL.replace("version = 2", 'version = "two"') + field(), ("version",)),
        (MINIMAL.replace('title.en = "Figures"', "") + field(), ("title.en",)),
        (MINIMAL + field(type_="percent"), ("field members", "percent", "whole, choice, text")),
        (MINIMAL + field(carry="yesterday"), ("field members", "yesterday", "same, zero, empty")),
        (MINIMAL + field(type_="choice"), ("field members", "options")),
        (MINIMAL + field() + OPTION, ("field members", "options")),
        (MINIMAL + field(type_="choice") + OPTION + OPTION, ("field members", "'yes'", "twice")),
        (MINIMAL + field(type_="text", carry="zero"), ("field members", "zero")),
        (MINIMAL + field() + field(), ("field members", "twice")),
        (MINIMAL + field("workers:all"), ("field workers:all", "key")),
        (MINIMAL + field("k" * 30), ("field kkk", "key")),
        (MINIMAL + field() + 'at_least = "nothing"\n', ("field members", "nothing", "earlier")),
        (MINIMAL + field().replace('label.en = "Label"', ""), ("field members", "label.en")),
        (MINIMAL + field().replace('question.vi = "Hỏi members?"', ""), ("field members", "question.vi")),
        (MINIMAL + field().replace('key = "members"', ""), ("field 1", "key")),
        (MINIMAL + "field = 7", ("[[field]]",)),
    ],
)
def test_a_mistake_in_a_form_file_names_file_and_field(text: str, names: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "monthly.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refusal:
        load_form("monthly", tmp_path)
    assert str(refusal.value).startswith("monthly.toml")
    assert [name for name in names if name not in str(refusal.value)] == []


def test_a_form_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"quarterly\.toml cannot be read"):
        load_form("quarterly", tmp_path)


def test_every_shipped_form_can_be_asked_in_both_languages() -> None:
    for file in forms.FOLDER.glob("*.toml"):
        shipped = load_form(file.stem)
        for language in ("vi", "en"):
            for each in shipped.fields:
                draft = begin(shipped, MARCH, {})
                draft = Draft(**{**to_json(draft), "at": each.key})
                assert ask(shipped, draft, Phrases(language)).text


@pytest.fixture
def other_form(office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallOffice:
    """The office after its form file was replaced while an officer was filling the old one."""
    fill(office, "/solieu", "131", "2", "145")
    text = MINIMAL + field() + field("meetings", carry="zero") + field("workers") + 'at_least = "members"\n'
    (tmp_path / "monthly.toml").write_text(text, encoding="utf-8")
    real = load_form.__wrapped__
    for room in (checkin, forms):
        monkeypatch.setattr(room, "load_form", lambda name: real(name, tmp_path))
    return office


def test_a_new_form_file_with_another_field_needs_no_code(other_form: SmallOffice) -> None:
    fill(other_form, "/huy")
    assert "Hỏi members?" in fill(other_form, "/solieu")
    assert "Hỏi meetings?" in fill(other_form, "130")
    assert "Hỏi workers?" in fill(other_form, "5")
    assert "Nhãn meetings: 5" in fill(other_form, "150")
    fill(other_form, "gửi")
    assert figures(other_form) == {"members": 130, "meetings": 5, "workers": 150}


def test_a_draft_of_the_old_form_goes_on_with_what_still_fits(other_form: SmallOffice) -> None:
    assert "Hỏi meetings?" in fill(other_form, "/solieu")
    fill(other_form, "5")
    with other_form.store.transaction() as connection:
        state = state_of(connection, PERSON)
    assert state is not None and state["wait"]["data"]["answers"] == {"members": 131, "workers": 145, "meetings": 5}
