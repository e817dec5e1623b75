"""The engine on any collection of texts: the right one first however it is typed, and nothing half-written."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import app
from bot.benchmark import measures, percentile, varied
from knowledge.collection import Collection, Entry, build_collection, open_collection
from knowledge.index import LibraryError
from knowledge.ranking import parts_of
from knowledge.reading import read_corpus
from knowledge.vietnamese import fold

ENTRIES = (
    Entry("nghỉ", "Nội quy", "Nghỉ hằng năm\n1. Người lao động làm đủ 12 tháng được nghỉ 12 ngày phép có lương."),
    Entry("lương", "Nội quy", "Trả lương\n1. Tiền lương trả vào ngày 05 hằng tháng, qua tài khoản ngân hàng."),
    Entry("ốm", "Nội quy", "Chế độ ốm đau\n1. Người lao động nghỉ ốm gửi giấy của cơ sở khám bệnh trong ba ngày."),
    Entry("xe", "Nội quy", "Gửi xe\n1. Xe máy để ở nhà xe phía sau. 2. Vé tháng mua tại phòng bảo vệ."),
    Entry("họp", "Quy chế", "Hội nghị người lao động\n1. Tổ chức mỗi năm một lần; ban chấp hành công đoàn phối hợp."),
    Entry("quỹ", "Quy chế", "Quỹ phúc lợi\n1. Chi thăm hỏi, hiếu hỉ; kinh phí công đoàn không dùng vào việc này."),
)
ASKED = [
    ("được nghỉ mấy ngày phép", "nghỉ"),
    ("bao giờ trả tiền lương", "lương"),
    ("nghỉ ốm phải gửi giấy gì", "ốm"),
    ("mua vé tháng gửi xe ở đâu", "xe"),
    ("hội nghị người lao động mấy năm một lần", "họp"),
    ("kpcđ có dùng cho phúc lợi không", "quỹ"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("collection")
    build_collection(place, ENTRIES)
    return place


@pytest.fixture(scope="module")
def collection(folder: Path) -> Iterator[Collection]:
    with open_collection(folder) as opened:
        yield opened


def first(collection: Collection, question: str) -> str:
    return collection.search(question, 1)[0].key


@pytest.mark.parametrize(("question", "key"), ASKED)
def test_the_right_text_comes_first(collection: Collection, question: str, key: str) -> None:
    assert first(collection, question) == key


@pytest.mark.parametrize(("question", "key"), ASKED)
def test_the_same_without_accents(collection: Collection, question: str, key: str) -> None:
    assert first(collection, fold(question)) == key


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("nghi hang nam", "nghỉ hằng năm"),
        ("tiền lưong", "tiền lương"),
        ("ngân hnàg", "ngân hàng"),
        ("kpcd", "kinh phí công đoàn"),
        ("nghỉ ốm", "nghỉ ốm"),
        ("zzz qqq", "zzz qqq"),
    ],
)
def test_a_question_is_repaired_from_the_words_of_the_collection(
    collection: Collection, typed: str, understood: str
) -> None:
    assert " ".join(collection.understood(typed)) == understood


@pytest.mark.parametrize("question", ["", "   ", "zzz", '"', "NEAR(a b) OR * AND -", "title : x", "_ __"])
def test_what_stands_nowhere_is_not_found(collection: Collection, question: str) -> None:
    assert collection.search(question) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_question_is_answered_in_order_of_the_scores(collection: Collection, question: str) -> None:
    scores = [found.score for found in collection.search(question)]
    assert scores == sorted(scores, reverse=True)


def test_a_long_text_that_answers_in_one_place_does_not_lose(tmp_path: Path) -> None:
    filling = " ".join(
        f"Khoản {number} nói về việc khác của đơn vị và những điều chưa bàn tới." for number in range(60)
    )
    long = Entry("dài", "Điều lệ", f"{filling} Mức đóng đoàn phí bằng một phần trăm tiền lương. {filling}")
    others = [
        Entry(f"n{number}", "Điều lệ", f"Đoàn phí nộp quý {number}; tiền lương tính riêng.") for number in range(9)
    ]
    build_collection(tmp_path, [*others, long])
    with open_collection(tmp_path) as opened:
        assert first(opened, "mức đóng đoàn phí bằng mấy phần trăm tiền lương") == "dài"


def test_a_heading_on_the_first_line_weighs_like_a_title(tmp_path: Path) -> None:
    body = "Đoàn viên nộp đơn. Ban chấp hành xét thăm hỏi trong tháng."
    listed = [Entry("a", "", f"Trợ cấp khó khăn\n{body}"), Entry("b", "", f"{body} Có trợ cấp khó khăn.")]
    build_collection(tmp_path, listed)
    with open_collection(tmp_path) as opened:
        assert first(opened, "trợ cấp khó khăn") == "a"


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", [0]),
        ("một hai ba", [3]),
        ("một " * 30 + ". hai ba", [30, 2]),
        ("\n".join(["một hai ba"] * 20), [27, 27, 6]),
    ],
)
def test_parts_end_with_a_clause_and_are_not_too_short(text: str, lengths: list[int]) -> None:
    assert [len(part) for part in parts_of(text)] == lengths


def test_texts_are_taken_as_they_come(tmp_path: Path) -> None:
    taken, heard = 0, []

    def entries() -> Iterator[Entry]:
        nonlocal taken
        for taken in range(1, 1_201):
            yield Entry(str(taken), "", f"văn bản số {taken}")

    assert build_collection(tmp_path, entries(), lambda done: heard.append((taken, done))) == 1_200
    assert heard == [(500, 500), (1_000, 500), (1_200, 200)]


def test_an_empty_collection_answers_nothing(tmp_path: Path) -> None:
    assert build_collection(tmp_path, []) == 0
    with open_collection(tmp_path) as opened:
        assert opened.search("nghỉ phép") == []


def test_a_build_that_fails_leaves_the_old_collection(tmp_path: Path) -> None:
    build_collection(tmp_path, ENTRIES)

    def broken() -> Iterator[Entry]:
        yield ENTRIES[0]
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        build_collection(tmp_path, broken())
    with open_collection(tmp_path) as opened:
        assert first(opened, "trả tiền lương") == "lương"


def test_a_missing_collection_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="congdoan index"):
        open_collection(tmp_path)


# On the command line


def jsonl(path: Path, rows: list[dict[str, str]]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_index_and_search_on_the_command_line(tmp_path: Path) -> None:
    corpus = jsonl(tmp_path / "corpus.jsonl", [{"id": e.key, "title": e.title, "text": e.text} for e in ENTRIES])
    queries = jsonl(tmp_path / "queries.jsonl", [{"id": key, "text": text} for text, key in ASKED])
    out = str(tmp_path / "out")
    built = CliRunner().invoke(app, ["index", "--corpus", corpus, "--out", out])
    assert (built.exit_code, built.stdout.split()[:2]) == (0, ["6", "texts"])
    found = CliRunner().invoke(app, ["search", "--index", out, "--batch", queries, "--json"])
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(answer["id"], answer["hits"][0]["id"]) for answer in answers] == [(key, key) for _, key in ASKED]
    assert all(answer["ms"] > 0 for answer in answers)
    alone = CliRunner().invoke(app, ["search", "vé tháng", "--index", out])
    assert alone.stdout.startswith("xe (")


@pytest.mark.parametrize("line", ["no json", "[1]", '{"title": "x"}', '{"id": 1}'])
def test_a_line_that_is_no_text_is_named(tmp_path: Path, line: str) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"id": "a", "text": "b"}\n' + line + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["index", "--corpus", str(corpus), "--out", str(tmp_path / "out")])
    assert "corpus.jsonl, line 2" in str(result.exception)
    assert not (tmp_path / "out" / "collection.sqlite").exists()


# The benchmark


def test_copies_differ_in_their_figures_and_keep_their_years() -> None:
    (plan, *_) = read_corpus()
    one, two = (next(copy for copy in varied([plan], 2) if copy.scope == code) for code in ("C1", "C2"))
    assert one.key != two.key
    assert [p.text for p in one.passages] != [p.text for p in two.passages]
    assert all(("2025" in p.text) == ("2025" in q.text) for p, q in zip(one.passages, plan.passages, strict=True))


@pytest.mark.parametrize(("share", "value"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], share) == value


def test_the_benchmark_measures_everything_it_names() -> None:
    heard: list[int] = []
    rows = list(measures(300, date(2026, 7, 16), heard.append, rounds=1))
    assert sum(heard) >= 300
    assert [row.bar for row in rows if row.bar] == [
        "5 / 20 ms",
        "2,000 passages/s",
        "flat",
        "10 / 40 ms",
        "40 / 120 ms",
    ]
