"""Wordings that no list of questions holds: courtesy around a question, half-typed accents, unions named in short."""

from datetime import date

import pytest

from knowledge.counted import counted, thing_counted
from knowledge.framing import without_courtesy
from knowledge.index import Library
from knowledge.question import Asker, Question, understand
from knowledge.rating import place_name
from knowledge.spelling import only_adds
from knowledge.terms import Term

TODAY = date(2025, 10, 15)


def read(library: Library, typed: str) -> Question:
    unit = next(iter(library.unions))
    return understand(typed, (), library, Asker(unit, tuple(library.chain(unit))), TODAY)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("cho em hỏi chút là còn 2030 vậy ạ", "còn 2030"),
        ("dạ anh chị cho em hỏi thế còn bệnh viện thị xã á", "thế còn bệnh viện thị xã á"),
        ("ad ơi Còn thỏa ước thì sao thế nhỉ, em cảm ơn", "Còn thỏa ước thì sao"),
        ("mình muốn hỏi là đối thoại mấy lần ạ?", "đối thoại mấy lần?"),
        ("hỏi thăm đoàn viên ốm bao nhiêu", "hỏi thăm đoàn viên ốm bao nhiêu"),
        ("chị em được khám mấy lần", "chị em được khám mấy lần"),
        ("chi tham om bao nhieu, toi da may lan vay", "chi tham om bao nhieu, toi da may lan vay"),
        ("xếp loại a", "xếp loại a"),
        ("cảm ơn", "cảm ơn"),
        ("", ""),
    ],
)
def test_courtesy_is_no_part_of_a_question(typed: str, asked: str) -> None:
    assert without_courtesy(typed) in (asked, asked.removesuffix(" á"))


@pytest.mark.parametrize(
    ("typed", "form", "adds"),
    [
        ("viec", "việc", True),
        ("viêc", "việc", True),
        ("cuôi", "cuối", True),
        ("cuôi", "cưới", False),
        ("măt", "mặt", True),
        ("măt", "mát", False),
        ("đang", "đảng", True),
        ("dang", "đảng", True),
        ("đang", "dáng", False),
        ("mà", "má", False),
    ],
)
def test_marks_left_out_are_told_from_marks_that_differ(typed: str, form: str, adds: bool) -> None:
    assert only_adds(typed, form) is adds


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "đang uỷ lam việc voi ban châp hành công đoàn xã khi nao",
            "đảng ủy làm việc với ban chấp hành công đoàn xã khi nào",
        ),
        ("cuoi 2025 ca tinh co bao nhieu doan vien", "cuối 2025 cả tỉnh có bao nhiêu đoàn viên"),
        ("the cai cua ubnd", "thế cái của ủy ban nhân dân"),
        ("con 2030 thi sao", "còn 2030 thì sao"),
        ("ca nhiem ky thi tang them bao nhieu doan vien", "cả nhiệm kỳ thì tăng thêm bao nhiêu đoàn viên"),
    ],
)
def test_accents_left_out_come_back(library: Library, typed: str, words: str) -> None:
    assert read(library, typed).words.strip() == words


def test_somebody_who_typed_accents_meant_the_bare_words_too(library: Library) -> None:
    assert " giao " in read(library, "khu kinh tế giao kết nạp bao nhiêu").words


@pytest.mark.parametrize(
    ("core", "place"),
    [
        ("lien doan lao dong huyen phu cat", "phu cat"),
        ("lien doan lao dong thi xa an nhon", "an nhon"),
        ("nganh y te tinh", ""),
        ("lien doan lao dong huyen bu", ""),
        ("cong ty may", ""),
    ],
)
def test_a_union_is_named_by_its_place(core: str, place: str) -> None:
    assert place_name(core) == place


@pytest.mark.parametrize(
    ("words", "sort", "thing"),
    [
        (" phải có mặt trong mấy tiếng ", "trong vòng 02 giờ", False),
        (" thỏa ước có mấy điều có lợi ", "ít nhất 05 điều khoản", False),
        (" tỉnh có bao nhiêu đoàn viên ", None, True),
    ],
)
def test_what_is_counted_in_its_own_word_is_no_thing_of_its_own(words: str, sort: str | None, thing: bool) -> None:
    terms = tuple(Term(said, (said,), 1.0) for said in ("tiếng", "điều", "đoàn viên"))
    pattern = counted(words)
    assert (pattern is None) if sort is None else bool(pattern and pattern.search(sort))
    assert bool(thing_counted(words, terms)) is thing
