"""What the Zalo channel sends, against a Bot API on loopback, and what a failed send means."""

import traceback
from typing import Any

import pytest

from bot.channels import DeliveryError, Message
from tests.channel_room import NOWHERE, bounded
from tests.fake_zalo import CHAT, TOKEN, FakeZalo
from tests.zalo_room import SECRET_HALF, opened, refusal

WORDS = Message("Nội dung riêng")


def test_a_message_is_plain_text_and_nothing_else() -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            identity = await channel.send(CHAT, Message("Đơn vị đã nộp báo cáo <quý 2> *chưa*?\n\n1. Rồi\n2. Chưa"))
            (call,) = server.called("sendMessage")
            assert identity
            text = "Đơn vị đã nộp báo cáo <quý 2> *chưa*?\n\n1. Rồi\n2. Chưa"
            assert call.fields == {"chat_id": CHAT, "text": text}

    bounded(talk())


@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "result": None}, {"ok": True, "result": {"date": 1}}])
def test_a_success_without_a_message_id_is_one(answer: dict[str, Any]) -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append((200, answer))
            assert await channel.send(CHAT, Message("Chào anh/chị")) == ""

    bounded(talk())


TEMPORARY = {"retryable": True}
GONE = {"address_gone": True}
UNKNOWN = {"unknown": True}
FAILURES = [
    ("token", refusal(401, "Unauthorized"), {"reason": "token refused", "retryable": True, "retry_after": 300}),
    ("a fault that Zalo calls 403", refusal(403, "Internal server error"), TEMPORARY),
    ("the code as a string", refusal("403", "Internal server error"), TEMPORARY),
    ("the code with an HTTP status", (403, {"ok": False, "error_code": 403, "description": "x"}), TEMPORARY),
    ("a success by its status, a refusal by its body", refusal(400, "Bad request"), {}),
    ("wrong path", refusal(404, "Not found"), {}),
    ("no such chat", refusal(404, "Chat not found"), GONE),
    ("invalid user", refusal(400, "Bad request: user_id is invalid or User invalid"), GONE),
    ("timeout of a send", refusal(408, "Request timeout"), UNKNOWN),
    ("fault", refusal(500, "x"), TEMPORARY),
    ("unheard of", refusal(418, "x"), {}),
    ("gateway page", (502, f"<html>Bad Gateway for /bot{TOKEN}/</html>"), TEMPORARY),
    ("refused by a firewall", (403, f"<html>{TOKEN}</html>"), TEMPORARY),
    ("gateway that gave up waiting", (504, "<html></html>"), UNKNOWN),
    ("no JSON", (200, "%%% " + TOKEN), UNKNOWN),
    ("no envelope", (200, {"message": TOKEN}), UNKNOWN),
    ("a list", (200, [TOKEN]), UNKNOWN),
    ("a code that is none", (200, {"ok": False, "error_code": {"x": 1}}), TEMPORARY),
    ("no code", (200, {"ok": False}), TEMPORARY),
    ("connection dropped", "drop", UNKNOWN),
    ("no answer in time", "hang", UNKNOWN),
]


@pytest.mark.parametrize(("answer", "meaning"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_what_a_failed_send_means(answer: Any, meaning: dict[str, Any]) -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base, answer_seconds=0.5) as channel:
            server.answers["sendMessage"].append(answer)
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, WORDS)
            error = failure.value
            wanted = {"retryable": False, "retry_after": None, "address_gone": False, "unknown": False}
            found = {name: getattr(error, name) for name in wanted}
            assert found == {**wanted, **{name: value for name, value in meaning.items() if name != "reason"}}
            assert meaning.get("reason", error.reason) == error.reason
            shown = "".join(traceback.format_exception(error)) + repr(vars(error))
            assert SECRET_HALF not in shown and WORDS.text not in shown

    bounded(talk())


def test_out_of_reach_is_tried_again_and_names_no_token() -> None:
    async def talk() -> None:
        async with opened(NOWHERE) as channel:
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, Message("Chào"))
            assert failure.value.retryable and not failure.value.unknown
            assert SECRET_HALF not in "".join(traceback.format_exception(failure.value))

    bounded(talk())


def test_a_quota_that_is_used_up_silences_the_channel_longer_each_time() -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            server.answers["sendMessage"].extend([refusal(429, "Quota exceeded")] * 9)
            silences = []
            for _ in range(9):
                with pytest.raises(DeliveryError, match="quota") as failure:
                    await channel.send(CHAT, Message("Chào"))
                silences.append(failure.value.retry_after)
            assert silences[0] is not None and silences[1] is not None and silences[-1] is not None
            assert 30 <= silences[0] <= 36 and 60 <= silences[1] <= 72 and 3600 <= silences[-1] <= 4320
            await channel.send(CHAT, Message("Chào"))
            server.answers["sendMessage"].append(refusal(429, "Quota exceeded"))
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, Message("Chào"))
            assert failure.value.retry_after is not None and failure.value.retry_after <= 36, "it began anew"

    bounded(talk())
