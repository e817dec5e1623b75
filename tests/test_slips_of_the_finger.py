"""Questions as a phone gets them: keys of an input method that was off, slips of the finger, in both languages."""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge.answers import answer
from knowledge.english_slips import mended_english
from knowledge.index import Library
from knowledge.joined import with_letters_back
from knowledge.keystrokes import retyped
from tests.evaluation.score import read_jsonl, score, summarise

QUESTIONS = Path(__file__).parent / "evaluation" / "questions-dev.jsonl"
TODAY = date(2026, 7, 16)
TONES = "\u0300\u0301\u0309\u0303\u0323"
TELEX = dict(zip(TONES, "fsrxj", strict=True)) | dict(
    zip("ăâêôơưđ", ["aw", "aa", "ee", "oo", "ow", "uw", "dd"], strict=True)
)
VNI = dict(zip(TONES, "21345", strict=True)) | dict(
    zip("ăâêôơưđ", ["a8", "a6", "e6", "o6", "o7", "u7", "d9"], strict=True)
)
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Typed = Callable[[str, random.Random], str]


def in_keys(method: Mapping[str, str]) -> Typed:
    def typed(word: str, _: random.Random) -> str:
        parts = unicodedata.normalize("NFD", word)
        tone = "".join(method[part] for part in parts if part in TONES)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        return "".join(method.get(letter.lower(), letter) for letter in bare) + tone

    return typed


def with_slips(word: str, chance: random.Random) -> str:
    """One word in ten with a letter left out, doubled, swapped with the next, or hit beside its key."""
    if len(word) < 3 or chance.random() > 0.1:
        return word
    at = chance.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    row = next((row for row in ROWS if letter in row), letter)
    beside = row[max(0, row.index(letter) - 1)]
    swapped = before + after[:1] + letter + after[1:]
    return chance.choice((before + after, before + letter * 2 + after, swapped, before + beside + after))


def retold(text: str, typed: Typed, chance: random.Random) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: typed(word[0], chance), text)


@pytest.mark.parametrize(
    ("typed", "least"),
    [(in_keys(TELEX), 0.95), (in_keys(VNI), 0.95), (with_slips, 0.88)],
    ids=["telex", "vni", "slips"],
)
def test_the_questions_of_the_evaluation_are_understood(library: Library, typed: Typed, least: float) -> None:
    asked = read_jsonl(QUESTIONS)
    chance, replies = random.Random(7), {}
    for each in asked:
        said, before = (
            retold(each["question"], typed, chance),
            [retold(text, typed, chance) for text in each["history"]],
        )
        unit = each["unit"]
        one = answer(library, said, union=unit, chain=library.chain(unit), history=before, today=TODAY)
        replies[each["id"]] = answer_json(one, Phrases(one.language), 0.0) | {"id": each["id"]}
    found = summarise(score(asked, replies))
    assert found["accuracy"] >= least
    assert found["wrong_numbers"] == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chir tieeu 2025", "chỉ tiêu 2025"),
        ("chi3 tie6u d9oan2 vie6n", "chỉ tiêu đoàn viên"),
        ("Hawngf nawm, ddoanf phis bao nhieeu?", "hằng năm, đoàn phí bao nhiêu?"),
        ("chir tieeu CDDCS", "chỉ tiêu cđcs"),
        ("chỉ tiêu quy3", "chỉ tiêu quy3"),
        ("When is the box of the six opened", "When is the box of the six opened"),
        ("bao cao nop cho ai", "bao cao nop cho ai"),
    ],
)
def test_a_text_typed_in_keys_gets_its_accents(typed: str, meant: str) -> None:
    assert retyped(typed) == meant


@given(st.text(max_size=60))
def test_a_text_without_keys_stays(text: str) -> None:
    assert retyped(retyped(text)) == retyped(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phần tăm", "phần trăm"),
        ("chương tình hành động", "chương trình hành động"),
        ("boa nhiêu đoàn viên", "bao nhiêu đoàn viên"),
        ("kế hoạch ngày nào", "kế hoạch ngày nào"),
        ("tuyển dụng cán bộ", "tuyển dụng cán bộ"),
        ("thi đấu bóng đá", "thi đấu bóng đá"),
    ],
)
def test_a_slip_that_makes_another_syllable_is_mended_beside_its_neighbour(
    library: Library, typed: str, meant: str
) -> None:
    assert with_letters_back(typed.split(), library.spelling) == meant.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hiw many memebrs", "how many members"),
        ("ho signed the paln", "who signed the plan"),
        ("which voard reprots", "which board reports"),
        ("who leads phu rieng", "who leads phu rieng"),
        ("the minimum wage of dockworkers", "the minimum wage of dockworkers"),
    ],
)
def test_english_slips_are_mended_and_unknown_words_stay(typed: str, meant: str) -> None:
    assert mended_english(typed.split(), ()) == meant.split()
