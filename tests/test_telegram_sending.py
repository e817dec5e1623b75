"""What the Telegram channel sends, against a Bot API on loopback, and what a failed send means."""

import logging
import traceback
from typing import Any

import pytest

from bot.channels import Button, DeliveryError, Message
from handlers import Attachment
from tests.channel_room import bounded
from tests.fake_telegram import TOKEN, FakeTelegram, said, tapped
from tests.telegram_room import SECRET_HALF, opened, refusal

REPORT = Attachment("Báo cáo quý 2.docx", "application/octet-stream", b"PK\x03\x04 content")


def test_a_message_with_buttons_reads_as_telegram_means_it() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            buttons = (Button("checkin:yes", "Rồi"), Button("checkin:no", "Chưa"), Button("later", "Để sau"))
            identity = await channel.send("77", Message("Đơn vị đã nộp báo cáo <quý 2> chưa?", buttons))
            (call,) = server.called("sendMessage")
            assert identity == "1"
            assert call.fields["chat_id"] == "77"
            assert call.fields["text"] == "Đơn vị đã nộp báo cáo <quý 2> chưa?"
            assert "parse_mode" not in call.fields
            assert call.labels() == [["Rồi", "Chưa"], ["Để sau"]]
            keyboard = call.keyboard()
            assert keyboard and keyboard.inline_keyboard[0][1].callback_data == "checkin:no"

    bounded(talk())


def test_a_group_gets_plain_text_without_buttons() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.send("-1001234567890", Message("• CĐCS Trường Mầm non"))
            (call,) = server.called("sendMessage")
            assert call.fields["chat_id"] == "-1001234567890" and call.keyboard() is None

    bounded(talk())


def test_long_labels_stand_one_below_the_other() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.send("77", Message("?", (Button("a", "Có"), Button("b", "Xem toàn bộ các chỉ tiêu năm"))))
            assert server.calls[-1].labels() == [["Có"], ["Xem toàn bộ các chỉ tiêu năm"]]

    bounded(talk())


def test_a_file_goes_as_a_document_with_its_caption_and_buttons() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.send("77", Message("Bản nháp báo cáo", (Button("ok", "Gửi"),), REPORT))
            (call,) = server.called("sendDocument")
            assert list(call.files.values()) == [(REPORT.name, REPORT.content)]
            assert call.fields["caption"] == "Bản nháp báo cáo"
            assert call.labels() == [["Gửi"]]

    bounded(talk())


TEMPORARY = {"retryable": True}
GONE = {"address_gone": True}
UNKNOWN = {"unknown": True}
FAILURES = [
    ("429 with a time", refusal(429, "Too Many Requests: retry after 7", retry_after=7), {**TEMPORARY, "wait": 7.0}),
    ("429 without a time", refusal(429, "Too Many Requests"), {**TEMPORARY, "wait": 30.0}),
    ("blocked", refusal(403, "Forbidden: bot was blocked by the user"), GONE),
    ("never started", refusal(403, "Forbidden: bot can't initiate conversation with a user"), GONE),
    ("chat not found", refusal(400, "Bad Request: chat not found"), GONE),
    ("out of the group", refusal(403, "Forbidden: bot was kicked from the supergroup chat"), GONE),
    ("mute in the group", refusal(400, "Bad Request: not enough rights to send text messages to the chat"), GONE),
    ("group closed to writing", refusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), GONE),
    ("chat moved", refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100), GONE),
    ("text too long", refusal(400, "Bad Request: message is too long"), {}),
    ("button id", refusal(400, "Bad Request: BUTTON_DATA_INVALID"), {}),
    ("file too large", refusal(413, "Request Entity Too Large"), {}),
    ("token", refusal(401, "Unauthorized"), {"reason": "token refused", "retryable": True, "wait": 300}),
    (
        "token of a deleted bot",
        refusal(404, "Not Found"),
        {"reason": "token refused", "retryable": True, "wait": 300},
    ),
    ("server fault", refusal(500, "Internal Server Error: restart"), TEMPORARY),
    ("gateway page", (502, "<html><body>Bad Gateway for /bot" + TOKEN + "/</body></html>"), TEMPORARY),
    ("fault without words", (500, {"ok": False}), TEMPORARY),
    ("a gateway that did not wait", (504, "<html>" + TOKEN), UNKNOWN),
    ("no JSON", (200, "%%% " + TOKEN), UNKNOWN),
    ("JSON of another form", (200, [TOKEN]), UNKNOWN),
    ("connection dropped", "drop", UNKNOWN),
    ("no answer in time", "hang", UNKNOWN),
]


@pytest.mark.parametrize(("answer", "expected"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
@pytest.mark.parametrize("file", [None, REPORT], ids=["text", "document"])
def test_what_a_failed_send_means(
    answer: Any, expected: dict[str, Any], file: Attachment | None, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base, poll_seconds=0, answer_seconds=0.3) as channel:
            server.answers["sendDocument" if file else "sendMessage"].append(answer)
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("Chỉ mình anh/chị đọc câu này", file=file))
            error = caught.value
            assert error.retryable is expected.get("retryable", False)
            assert error.retry_after == expected.get("wait")
            assert error.address_gone is expected.get("address_gone", False)
            assert error.unknown is expected.get("unknown", False)
            assert expected.get("reason", error.reason) == error.reason
            shown = "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
            assert SECRET_HALF not in shown
            assert "Chỉ mình" not in error.reason
            assert error.__context__ is None and error.__cause__ is None, "the original would carry the address along"

    caplog.set_level(logging.DEBUG)
    bounded(talk())


def test_a_refusal_that_quotes_the_message_is_not_passed_on() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append(refusal(400, "Bad Request: strange thing near 'lương của tôi'"))
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("lương của tôi"))
            assert caught.value.reason == "Telegram refused the message"

    bounded(talk())


def test_nobody_listens_at_the_other_end() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server:
            base = server.base
        async with opened(base) as channel:
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("Chào anh/chị"))
            assert (caught.value.retryable, caught.value.unknown) == (True, False)

    bounded(talk())


def test_what_telegram_took_is_sent_even_if_its_answer_is_new_to_us() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append((200, {"ok": True, "result": {"message_id": 9, "chat": "new form"}}))
            assert await channel.send("77", Message("Chào anh/chị")) == "9"

    bounded(talk())


# Answering a tap


def test_a_tap_is_answered_once_and_a_late_answer_is_forgiven() -> None:
    async def talk() -> None:
        async with FakeTelegram(open_taps={"tap4"}) as server, opened(server.base) as channel:
            await channel.acknowledge(tapped(4, "checkin:yes"))
            assert not server.open_taps
            await channel.acknowledge(tapped(4, "checkin:yes"))
            await channel.acknowledge(said(5, "không phải nút"))
            assert len(server.called("answerCallbackQuery")) == 2
            server.answers["answerCallbackQuery"].append((502, "<html>"))
            await channel.acknowledge(tapped(6, "later"))

    bounded(talk())
