"""A form is data; filling it never ends in silence, forgets nothing and leaves nothing behind."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from db import tables
from db.store import Store
from handlers.drafts import Doubt, Draft, back, begin, from_json, put, to_json
from handlers.entries import Problem, type_in
from handlers.form_steps import hear, tap
from handlers.form_talk import ask
from handlers.forms import Form, load_form
from handlers.phrasebook import Phrases
from knowledge.index import Library
from scheduler import ZONE
from tests.small_form import EVERY_TYPE, MARCH, figures, with_form
from tests.small_office import SmallOffice, choices_of, kept, state_of, text_of

PHRASES = Phrases("vi")
PERSON = "PR-01"
CHECK_IN_DAY = datetime(2025, 3, 25, 9, 0, tzinfo=ZONE)
TODAY = CHECK_IN_DAY.date()
LAST = {"members": 128, "admitted": 0, "workers": 140, "agreement": "signed", "visited": 0, "difficulties": None}


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office on the day of the check-in, with one officer."""
    return SmallOffice(store, library, CHECK_IN_DAY, people=(PERSON,))


@pytest.fixture
def every_type(office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallOffice:
    """The same office, with a form that has a field of every type."""
    return with_form(office, tmp_path, monkeypatch, EVERY_TYPE)


def form() -> Form:
    return load_form("monthly")


def fresh(last: dict[str, Any] = LAST) -> Draft:
    return begin(form(), MARCH, dict(last))


# What people type.


@pytest.mark.parametrize(("text", "number"), [("128", 128), ("1.250", 1250), ("1250 đv", 1250), ("mười hai", 12)])
def test_a_clear_number_is_taken(text: str, number: int) -> None:
    following = type_in(form(), fresh({}), text, TODAY)
    assert isinstance(following, Draft) and following.answers == {"members": number}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("khoảng nhiều", "checkin-not-a-number"),
        ("0901234567", "checkin-number-out-of-range"),
        ("giảm 200", "checkin-below-zero"),
        ("9" * 2000, "checkin-not-a-number"),
    ],
)
def test_what_is_no_count_is_asked_for_again(text: str, phrase: str) -> None:
    found = type_in(form(), fresh(), text, TODAY)
    assert isinstance(found, Problem) and found.phrase == phrase


def test_a_change_without_a_figure_to_count_from_is_said() -> None:
    assert type_in(form(), fresh({}), "tăng 3", TODAY) == Problem("checkin-no-last-figure")


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("1131", Doubt("change", (1131,))),
        ("tăng 3", Doubt("moved", (131,))),
        ("giảm 2", Doubt("moved", (126,))),
        ("khoảng 120", Doubt("about", (120,))),
        ("1.25", Doubt("either", (125, 1250))),
        ("-5", Doubt("negative", (123, -5))),
        ("128 (trong đó nữ 60)", Doubt("partly", (128,), "trong đó nữ 60")),
    ],
)
def test_what_is_doubtful_is_asked_about_once(text: str, doubt: Doubt) -> None:
    doubted = type_in(form(), fresh(), text, TODAY)
    assert isinstance(doubted, Draft) and (doubted.doubt, doubted.answers) == (doubt, {})
    asked = ask(form(), doubted, PHRASES, TODAY)
    assert all(
        str(PHRASES.write(value)) in asked.text + " ".join(c.label for c in asked.choices) for value in doubt.values
    )
    picked = tap(form(), doubted, "pick", "members", str(doubt.values[0]), TODAY)
    again = type_in(form(), doubted, str(doubt.values[-1]), TODAY)
    assert picked is not None and picked.answers == {"members": doubt.values[0]}
    assert isinstance(again, Draft) and again.answers == {"members": doubt.values[-1]}
    other = type_in(form(), doubted, "130", TODAY)
    assert isinstance(other, Draft) and (other.doubts, other.answers) == ({}, {"members": 130})


def test_yes_and_no_settle_a_doubt() -> None:
    doubted = type_in(form(), fresh(), "1131", TODAY)
    assert isinstance(doubted, Draft)
    yes, no = type_in(form(), doubted, "đúng rồi ạ", TODAY), type_in(form(), doubted, "nhầm", TODAY)
    assert isinstance(yes, Draft) and yes.answers == {"members": 1131}
    assert no == fresh()


def test_a_number_beyond_another_is_asked_about_whichever_comes_first() -> None:
    draft = put(form(), put(form(), fresh(), 150), 0)
    fewer = tap(form(), draft, "pick", "workers", "140", TODAY)
    assert fewer is not None and fewer.doubt == Doubt("below", (140,))
    heard = hear(form(), fresh(), "dv 150, moi 3", TODAY)
    assert heard is not None and heard[0].doubt == Doubt("above", (150,))
    many = type_in(form(), put(form(), fresh(), 130), "140", TODAY)
    assert isinstance(many, Draft) and many.doubt == Doubt("above", (140,)), "more admitted than there are members"


# Several figures in one message.


@pytest.mark.parametrize(
    ("text", "changed", "left"),
    [
        ("dv 131, moi 3, tham hoi 2", {"members": 131, "admitted": 3, "visited": 2}, []),
        ("131 dv 3 moi 2 tham hoi", {"members": 131, "admitted": 3, "visited": 2}, []),
        ("đoàn viên: 131; lao động: 145", {"members": 131, "workers": 145}, []),
        ("đv 131, thăm 3 đoàn viên khó khăn", {"members": 131, "visited": 3}, []),
        ("members 131, new 3", {"members": 131, "admitted": 3}, []),
        ("dv 131, moi 3, còn lại như cũ", {"members": 131, "admitted": 3}, []),
        ("dv 131, thoa uoc dang thuong luong", {"members": 131, "agreement": "negotiating"}, []),
        ("dv 131, kho khan: thiếu chỗ, thiếu người", {"members": 131, "difficulties": "thiếu chỗ, thiếu người"}, []),
        (
            "đv 131, khó khăn: thiếu máy, không biết hỏi ai",
            {"members": 131, "difficulties": "thiếu máy, không biết hỏi ai"},
            [],
        ),
        ("dv 131, doan phi 5, moi 3", {"members": 131, "admitted": 3}, ["doan phi 5"]),
    ],
)
def test_several_figures_in_one_message(text: str, changed: dict[str, object], left: list[str]) -> None:
    heard = hear(form(), fresh(), text, TODAY)
    assert heard is not None
    draft, said = heard
    assert draft.at is None and draft.answers == {**LAST, **changed}
    assert [each.text for each in said] == left


def test_what_is_not_understood_of_a_field_is_asked() -> None:
    heard = hear(form(), fresh(), "dv abc, moi 3, tham hoi 2", TODAY)
    assert heard is not None and heard[0].at == "members" and heard[0].answers["visited"] == 2
    assert [(each.field.key if each.field else None, each.text) for each in heard[1]] == [("members", "abc")]


def test_without_last_month_what_is_not_mentioned_is_asked() -> None:
    heard = hear(form(), fresh({}), "dv 131, moi 3", TODAY)
    assert heard is not None and heard[0].at == "workers"
    following = type_in(form(), heard[0], "140", TODAY)
    assert isinstance(following, Draft) and following.at == "agreement"


@pytest.mark.parametrize(
    "question",
    [
        "chỉ tiêu 2025 đoàn viên là bao nhiêu",
        "đơn vị có 25 đoàn viên, kết nạp 3 người thì có phải họp không?",
        "kế hoạch 2025 phát triển đoàn viên mới",
        "báo cáo quý 1 nộp cho ai",
    ],
)
def test_a_question_is_no_message_of_figures(office: SmallOffice, question: str) -> None:
    reply = text_of(office.says(PERSON, question))
    assert "Anh/chị xem đúng chưa ạ?" not in reply and kept(office.store, PERSON)["wait"] is None


@pytest.mark.parametrize(
    "question",
    [
        "2027 kết nạp bao nhiêu đoàn viên",
        "100 công nhân thì được mấy cán bộ chuyên trách",
        "đoàn viên gặp tai nạn lao động thì được hỗ trợ ra sao",
        "tỉnh có chỉ tiêu ký thỏa ước không",
        "ai đề xuất khen thưởng cho công đoàn",
        "5 năm thì kết nạp được tổng cộng bao nhiêu",
    ],
)
def test_a_question_without_its_mark_is_no_answer_to_an_open_form(question: str) -> None:
    assert hear(form(), fresh(), question, TODAY) is None


# Any sequence of texts and taps.

TEXTS = ["128", "1.131", "0", "một trăm", "không rõ", "a", "b", "1", "2", "-5", "tăng 3", "khoảng 9", "đúng", "sai"]
COMMANDS = ["/solieu", "/huy", "/menu", "/baocao", "gửi", "quay lại", "để sau", "bỏ qua", "không phát sinh", "ok"]
STRANGE = [
    "Xưởng 2 thiếu chỗ",
    "hỏi gì?",
    "\u200b",
    "x" * 1500,
    "x" * 3000,
    "dv 5, moi 3",
    "kết nạp 5",
    "15/3",
    "98,5%",
]
steps = st.one_of(
    st.tuples(st.just("says"), st.sampled_from(TEXTS)),
    st.tuples(st.just("says"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("says"), st.sampled_from(STRANGE)),
    st.tuples(st.just("taps"), st.integers(0, 12)),
    st.tuples(st.just("taps again"), st.integers(0, 30)),
)


def empty(store: Store) -> None:
    """Forget everything that a talk leaves."""
    with store.transaction() as connection:
        for table in (tables.outbox, tables.conversations, tables.files):
            connection.execute(delete(table))
        connection.execute(delete(tables.checkins).where(tables.checkins.c.period == MARCH))


def walk_and_check(office: SmallOffice, talk: list[tuple[str, object]]) -> None:
    """Say and tap one thing after the other; every step is answered and leaves a state that can be read again."""
    empty(office.store)
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
        assert all(len(choice.id.encode()) <= 52 and choice.label for choice in choices_of(reply))
        with office.store.transaction() as connection:
            state = state_of(connection, PERSON)
        assert state == json.loads(json.dumps(state, ensure_ascii=False))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(steps, min_size=1, max_size=12))
def test_any_talk_ends_in_a_reply_and_a_state_that_can_be_read_again(
    office: SmallOffice, talk: list[tuple[str, object]]
) -> None:
    walk_and_check(office, talk)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(steps, min_size=1, max_size=8))
def test_any_talk_about_any_form_ends_in_a_reply(every_type: SmallOffice, talk: list[tuple[str, object]]) -> None:
    walk_and_check(every_type, talk)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(steps, min_size=1, max_size=8))
def test_cancelling_any_talk_leaves_no_trace(office: SmallOffice, talk: list[tuple[str, object]]) -> None:
    walk_and_check(office, [step for step in talk if step != ("says", "gửi")])
    sent = figures(office, PERSON)
    office.says(PERSON, "/huy")
    office.says(PERSON, "/huy")
    after = kept(office.store, PERSON)
    assert (after["wait"], after["parked"], figures(office, PERSON)) == (None, None, sent)


moves = st.lists(
    st.tuples(st.sampled_from(["type", "tap", "back"]), st.sampled_from([*TEXTS, *STRANGE]), st.integers(0, 9)),
    max_size=20,
)


@pytest.mark.parametrize("name", ["monthly", "monthly_public"])
@given(talk=moves)
def test_back_undoes_and_a_draft_survives_json(name: str, talk: list[tuple[str, str, int]]) -> None:
    filled = load_form(name)
    draft = begin(filled, MARCH, dict(LAST))
    for kind, text, number in talk:
        following = _after(filled, draft, kind, text, number)
        if following not in (draft, back(draft)):
            undone, before = back(following), following if following.doubt else draft
            # Of a value that waits for a yes only that is undone: its question is asked again.
            doubts = {key: doubt for key, doubt in before.doubts.items() if key != before.at}
            assert (undone.answers, undone.at, undone.doubts, undone.chosen) == (
                before.answers,
                before.at,
                doubts,
                before.chosen,
            )
        draft = following
        assert from_json(json.loads(json.dumps(to_json(draft)))) == draft
        assert ask(filled, draft, PHRASES, TODAY).text


def _after(filled: Form, draft: Draft, kind: str, text: str, number: int) -> Draft:
    if kind == "back":
        return back(draft)
    if kind == "type":
        heard = hear(filled, draft, text, TODAY)
        return heard[0] if heard else draft
    choices = ask(filled, draft, PHRASES, TODAY).choices
    _, action, _, *words = choices[number % len(choices)].id.split(":")
    if action in ("later", "same", "send", "lines", "cancel"):
        return draft
    return tap(filled, draft, action, words[0], words[1], TODAY) or draft
