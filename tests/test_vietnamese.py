"""Vietnamese writing: spellings, folding, tokens."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vietnamese import fold, is_syllable, normalize, pairs, place_tone, split_tone, syllables

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
VIETNAMESE = st.text(alphabet=LETTERS + LETTERS.upper() + " .,-/%0123456789“”")


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("thuỷ", "thủy"),
        ("Uỷ", "Ủy"),
        ("ỦY", "ỦY"),
        ("UỶ", "ỦY"),
        ("toàn", "toàn"),
        ("đòan", "đoàn"),
        ("họat", "hoạt"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("quỹ", "quỹ"),
        ("già", "già"),
        ("gìn", "gìn"),
        ("giếng", "giếng"),
        ("nghĩa", "nghĩa"),
        ("cứu", "cứu"),
        ("hưởng", "hưởng"),
        ("của", "của"),
        ("hoài", "hoài"),
        ("thuế", "thuế"),
        ("café", "café"),
        ("LĐLĐ", "LĐLĐ"),
    ],
)
def test_tone_has_one_place(written: str, house: str) -> None:
    assert place_tone(written) == house


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kế hoạch số 43-KH/ĐU, ngày 07/9/2021", ["kế", "hoạch", "số", "43-kh/đu", "ngày", "07/9/2021"]),
        ("130/KH-LĐLĐ và 49/2021/NĐ-CP", ["130/kh-lđlđ", "và", "49/2021/nđ-cp"]),
        ("khoảng 3.100 đoàn viên", ["khoảng", "3.100", "đoàn", "viên"]),
        ("đạt 98,5 % trở lên", ["đạt", "98,5%", "trở", "lên"]),
        ("2/3 số đơn vị", ["2/3", "số", "đơn", "vị"]),
        ("từ 1-2 người; 2023-2028", ["từ", "1", "2", "người", "2023", "2028"]),
        ("Công đoàn (CĐCS)", ["công", "đoàn", "cđcs"]),
        ("uỷ ban", ["ủy", "ban"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert syllables(text) == tokens


def test_pairs_join_neighbours() -> None:
    assert pairs(["thỏa", "ước", "lao"]) == ["thỏa_ước", "ước_lao"]
    assert pairs(["một"]) == []


@pytest.mark.parametrize(
    ("text", "bare"), [("Đoàn viên", "doan vien"), ("THỎA ƯỚC", "thoa uoc"), ("KPCĐ", "kpcd"), ("80%", "80%")]
)
def test_fold(text: str, bare: str) -> None:
    assert fold(text) == bare


@pytest.mark.parametrize("word", ["đoàn", "nghiêng", "khuỷu", "quyền", "giữa", "gì", "xoong", "quốc", "thuở"])
def test_real_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["đuợc", "tieng", "bt", "kêt", "họcp", "viêc", "wifi", "cđcs"])
def test_impossible_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(VIETNAMESE)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(VIETNAMESE)
def test_normalizing_accepts_decomposed_letters(text: str) -> None:
    assert normalize(unicodedata.normalize("NFD", text)) == normalize(text)


@given(VIETNAMESE)
def test_folding_does_not_care_about_spelling(text: str) -> None:
    assert fold(normalize(text)) == fold(text) == fold(fold(text)) == fold(text.upper())


@given(st.text())
def test_any_text_is_tokenised_without_spaces_or_capitals(text: str) -> None:
    for token in syllables(text):
        assert token
        assert not any(letter.isspace() for letter in token)
        assert token == token.lower()


@given(VIETNAMESE)
def test_tone_and_bare_syllable_make_the_word_again(text: str) -> None:
    for word in syllables(text):
        bare, tone = split_tone(word)
        assert tone == "" or place_tone(unicodedata.normalize("NFC", bare + tone)) is not None
        assert fold(bare) == fold(word)
