"""Progress: each figure shown follows from the stored ones, missing months are said, questions are told apart."""

from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import checkins, targets, unions
from db.figures import Month
from db.store import Store
from handlers.goals import Goal
from handlers.phrasebook import Phrases
from handlers.progress_figures import progress_lines, progress_of
from handlers.progress_measures import Progress, measure, together
from handlers.progress_question import asked
from handlers.progress_words import line
from knowledge import Union
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import THURSDAY, SmallOffice, choices_of, text_of

TODAY = date(2025, 6, 12)
VI, EN = Phrases("vi"), Phrases("en")


def month(number: int, members: int | None = 100, admitted: int | None = 0, workers: int | None = 120) -> Month:
    answers = {"members": members, "admitted": admitted, "workers": workers}
    return Month(f"2025-{number:02d}", "monthly", 1, answers, datetime(2025, number, 25, tzinfo=ZONE))


def goal(indicator: str, value: float, unit: str) -> Goal:
    return Goal("X", indicator, 2025, value, unit)


NEW = goal("new_members", 26, "members")
MEMBERS = goal("members", 130, "members")
SHARE = goal("member_share", 80, "percent")


# What follows from the stored figures


@given(
    st.dictionaries(st.integers(1, 12), st.integers(0, 5_000), min_size=1),
    st.integers(1, 20_000),
    st.dates(date(2024, 6, 1), date(2026, 6, 30)),
)
def test_what_happens_adds_up_and_nothing_is_invented(told: dict[int, int], target: int, today: date) -> None:
    months = [month(number, admitted=count) for number, count in sorted(told.items())]
    progress = measure(goal("new_members", target, "members"), months, today)
    done = sum(told.values())
    assert progress.done == done
    assert progress.left == max(target - done, 0)
    assert progress.percent is not None
    assert abs(Fraction(progress.percent) - Fraction(100 * done, target)) <= (1 if done < target else Fraction(1, 2))
    assert (progress.percent >= 100) == (done >= target), "100 % is said exactly when the target is reached"
    assert progress.as_of == f"2025-{max(told):02d}"
    missing = {int(code[5:]) for code in progress.missing}
    assert missing.isdisjoint(told)
    over = 12 if today.year > 2025 else 0 if today.year < 2025 else today.month - 1
    assert missing | {number for number in told if number <= over} == set(range(1, over + 1))
    assert progress.months_left == 12 - max(over, *told)


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=12), st.integers(1, 6_000))
def test_what_there_is_counts_as_the_latest_month(told: list[int], target: int) -> None:
    months = [month(number, members=count) for number, count in enumerate(told, start=1)]
    progress = measure(goal("members", target, "members"), months, TODAY)
    assert progress.done == told[-1]
    assert not progress.missing


@given(st.integers(0, 3_000), st.integers(1, 3_000), st.integers(1, 100))
def test_a_share_is_of_the_whole_that_the_form_holds(part: int, whole: int, target: int) -> None:
    progress = measure(goal("member_share", target, "percent"), [month(3, members=part, workers=whole)], TODAY)
    assert progress.reached == Fraction(100 * part, whole)
    assert progress.left == max(ceil(Fraction(target * whole, 100)) - part, 0)
    assert (progress.left == 0) == (100 * part >= target * whole)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=20), st.integers(1, 9_000))
def test_a_federation_is_the_sum_of_its_unions(told: list[int], target: int) -> None:
    wanted = goal("new_members", target, "members")
    each = [measure(wanted, [month(2, admitted=count)], TODAY) for count in told]
    whole = together(wanted, [*each, measure(wanted, [], TODAY)], TODAY)
    assert whole.done == sum(told)
    assert (whole.told, whole.as_of) == (len(told), "2025-02")


@given(st.integers(0, 99_999), st.integers(1, 99_999))
def test_the_numbers_of_a_line_are_those_of_the_progress(done: int, target: int) -> None:
    progress = measure(goal("new_members", target, "members"), [month(5, admitted=done)], TODAY)
    said = line(progress, VI).split(": ", 1)[1]
    assert said.startswith(f"{done:,}/{target:,}".replace(",", "."))
    if done < target:
        percent = min(floor(Fraction(100 * done, target) + Fraction(1, 2)), 99)
        assert f", {percent}%, còn {target - done:,} trong 7 tháng".replace(",", ".") in said.replace(",", ".")


@pytest.mark.parametrize(
    ("wanted", "months", "today", "said"),
    [
        (NEW, [month(5, admitted=18)], date(2025, 10, 26), "18/26, 69%, còn 8 trong 3 tháng"),
        (NEW, [month(10, admitted=18)], date(2025, 10, 26), "18/26, 69%, còn 8 trong 2 tháng"),
        (NEW, [month(10, admitted=26)], date(2025, 11, 3), "26/26, đã đạt"),
        (NEW, [month(10, admitted=30)], date(2025, 11, 3), "30/26, đã đạt (115%)"),
        (NEW, [month(12, admitted=25)], date(2026, 1, 9), "25/26, 96%, còn thiếu 1"),
        (NEW, [], TODAY, "chỉ tiêu 26 đoàn viên, chưa có số liệu năm 2025"),
        (goal("new_members", 1_000, "members"), [month(5, admitted=999)], TODAY, "999/1.000, 99%, còn 1"),
        (MEMBERS, [month(4, members=128)], TODAY, "128/130, 98%, còn 2 trong 7 tháng"),
        (SHARE, [month(4, members=95, workers=120)], TODAY, "79,1% (95/120), chỉ tiêu 80%, còn 1 trong"),
        (SHARE, [month(4, members=96, workers=120)], TODAY, "80% (96/120), chỉ tiêu 80%, đã đạt"),
        (SHARE, [month(4, members=96, workers=0)], TODAY, "chưa có số liệu năm 2025"),
        (goal("finance_collected", 310, "million_dong"), [month(4)], TODAY, "số liệu tháng không hỏi mục này"),
        (goal("new_members", 20, "percent"), [month(4)], TODAY, "số liệu tháng không hỏi mục này"),
        (NEW, [month(2, admitted=3), month(4, admitted=2)], TODAY, "(chưa có số liệu tháng 1, 3, 5)"),
    ],
)
def test_a_line(wanted: Goal, months: list[Month], today: date, said: str) -> None:
    assert said in line(measure(wanted, months, today), VI)


def test_months_before_a_union_began_are_not_missing() -> None:
    progress = measure(NEW, [month(4, admitted=1)], TODAY, opened=date(2025, 3, 10))
    assert progress.missing == ("2025-03", "2025-05")


def test_a_correction_replaces_what_it_corrects(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    with store.transaction() as connection:
        targets.assign(connection, "PR-01", "new_members", "2025", 26, "members", officer=None, now=THURSDAY)
        for count in (9, 4):
            answers = {"members": 100, "admitted": count, "workers": 120}
            checkins.put(connection, "PR-01", "monthly", 1, "2025-03", answers, officer=None, late=False, now=THURSDAY)
        (said,) = progress_lines(connection, library, "PR-01", THURSDAY.date(), EN)
    assert "4/26, 15%, 22 to go in 9 months" in said
    assert "4/26" in text_of(office.says("PR-01", "/tiendo"))


# Whose target, from where


def test_a_document_assigns_where_staff_did_not(store: Store, library: Library) -> None:
    SmallOffice(store, library, people=("PR", "PR-01"))
    with store.transaction() as connection:

        def members() -> list[Progress]:
            found = progress_of(connection, library, ("PR",), 2025, THURSDAY.date())["PR"]
            return [each for each in found if each.goal.indicator == "members"]

        (told,) = members()
        assert told.goal.value == 3100
        assert told.goal.source is not None
        assert told.goal.source.section == "II.2"
        assert told.done == 128, "the figures of all unions below"
        targets.assign(connection, "PR", "members", "2025", 3000, "members", officer=None, now=THURSDAY)
        (assigned,) = members()
        assert (assigned.goal.value, assigned.goal.source) == (3000, None)


def test_the_figures_of_a_closed_union_still_count_above(store: Store, library: Library) -> None:
    SmallOffice(store, library, people=("PR", "PR-01", "PR-02"))
    answers = {"members": 100, "admitted": 7, "workers": 120}
    with store.transaction() as connection:
        targets.assign(connection, "PR", "new_members", "2025", 50, "members", officer=None, now=THURSDAY)
        checkins.put(connection, "PR-02", "monthly", 1, "2025-01", answers, officer=None, late=False, now=THURSDAY)
        unions.close(connection, ["PR-02"], date(2025, 3, 1), ["PR-01"])
        found = progress_of(connection, library, ("PR",), 2025, THURSDAY.date())["PR"]
        (whole,) = (each for each in found if each.goal.indicator == "new_members")
    assert whole.done == 7
    assert whole.told == 2


def test_staff_see_their_own_branch_only(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01", "BD", "BD-01"))
    office.says("BD", "/giaochitieu BD-01 kết nạp mới 2025 77")
    office.says("BD", "1")
    assert "77" in text_of(office.says("BD", "/tiendo BD-01"))
    for text in ("/tiendo", "/tiendo BD-01", "BD-01 còn thiếu bao nhiêu để đạt chỉ tiêu kết nạp?"):
        assert "77" not in text_of(office.says("PR", text))
    for choice in ("progress:u:BD-01:2025", "progress:draw:BD-01:2025", "targets:back:1"):
        assert "77" not in text_of(office.taps("PR", choice))
    with store.transaction() as connection:
        standing = targets.get(connection, 1)
    assert standing is not None
    assert standing.withdrawn_at is None


@pytest.mark.parametrize(
    "choice",
    [
        "progress:t:new_members:members:2025:9999",
        "progress:t:x:y:z:1",
        "progress:x:20",
        "progress:u",
        "progress:?",
        "progress:t",
    ],
)
def test_a_broken_button_does_no_harm(store: Store, library: Library, choice: str) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    for person in ("PR", "PR-01"):
        assert text_of(office.taps(person, choice))


def test_many_unions_are_paged_and_the_laggards_come_first(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR", "BPC"))
    with store.transaction() as connection:
        for place, code in enumerate(("PR-01", "PR-02", "PR-03", "PR-04", "PR-05", "PR-06")):
            targets.assign(connection, code, "new_members", "2025", 10, "members", officer=None, now=THURSDAY)
            if place:
                answers = {"members": 100, "admitted": place, "workers": 120}
                checkins.put(connection, code, "monthly", 1, "2025-03", answers, officer=None, late=False, now=THURSDAY)
    for person in ("PR", "BPC"):
        said = text_of(office.says(person, "/tiendo"))
        codes = [row.split()[1] for row in said.splitlines() if row.startswith("•")]
        assert codes[-5:] == ["PR-02", "PR-03", "PR-04", "PR-05", "PR-06"]
        assert "15/60" in said
    assert not any(choice.label == "Trang sau" for choice in choices_of(office.letters("PR")[-1]))


def test_a_long_table_has_pages(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR",))
    codes = [f"PR-{number}" for number in range(100, 125)]
    with store.transaction() as connection:
        unions.put(connection, [Union(code, f"CĐCS {code}", "grassroots", "PR") for code in codes])
        for code in codes:
            targets.assign(connection, code, "new_members", "2025", 10, "members", officer=None, now=THURSDAY)
    shown: list[str] = []
    page = office.says("PR", "/tiendo")
    while True:
        shown += [row.split()[1] for row in text_of(page).splitlines() if row.startswith("•")]
        following = [choice for choice in choices_of(page) if choice.label == "Trang sau"]
        if not following:
            break
        page = office.taps("PR", following[0].id)
    assert shown == codes


# Questions


@pytest.mark.parametrize(
    "question",
    [
        "chúng tôi còn thiếu bao nhiêu để đạt chỉ tiêu?",
        "còn bao nhiêu nữa thì đủ chỉ tiêu kết nạp?",
        "con bao nhieu nua thi du chi tieu ket nap",
        "how far are we from the target?",
        "are we on track for the new member target?",
        "còn thiếu mấy đoàn viên mới nữa",
        "đơn vị em còn phải kết nạp thêm bao nhiêu đoàn viên",
        "minh da ket nap duoc bao nhieu roi",
        "chỉ tiêu nào chưa đạt?",
        "tiến độ chỉ tiêu thế nào rồi",
        "còn thiếu bao nhiêu?",
        "PR-02 còn thiếu bao nhiêu?",
    ],
)
def test_a_question_about_progress(question: str) -> None:
    assert asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "còn bao nhiêu ngày nữa đến hạn báo cáo?",
        "còn thiếu báo cáo nào không?",
        "chỉ tiêu kết nạp năm 2025 là bao nhiêu?",
        "đến năm 2030 phải có bao nhiêu đoàn viên?",
        "chỉ tiêu nhà trẻ cho con công nhân là bao nhiêu",
        "kết nạp mới tối thiểu bao nhiêu đoàn viên",
        "ket nap moi toi thieu may doan vien",
        "thỏa ước tối đa mấy năm",
        "còn chỉ tiêu năm 2030 thì sao?",
        "how many members should we have by 2030?",
        "ai báo cáo tiến độ thực hiện kế hoạch?",
    ],
)
def test_a_question_about_something_else(question: str) -> None:
    assert not asked(question)


@pytest.mark.parametrize(
    ("person", "question", "answered"),
    [
        ("PR-01", "chúng tôi còn thiếu bao nhiêu để đạt chỉ tiêu?", True),
        ("PR-01", "huyện Phú Riềng còn thiếu bao nhiêu đoàn viên để đạt chỉ tiêu?", False),
        ("PR-01", "PR-02 còn thiếu bao nhiêu để đạt chỉ tiêu?", False),
        ("PR-01", "Hà Nội còn thiếu bao nhiêu để đạt chỉ tiêu?", False),
        ("PR-01", "công ty May Việt Tiến còn thiếu bao nhiêu để đạt chỉ tiêu?", False),
        ("PR-01", "công ty mình còn thiếu bao nhiêu để đạt chỉ tiêu?", True),
        ("PR", "PR-01 còn thiếu bao nhiêu để đạt chỉ tiêu?", True),
        ("PR", "BD-01 còn thiếu bao nhiêu để đạt chỉ tiêu?", False),
    ],
)
def test_whose_progress_is_asked_for(
    store: Store, library: Library, person: str, question: str, answered: bool
) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    with store.transaction() as connection:
        targets.assign(connection, "PR-01", "new_members", "2025", 4321, "members", officer=None, now=THURSDAY)
    assert ("4.321" in text_of(office.says(person, question))) == answered
