"""The index file: built whole or not at all, read-only, used from several threads, rebuilt when something changed."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Union
from knowledge.facts import BATCH
from knowledge.index import LibraryError, build_index, fingerprint, open_index
from knowledge.lexicon import searchable
from knowledge.reading import read_text
from knowledge.spelling import NUMBER
from knowledge.targets import read_targets

UNIONS = (
    Union("P", "LĐLĐ tỉnh Sông Hậu", "province", ""),
    Union("D", "LĐLĐ huyện Cù Lao", "district", "P"),
    Union("G", "CĐCS Trường Tiểu học (mẫu)", "grassroots", "D"),
)
PLAN = """# KẾ HOẠCH

Số: 12/KH-LĐLĐ

## I. MỤC TIÊU

1. Năm 2026 kết nạp mới 450 đoàn viên.

2. Thu kinh phí công đoàn đạt 97% trở lên so với dự toán.

## II. TỔ CHỨC THỰC HIỆN

1. Công đoàn cơ sở báo cáo hằng quý về Liên đoàn Lao động huyện.
"""
(PLAN_OF_DISTRICT,) = (replace(document, scope="D") for document in read_text(PLAN, "plan.md"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "var" / "index.sqlite"
    build_index(path, [PLAN_OF_DISTRICT], UNIONS)
    return path


def test_what_was_read_comes_back(file: Path) -> None:
    with open_index(file) as library:
        (key,) = library.documents
        assert library.documents[key] == replace(PLAN_OF_DISTRICT, passages=())
        assert library.passages(key) == PLAN_OF_DISTRICT.passages
        assert [target.value for target in library.targets(key)] == [450, 97]
        assert library.obligations(key)[0].frequency == ("quarterly",)
        assert library.unions["G"].name == "CĐCS Trường Tiểu học (mẫu)"
        assert library.size == len(PLAN_OF_DISTRICT.passages)


@pytest.mark.parametrize(
    ("union", "chain", "sees"), [("G", ("G", "D", "P"), True), ("D", ("D", "P"), True), ("P", ("P",), False)]
)
def test_a_document_is_seen_by_its_union_and_all_below_it(
    file: Path, union: str, chain: tuple[str, ...], sees: bool
) -> None:
    with open_index(file) as library:
        assert library.chain(union) == chain
        assert bool(library.scope(chain)) is sees


def test_two_documents_without_a_number_keep_apart(tmp_path: Path) -> None:
    twin = replace(PLAN_OF_DISTRICT, scope="P", file="other.md")
    path = tmp_path / "index.sqlite"
    build_index(path, [PLAN_OF_DISTRICT, twin], UNIONS)
    with open_index(path) as library:
        assert [document.file for document in library.documents.values()] == ["plan.md", "other.md"]
        assert all(target.document == key for key in library.documents for target in library.targets(key))


def test_scope_is_part_of_the_match(file: Path) -> None:
    with open_index(file) as library:
        (key,) = library.documents
        assert library.match('"kinh_phí"', [key], 5)
        assert library.match('"kinh_phí"', [], 5) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [("D", {"D"}), ("DP", {"D", "P"}), ("DPG", {"D", "P", "G"}), ("G", {"G"}), ("", set())],
)
def test_each_scope_finds_its_own(tmp_path: Path, asked: str, found: set[str]) -> None:
    path = tmp_path / "index.sqlite"
    build_index(path, [replace(PLAN_OF_DISTRICT, scope=code, file=code) for code in "DDPPG"], UNIONS)
    with open_index(path) as library:
        matched = library.match('"kinh_phí"', library.scope(asked), 10)
        assert {library.documents[key].scope for key, _, _ in matched} == found


def test_a_single_document_of_a_union_can_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    build_index(path, [replace(PLAN_OF_DISTRICT, file=name) for name in ("a", "b", "c")], UNIONS)
    with open_index(path) as library:
        for key in library.documents:
            assert {found for found, _, _ in library.match('"kinh_phí"', [key], 10)} == {key}


def test_the_fingerprint_follows_documents_and_unions(file: Path) -> None:
    with open_index(file) as library:
        assert library.fingerprint == fingerprint([PLAN_OF_DISTRICT], UNIONS)
    assert fingerprint([replace(PLAN_OF_DISTRICT, scope="P")], UNIONS) != fingerprint([PLAN_OF_DISTRICT], UNIONS)
    assert fingerprint([PLAN_OF_DISTRICT], UNIONS[:2]) != fingerprint([PLAN_OF_DISTRICT], UNIONS)


def test_a_build_that_fails_leaves_the_old_index(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def full(_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("knowledge.facts.read_targets", full)
    with pytest.raises(OSError, match="no space"):
        build_index(file, [PLAN_OF_DISTRICT], UNIONS)
    assert file.read_bytes() == before


def test_progress_counts_every_passage(tmp_path: Path) -> None:
    heard: list[int] = []
    build_index(tmp_path / "index.sqlite", [PLAN_OF_DISTRICT], UNIONS, heard.append)
    assert sum(heard) == len(PLAN_OF_DISTRICT.passages)


def test_documents_are_taken_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    build_index(path, (document for document in [PLAN_OF_DISTRICT]), UNIONS)
    with open_index(path) as library:
        assert library.fingerprint == fingerprint([PLAN_OF_DISTRICT], UNIONS)


def test_many_documents_are_read_in_processes_of_their_own_with_the_same_result(tmp_path: Path) -> None:
    copies = BATCH // len(PLAN_OF_DISTRICT.passages) + 1
    path = tmp_path / "index.sqlite"
    build_index(path, (PLAN_OF_DISTRICT for _ in range(copies)), UNIONS)
    with open_index(path) as library:
        assert len(library.documents) == copies
        for key in (*list(library.documents)[:2], list(library.documents)[-1]):
            assert [replace(target, document="") for target in library.targets(key)] == [
                replace(target, document="") for target in read_targets(PLAN_OF_DISTRICT)
            ]
            assert all(target.document == key for target in library.targets(key))


def test_the_vocabulary_counts_words_pairs_and_takes_numbers_as_one(file: Path) -> None:
    with open_index(file) as library:
        tokens = [token for passage in PLAN_OF_DISTRICT.passages for token in searchable(passage.text)]
        assert library.spelling.written["kinh"] == tokens.count("kinh")
        assert library.spelling.written[NUMBER] == sum(token[0].isdigit() for token in tokens)
        assert library.spelling.written_pairs["kinh", "phí"] == 1
        assert library.spelling.written_pairs["mới", NUMBER] == 1
        assert library.frequencies["97%"] == 1


def test_several_threads_may_ask_at_once(file: Path) -> None:
    with open_index(file) as library, ThreadPoolExecutor(4) as pool:
        (key,) = library.documents
        expressions = [f'"{word}"' for word in ("đoàn_viên", "kinh_phí", "báo_cáo", "dự_toán")] * 25
        found = list(pool.map(lambda expression: library.match(expression, [key], 5), expressions))
    assert all(found)


def test_a_reader_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    with open_index(file) as library:
        library.match('"kinh_phí"', list(library.documents), 5)
    assert file.read_bytes() == before


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="build it with"):
        open_index(tmp_path / "none.sqlite")


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100])
def test_a_broken_index_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="build it again"):
        open_index(path)


def test_an_index_of_another_version_is_refused(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    connection.close()
    with pytest.raises(LibraryError, match="another version"):
        open_index(file)
