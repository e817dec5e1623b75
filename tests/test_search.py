"""Retrieval: the right passage first, with and without accents, within what the asker may see."""

from datetime import date

import pytest

from knowledge.index import Library
from knowledge.lexicon import parted
from knowledge.question import Asker, understand
from knowledge.search import closeness, coverage, find, matching
from knowledge.terms import Term
from knowledge.vietnamese import fold

ASKED = [
    ("DLK", "giải pháp chuyển đổi số trong hoạt động công đoàn", "III.4"),
    ("DLK", "nhà ở xã hội cho công nhân", "III.2"),
    ("BD", "sắp xếp bộ máy công đoàn quận", "III.3.1"),
    ("T4", "quản lý thông tin và thẻ đoàn viên", "II.2.4"),
    ("PR", "người đứng đầu tổ chức công đoàn", "II.3.3"),
]


def first(library: Library, union: str, text: str) -> str:
    chain = library.chain(union)
    asked = understand(text, (), library, Asker(union, chain), date(2026, 7, 16))
    return find(library, asked.terms, library.scope(chain))[0].passage.section


@pytest.mark.parametrize(("union", "text", "section"), ASKED)
def test_the_right_passage_comes_first(library: Library, union: str, text: str, section: str) -> None:
    assert first(library, union, text) == section


@pytest.mark.parametrize(("union", "text", "section"), ASKED)
def test_the_same_without_accents(library: Library, union: str, text: str, section: str) -> None:
    assert first(library, union, fold(text)) == section


def test_nothing_is_found_outside_the_scope(library: Library) -> None:
    asked = understand("chuyển đổi số", (), library, Asker("PR", ("PR",)), date(2026, 7, 16))
    keys = library.scope(("PR",))
    assert all(hit.document in keys for hit in find(library, asked.terms, keys))
    assert find(library, asked.terms, ()) == []


@pytest.mark.parametrize(
    ("near", "far", "share"),
    [
        ("ký kết thỏa ước lao động tập thể", "", 1.0),
        ("ký kết hợp đồng", "", 0.5),
        ("", "ký kết thỏa ước lao động tập thể", 0.75),
        ("thăm hỏi, tặng quà", "", 0.0),
    ],
)
def test_coverage_is_the_share_of_what_was_asked(near: str, far: str, share: float) -> None:
    terms = (Term("ký kết", ("ký kết",), 2.0), Term("thỏa ước", ("thỏa ước", "thỏa ước lao động tập thể"), 2.0))
    assert coverage(terms, parted(near), parted(far)) == pytest.approx(share)


def test_a_comma_parts_words() -> None:
    term = (Term("cán bộ công đoàn", ("cán bộ công đoàn",), 1.0),)
    assert coverage(term, parted("đội ngũ cán bộ công đoàn")) > coverage(term, parted("cho cán bộ, công đoàn viên"))


def test_terms_that_stand_together_are_closer() -> None:
    terms = (Term("đào tạo", ("đào tạo",), 1.0), Term("cán bộ", ("cán bộ",), 1.0))
    together = parted("đào tạo cán bộ")
    apart = parted("đào tạo " + "và nhiều việc khác nữa " * 12 + "cán bộ")
    assert closeness(terms, together) > closeness(terms, apart)


@pytest.mark.parametrize(
    ("spread", "size", "expression"),
    [
        ({"kinh": 3, "phí": 4, "kinh_phí": 3}, 100, '"kinh" OR "kinh_phí" OR "phí"'),
        ({"kinh": 30, "phí": 4, "kinh_phí": 3}, 100, '"kinh_phí" OR "phí"'),
        ({"công": 90, "đoàn": 80}, 100, '"đoàn" OR "công"'),
        ({"thẻ": 1, "hội": 5_000, "nghị": 3_000}, 50_000, '"thẻ" OR "nghị"'),
        ({'"': 1, "x": 1}, 10, '"x"'),
        ({}, 10, ""),
    ],
)
def test_common_words_are_left_to_their_pairs(spread: dict[str, int], size: int, expression: str) -> None:
    assert matching(spread, size) == expression
