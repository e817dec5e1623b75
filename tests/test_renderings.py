"""One Reply in its four forms, as people on each channel see it: `tests/renderings/<reply>.txt`.

`pytest tests/test_renderings.py --update` rewrites the files; read what changed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels import Limits, Message
from bot.channels.console import Console
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo import Zalo
from bot.rendering import render, units
from handlers import Attachment, Choice, Reply
from handlers.phrasebook import Phrases
from tests.zalo_forms import faults

FOLDER = Path(__file__).parent / "renderings"
FORMS: dict[str, Limits] = {each.name: each.limits for each in (Telegram, Zalo, WebChat, Console)}
DRAFT = Attachment("bao-cao-quy-1-2025.docx", "application/octet-stream", b"PK content")
QR = Attachment("loi-moi.png", "image/png", b"\x89PNG\r\n content")
CHART = Attachment("tien-do.png", "image/png", b"\x89PNG\r\n content")
LINK = "https://bot.example/files/412-1742693400-0123456789abcdef0123456789abcdef"
UNTIL = "08:30 23/03/2025"

LONG = "\n\n".join(
    f"{number}. Trong 3 tháng đầu năm 2025, công đoàn cơ sở kết nạp mới 3.100 đoàn viên, đạt 98,5 % chỉ tiêu giao. "
    "Tổ chức 12 buổi tuyên truyền với 28.437 lượt người dự, hạn báo cáo là ngày 15/07/2026. Các đơn vị chủ động rà "
    "soát, đối chiếu số liệu với sổ sách rồi gửi về công đoàn cấp trên."
    for number in range(1, 17)
)
REPLIES: dict[str, Reply] = {
    "tra-loi": Reply(
        "Đến hết năm 2025, ít nhất 80% doanh nghiệp có từ 25 lao động trở lên có tổ chức công đoàn.\n\n"
        "Nguồn: Kế hoạch 43-KH/ĐU, mục II.2.1",
        (Choice("ask:wording:1", "Xem nguyên văn"), Choice("ask:others:1", "Các chỉ tiêu khác")),
    ),
    "nhac-bao-cao": Reply(
        "Báo cáo quý I/2025 đến hạn ngày 18/03/2025, hiện đã quá hạn 2 ngày làm việc. Anh/chị nộp giúp em nhé.",
        (Choice("report:done", "Đã nộp"), Choice("report:draft", "Soạn báo cáo"), Choice("report:later", "Để sau")),
    ),
    "hoi-so-lieu": Reply(
        "Tháng này đơn vị có bao nhiêu đoàn viên ạ? Tháng trước: 1.250.",
        (Choice("checkin:back", "Quay lại"), Choice("checkin:skip", "Bỏ qua"), Choice("checkin:stop", "Để sau")),
        keys="letters",
    ),
    "viec-khong-lay-lai-duoc": Reply(
        "Nếu xóa, anh/chị thôi mọi nhiệm vụ ngay, không lấy lại được. Anh/chị xác nhận xóa ạ?",
        (Choice("privacy:yes:2025-03-21", "Xóa hết"), Choice("privacy:no", "Không xóa")),
        keys="words",
    ),
    "ban-nhap": Reply(
        "Em gửi anh/chị bản nháp báo cáo quý I/2025.",
        (Choice("report:send", "Gửi báo cáo"), Choice("report:edit", "Sửa")),
        file=DRAFT,
    ),
    "bieu-do": Reply("", file=CHART),
    "nhieu-lua-chon": Reply(
        "Anh/chị chọn đơn vị:",
        tuple(Choice(f"staff:union:PR-{n:02}", f"PR-{n:02} · Công đoàn cơ sở mẫu {n}, xã Phú Riềng") for n in range(9)),
    ),
    "duyet-bao-cao": Reply(
        "Báo cáo chờ duyệt 1/3\nCĐCS Công ty Cao su (mẫu 1): Báo cáo quý, quý I/2025. Nộp lúc 08:00 17/03/2025, số "
        "BC-00001, đúng hạn. Soạn từ số liệu tháng.",
        (
            Choice("review:accept:1", "Duyệt"),
            Choice("review:return:1", "Trả lại"),
            Choice("review:open:1", "Mở bản đã nộp"),
            Choice("review:show:1", "Báo cáo khác"),
        ),
    ),
    "du-thao": Reply(
        "Dự thảo báo cáo quý, quý I/2025 của CĐCS Công ty Cao su (mẫu 1):\n\n1. Kết quả hoạt động\n• Đoàn viên "
        "hiện có: 128 (tháng 2/2025)",
        (
            Choice("report:send:ab12cd", "Nộp báo cáo"),
            Choice("report:lines:ab12cd", "Sửa một dòng"),
            Choice("report:put:ab12cd", "Để sau"),
            Choice("report:cancel:ab12cd", "Bỏ dự thảo"),
        ),
    ),
    "chon-dong": Reply(
        "Anh/chị muốn sửa dòng nào ạ?",
        (
            Choice("report:edit:ab12cd:f-members", "Đoàn viên hiện có: 128 (tháng 2/2025)"),
            Choice("report:edit:ab12cd:f-admitted", "Kết nạp mới trong kỳ: 5; kỳ trước 3, tăng 2"),
            Choice("report:show:ab12cd", "Quay lại dự thảo"),
        ),
        keys="letters",
    ),
    "ban-tin": Reply(
        "4 đơn vị chưa nộp báo cáo đã quá hạn.\nLĐLĐ huyện Phú Riềng, ngày 20/03/2025.\n\nBáo cáo quý, quý I/2025: hạn "
        "18/03/2025, muộn 2 ngày làm việc (2 đơn vị)\n• PR-01 · CĐCS Công ty Cao su (mẫu 1) (chưa mở tin)\n• PR-02 · "
        "CĐCS Trường THCS (mẫu 2) (chưa có cán bộ)\n\nChưa gửi số liệu tháng 2/2025 (2 đơn vị): PR-01, PR-02",
        (
            Choice("digest:pick:nudge:0", "Nhắc lại"),
            Choice("digest:pick:more:0", "Gia hạn"),
            Choice("digest:pick:paper:0", "Đã nhận bản giấy"),
            Choice("digest:list:0", "Xem danh sách"),
            Choice("digest:sheet", "Xuất Excel"),
        ),
        file=CHART,
    ),
    "mot-bao-cao": Reply(
        "CĐCS Trường THCS (mẫu 2) (PR-02)\n• Báo cáo quý, quý I/2025: hạn 18/03/2025, chưa nộp, muộn 2 ngày làm việc.",
        (
            Choice("exempt:days:1a2b3c4d:quy-pr:2025-Q1", "Gia hạn"),
            Choice("exempt:excuse:1a2b3c4d:quy-pr:2025-Q1", "Miễn kỳ này"),
            Choice("exempt:paper:1a2b3c4d:quy-pr:2025-Q1", "Đã nhận bản giấy"),
            Choice("exempt:system:1a2b3c4d:quy-pr:2025-Q1", "Đã nhận qua hệ thống khác"),
            Choice("exempt:nothing:1a2b3c4d:quy-pr:2025-Q1", "Không phát sinh"),
        ),
    ),
    "loi-moi": Reply(
        "Lời mời làm cán bộ công đoàn của CĐCS Trường THCS (mẫu 2), dùng một lần, đến hết ngày 03/04/2025.\nMã: "
        "ABCD-2345\nAnh/chị chuyển tin này cho người được mời. Người đó mở trợ lý rồi nhập mã.",
        (Choice("staff:drop:7", "Thu hồi lời mời này"),),
        file=QR,
    ),
    "nhan-loi-moi": Reply(
        "Anh/chị được mời làm cán bộ công đoàn của CĐCS Trường THCS (mẫu 2), thuộc LĐLĐ huyện Phú Riềng.\n\nTheo Luật "
        "Bảo vệ dữ liệu cá nhân (91/2025/QH15), im lặng không phải là đồng ý. Em chỉ lưu khi anh/chị chọn Đồng ý.",
        (Choice("join:yes:7", "Đồng ý"), Choice("join:no:7", "Không đồng ý")),
    ),
    "them-van-ban": Reply(
        "Anh/chị có thêm văn bản này vào kho không ạ? Em sẽ trả lời theo văn bản cho LĐLĐ huyện Phú Riềng và các đơn "
        "vị trực thuộc.",
        (
            Choice("intake:keep:3", "Thêm vào kho văn bản"),
            Choice("intake:where:3", "Áp dụng cho đơn vị khác"),
            Choice("intake:none:3", "Không thêm vào kho"),
        ),
    ),
    "bao-cao-dai": Reply(LONG, (Choice("report:send", "Gửi báo cáo"), Choice("report:edit", "Sửa")), file=DRAFT),
}


def in_four_forms(reply: Reply) -> str:
    """What people see, channel by channel."""
    lines: list[str] = []
    for name, limits in FORMS.items():
        lines += [f"=== {name} ===", *shown(render(reply, limits, instead_of(reply))), ""]
    return "\n".join(lines)


def instead_of(reply: Reply) -> str:
    return Phrases("vi").say("file-link", name=reply.file.name, link=LINK, until=UNTIL) if reply.file else ""


def shown(messages: tuple[Message, ...]) -> Iterator[str]:
    """Messages one below the other: buttons in brackets, a file in angles."""
    for place, message in enumerate(messages):
        yield from ["--- next message ---"] if place else []
        yield from [message.text] if message.text else []
        yield from ["  ".join(f"[{button.label}]" for button in message.buttons)] if message.buttons else []
        yield from [f"<{message.file.name}>"] if message.file else []


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_in_its_four_forms(name: str, request: pytest.FixtureRequest) -> None:
    file, found = FOLDER / f"{name}.txt", in_four_forms(REPLIES[name])
    if request.config.getoption("--update"):
        file.write_text(found, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == found, "read the difference; if it is right: pytest … --update"


def test_every_file_has_its_reply() -> None:
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(REPLIES)


def test_zalo_gets_all_that_the_others_get() -> None:
    """No word is lost where there are no buttons and no files, and nothing is longer than Zalo takes."""
    for name, reply in REPLIES.items():
        messages = render(reply, FORMS["zalo"], instead_of(reply))
        whole = " ".join(" ".join(message.text for message in messages).split())
        assert all(1 <= units(message.text) <= 2000 for message in messages), name
        assert " ".join(reply.text.split()) in whole, name
        assert all(choice.label in whole for choice in reply.choices), name
        assert (LINK in whole) == (reply.file is not None), name


@pytest.mark.parametrize("name", REPLIES)
def test_every_reply_can_be_answered_by_typing(name: str) -> None:
    assert not list(faults(REPLIES[name]))


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply("Anh/chị chọn:", tuple(Choice(f"x:{n}", f"Mục {n}") for n in range(13))), "13 lines"),
        (Reply("Anh/chị bấm nút Nộp ạ."), "tapping"),
        (Reply("Anh/chị chọn:", (Choice("x:1", "Đơn vị"), Choice("x:2", "Đơn vị"))), "twice"),
        (Reply("Anh/chị chọn:", (Choice("x:1", "Đơn vị"), Choice("x:2", "đơn vị."))), "cannot be typed"),
        (Reply("Bao nhiêu ạ?", (Choice("x:1", "25"), Choice("x:2", "30"))), "looks like a key"),
        (Reply("Anh/chị chọn:", tuple(Choice(f"x:{n}", f"{n} " + "tên rất dài " * 40) for n in range(6))), "more than"),
    ],
)
def test_a_reply_that_cannot_be_answered_by_typing_is_found_out(reply: Reply, fault: str) -> None:
    assert any(fault in found for found in faults(reply))


def test_where_there_is_no_public_address_the_file_is_named() -> None:
    words = Phrases("vi").say("file-elsewhere", name=DRAFT.name)
    (message,) = render(Reply("", file=DRAFT), FORMS["zalo"], words)
    assert DRAFT.name in message.text and "https" not in message.text
