"""The engine on any collection of texts: the right one first however it is typed, and nothing half-written."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import app
from bot.benchmark import measures, percentile, varied
from knowledge.collection import Collection, Entry, Key, build_collection, open_collection
from knowledge.index import LibraryError
from knowledge.keystrokes import typed_keys
from knowledge.naming import is_document_number, naming
from knowledge.ranking import parts_of, query_of, score, text_of
from knowledge.reading import read_corpus
from knowledge.tally import tally_of
from knowledge.vietnamese import fold, is_syllable, place_tone, syllables

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


def first(collection: Collection, question: str) -> Key:
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
        ("tieenf luwowng", "tiền lương"),
        ("tie62n lu7o7ng", "tiền lương"),
        ("ngaan hafng", "ngân hàng"),
        ("tie6n2 lươngf", "tiền lương"),
        ("kpcđ ngan hafng", "kinh phí công đoàn ngân hàng"),
    ],
)
def test_a_question_is_repaired_from_the_words_of_the_collection(
    collection: Collection, typed: str, understood: str
) -> None:
    assert " ".join(collection.understood(typed)) == understood


# Typed without the input method

TONES = "\u0300\u0301\u0309\u0303\u0323"
TELEX = dict(zip([*TONES, *"ăâêôơưđ"], [*"fsrxj", "aw", "aa", "ee", "oo", "ow", "uw", "dd"], strict=True))
VNI = dict(zip([*TONES, *"ăâêôơưđ"], [*"21345", "a8", "a6", "e6", "o6", "o7", "u7", "d9"], strict=True))


def keys_of(text: str, method: Mapping[str, str], tone_last: bool) -> str:
    return " ".join(keys_of_word(word, method, tone_last) for word in text.split())


def keys_of_word(word: str, method: Mapping[str, str], tone_last: bool) -> str:
    typed, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(method[part] for part in parts if part in TONES)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        typed += method.get(bare, bare) + ("" if tone_last else tones)
        tone += tones if tone_last else ""
    return typed + tone


@pytest.mark.parametrize("tone_last", [True, False])
@pytest.mark.parametrize("method", [TELEX, VNI], ids=["telex", "vni"])
def test_the_same_in_the_keys_of_an_input_method(
    collection: Collection, method: Mapping[str, str], tone_last: bool
) -> None:
    found = [(first(collection, keys_of(question, method, tone_last)), key) for question, key in ASKED]
    assert [key for key, _ in found] == [key for _, key in found]


@given(
    st.sampled_from(sorted({word for entry in ENTRIES for word in syllables(entry.text) if is_syllable(word)})),
    st.sampled_from([TELEX, VNI]),
    st.booleans(),
)
def test_keys_are_read_as_the_syllable_they_stand_for(
    syllable: str, method: Mapping[str, str], tone_last: bool
) -> None:
    typed = keys_of_word(syllable, method, tone_last)
    assert typed_keys(typed) == (None if typed.isalpha() and is_syllable(typed) else place_tone(syllable))


@pytest.mark.parametrize("token", ["", "q3", "2025", "covid19", "kpcđ", "wifi", "lương", "them", "thuwowngr" * 9])
def test_what_is_no_keys_is_left_alone(token: str) -> None:
    assert typed_keys(token) is None


def test_what_the_collection_writes_is_no_keys_but_beside_others_that_are(tmp_path: Path) -> None:
    build_collection(tmp_path, [Entry("a", "", "Xe car; cả nhà, cả tổ, tiền lương"), Entry("b", "", "Tiền thưởng")])
    with open_collection(tmp_path) as opened:
        assert opened.understood("xe car") == ["xe", "car"]
        assert opened.understood("car nhaf") == ["cả", "nhà"]


# Named by its number

LAWS = (
    Entry("cư trú 12", "Luật A", "Điều 12. Nơi ở\nCông dân cư trú ở một nơi."),
    Entry("cư trú 13", "Luật A", "Điều 13. Nơi ở khác\nCông dân cư trú ở nơi khác, như Điều 12 và Điều 12 của Luật A."),
    Entry("nhà ở 12", "Luật B", "Điều 12. Nơi bán\nNhà ở được bán, công dân đứng tên."),
    Entry("một dòng", "Luật C", "Điều 12. Công dân cư trú và công dân ở nhà ở nơi khác."),
    Entry("kế hoạch", "Kế hoạch 130/KH-LĐLĐ", "Thu đoàn phí hằng tháng."),
    Entry("thu", "Kế hoạch 7/KH-LĐLĐ", "Thu đoàn phí hằng tháng, thu đoàn phí cả năm; kế hoạch thu."),
)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Điều 12 Luật A", "cư trú 12"),
        ("dieu 12 luat a", "cư trú 12"),
        ("theo Điều 12 Luật B thì công dân ở nơi nào", "nhà ở 12"),
        ("Điều 12 Luật C", "một dòng"),
        ("Điều 13 Luật A", "cư trú 13"),
        ("kế hoạch thu đoàn phí 130/KH-LĐLĐ", "kế hoạch"),
        ("ke hoach thu doan phi 130/kh-ldld", "kế hoạch"),
        ("kế hoạch thu đoàn phí 130 / KH-LĐLĐ", "kế hoạch"),
        ("kế hoạch thu đoàn phí", "thu"),
    ],
)
def test_a_text_that_is_named_by_its_number_comes_first(tmp_path: Path, question: str, key: str) -> None:
    build_collection(tmp_path, LAWS)
    with open_collection(tmp_path) as opened:
        assert first(opened, question) == key


@pytest.mark.parametrize("text", ["12", "năm 2025", "07/9/2021", "2/3 đoàn viên", "điều kiện 12", "chương trình", ""])
def test_figures_and_dates_name_no_text(text: str) -> None:
    assert naming(syllables(text)) == ""


@pytest.mark.parametrize("token", ["130/kh-lđlđ", "43-kh/đu", "12/2022/nđ-cp"])
def test_document_numbers_are_known(token: str) -> None:
    assert is_document_number(token)


# Odd questions and odd texts


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("vé tháng " * 220, "xe"),
        ("mua vé tháng gửi xe ở đâu và của ai " * 55, "xe"),
        ("\x00 😀 ﷽ \u200fvé\u200b tháng\u00a0\"'; DROP TABLE texts", "xe"),
        ("V É  T H Á N G vé.tháng", "xe"),
    ],
)
def test_a_question_of_any_length_and_signs(collection: Collection, question: str, key: str) -> None:
    assert first(collection, question) == key


def test_a_question_of_words_that_say_little_is_answered_with_little(collection: Collection) -> None:
    said = collection.search("và của là các có được không")
    assert all(found.score < collection.search("vé tháng gửi xe")[0].score for found in said)


def test_names_that_are_numbers_stay_numbers_and_texts_of_one_name_are_one(tmp_path: Path) -> None:
    same = [Entry(7, "", "thăm hỏi đoàn viên"), Entry("7", "", "đoàn phí"), Entry(7, "", "thăm hỏi người ốm, thăm hỏi")]
    assert build_collection(tmp_path, same) == 3
    with open_collection(tmp_path) as opened:
        assert [found.key for found in opened.search("thăm hỏi")] == [7]
        assert [found.key for found in opened.search("đoàn phí")] == ["7"]


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\x00", "a" * 500_000, "nghỉ " * 20_000, "_ _ __", "😀" * 100])
def test_a_text_of_any_length_and_signs_is_taken(tmp_path: Path, text: str) -> None:
    assert build_collection(tmp_path, [Entry("odd", text[:40], text), Entry("plain", "", "vé tháng")]) == 2
    with open_collection(tmp_path) as opened:
        assert first(opened, "vé tháng") == "plain"


WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_a_tally_of_the_terms_scores_like_the_whole_text(
    title: list[str], parts: list[list[str]], asked: list[str]
) -> None:
    query = query_of(asked, lambda _: 2, 9)
    assert score(query, tally_of(asked, query)(title, parts), 7, 5) == pytest.approx(
        score(query, text_of(title, parts), 7, 5)
    )


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


def jsonl(path: Path, rows: Sequence[Mapping[str, object]]) -> str:
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
