"""What officers type and what is understood of it: accents, slips, shorthand, periods, places, levels, follow-ups."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import Library
from knowledge.question import Asker, Question, understand

TODAY = date(2026, 7, 16)


def read(library: Library, text: str, *history: str, union: str = "PR-01") -> Question:
    return understand(text, history, library, Asker(union, library.chain(union)), TODAY)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("thoa uoc lao dong tap the", "thỏa ước lao động tập thể"),
        ("TƯLĐTT 2025 bn %", "thỏa ước lao động tập thể 2025 bao nhiêu phần trăm"),
        ("kpcđ thu đc bn", "kinh phí công đoàn thu được bao nhiêu"),
        ("cdcs bc cho ai", "công đoàn cơ sở báo cáo cho ai"),
        ("chỉ tiệu đoàn viên nam 2023 cuả quận", "chỉ tiêu đoàn viên năm 2023 của quận"),
        ("biên phap chăm lo quyen lợi nguời lao động", "biện pháp chăm lo quyền lợi người lao động"),
        ("Thoả ước, hoà giải", "thỏa ước hòa giải"),
        ("doanh nghiep ngoai nha nuoc", "doanh nghiệp ngoài nhà nước"),
        ("cần nhấn vào nội dung nào", "cần nhấn vào nội dung nào"),
        ("moi quy can bao nhieu lop", "mỗi quý cần bao nhiêu lớp"),
        ("quyet dinh so may", "quyết định số mấy"),
        ("hdan nay do ai ky", "hướng dẫn này do ai ký"),
        ("khách sạn dựa vào đâu", "khách sạn dựa vào đâu"),
    ],
)
def test_accents_slips_and_shorthand_are_repaired(library: Library, typed: str, words: str) -> None:
    assert read(library, typed).words.strip() == words


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("chỉ tiêu 2025", "vi"),
        ("ai ky ke hoach nay", "vi"),
        ("to chuc the nao", "vi"),
        ("what is our 2025 target?", "en"),
        ("Who signed the plan?", "en"),
        ("How many members by 2030", "en"),
        ("Which board handles complaints?", "en"),
        ("How many guilds (nghiệp đoàn) must be founded by next year?", "en"),
    ],
)
def test_the_language_of_a_question(library: Library, typed: str, language: str) -> None:
    assert read(library, typed).language == language


@pytest.mark.parametrize(
    ("typed", "years", "cycle"),
    [
        ("chỉ tiêu năm 2030", (2030,), None),
        ("từ 2023 đến 2045", (2023, 2045), None),
        ("chỉ tiêu năm nay", (2026,), None),
        ("năm tới phải đạt bao nhiêu", (2027,), None),
        ("năm 25 đạt mấy", (2025,), None),
        ("mỗi năm tăng mấy đoàn viên", (), "annual"),
        ("moi nam tang may doan vien", (), "annual"),
        ("chỉ tiêu giai đoạn này", (), "term"),
        ("targets every year", (), "annual"),
    ],
)
def test_periods(library: Library, typed: str, years: tuple[int, ...], cycle: str | None) -> None:
    asked = read(library, typed)
    assert (asked.years, asked.cycle) == (years, cycle)


@pytest.mark.parametrize(
    ("typed", "name", "known"),
    [
        ("so với Ba Đình thì sao", "Ba Đình", True),
        ("chi tieu cua dak lak", "Đắk Lắk", True),
        ("chỉ tiêu tỉnh Lâm Đồng", "Lâm Đồng", False),
        ("chi tieu tinh nghe an", "Nghệ An", False),
        ("chỉ tiêu huyện Bù Gia Mập", "Bù Gia Mập", False),
        ("targets of Cu Chi district", "Cu Chi", False),
    ],
)
def test_places(library: Library, typed: str, name: str, known: bool) -> None:
    (place,) = read(library, typed).places
    assert (place.name, bool(place.unions)) == (name, known)


@pytest.mark.parametrize(
    "typed", ["nơi đặt mục tiêu", "xã đặt ra cho công đoàn", "What must the district Federation of Labour do?", "Hà"]
)
def test_ordinary_words_are_no_places(library: Library, typed: str) -> None:
    assert read(library, typed).places == ()


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("chỉ tiêu của huyện", ("district",)),
        ("tỉnh mình có bao nhiêu đoàn viên", ("province",)),
        ("kế hoạch của quận ủy", ()),
        ("UBND tỉnh làm gì", ()),
        ("tỉnh nhiều hơn huyện bao nhiêu", ("province", "district")),
        ("how many members should the district have", ("district",)),
    ],
)
def test_levels(library: Library, typed: str, levels: tuple[str, ...]) -> None:
    assert read(library, typed).levels == levels


@pytest.mark.parametrize(
    ("before", "typed", "subject", "years"),
    [
        ("Chỉ tiêu đoàn viên năm 2025?", "Còn năm 2030?", ["đoàn viên"], (2030,)),
        ("Chỉ tiêu đoàn viên năm 2025?", "thế còn thỏa ước?", ["thỏa ước"], (2025,)),
        ("Chỉ tiêu đoàn viên năm 2025?", "2045 thì sao", ["đoàn viên"], (2045,)),
        ("Chỉ tiêu đoàn viên năm 2025?", "Ai chủ trì kiểm tra giám sát kế hoạch?", ["kiểm tra giám sát"], ()),
        ("Ai lo thống kê số liệu?", "thế ai lo tuyên truyền", ["tuyên truyền"], ()),
        ("How many members in 2025?", "and in 2030?", ["members"], (2030,)),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out_from_before(
    library: Library, before: str, typed: str, subject: list[str], years: tuple[int, ...]
) -> None:
    asked = read(library, typed, before)
    assert [term.said for term in asked.subject] == subject
    assert asked.years == years


def test_a_subject_that_plans_do_not_speak_of_must_be_held(library: Library) -> None:
    asked = read(library, "Bao nhiêu phần trăm đoàn viên được khám sức khỏe?")
    assert [term.said for term in asked.subject if term.must] == ["khám sức khỏe"]


@given(st.text(max_size=120))
def test_anything_typed_is_understood_somehow(library: Library, typed: str) -> None:
    assert read(library, typed).text == typed


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ba năm nữa là bao nhiêu đoàn viên", {"đoàn viên"}),
        ("nhà máy giày tụi em được bao nhiêu căn nhà", {"căn nhà"}),
        ("bệnh viện có phải lập ban nữ công không", {"lập", "ban nữ công"}),
        ("người lao động nợ kinh phí thì xử lý sao", {"người lao động", "nợ kinh phí"}),
    ],
)
def test_what_an_answer_must_be_about_leaves_out_who_asks_and_what_sort_is_asked_for(
    library: Library, text: str, subject: set[str]
) -> None:
    assert {term.said for term in read(library, text).subject} == subject


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("chưa nộp báo cáo thì bị gì", "consequence", "amount"),
        ("quý một đã thăm được mấy đoàn viên", "done", "list"),
        ("đang có mấy tổ công đoàn", "current", "often"),
        ("đảng ủy gặp công đoàn mấy tháng một lần", "often", "amount"),
        ("của tỉnh gấp mấy lần của huyện", "compare", "often"),
    ],
)
def test_the_sort_of_a_question(library: Library, text: str, wanted: str, unwanted: str) -> None:
    asked = read(library, text)
    assert asked.wants(wanted)
    assert not asked.wants(unwanted)


@pytest.mark.parametrize(
    "whole",
    [
        "chỉ tiêu 2025 của mình là gì?",
        "chi tieu nam nay cua don vi minh la gi",
        "what is our 2025 target?",
        "what are our targets?",
        "liệt kê các chỉ tiêu năm 2025",
    ],
)
@pytest.mark.parametrize(
    "before", ["lương tối thiểu vùng là bao nhiêu", "who signed the plan?", "8/3 chi bao nhieu tien"]
)
def test_a_whole_question_about_the_targets_leans_on_none_before(library: Library, whole: str, before: str) -> None:
    asker = Asker("PR-01", library.chain("PR-01"))
    today = date(2025, 3, 20)
    assert understand(whole, (before,), library, asker, today) == understand(whole, (), library, asker, today)
