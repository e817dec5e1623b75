"""The calls of the Bot API that carry people's messages, as they go over aiogram's session."""

import json
import re
from functools import partial
from typing import Any, cast

from aiogram import Bot, exceptions, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.types import BufferedInputFile, InputFile
from aiohttp import FormData, JsonPayload

from bot.channels import Button, DeliveryError, Message
from bot.rendering import units

Keyboard = dict[str, list[list[dict[str, str]]]]

SHORT_LABEL = 18
"""UTF-16 units: two such labels stand side by side on a phone."""


class Unreadable(Exception):
    """An answer that is not Telegram's, to a call that Telegram may have carried out."""


class RawUpdates(methods.TelegramMethod[list[Any]]):
    """getUpdates without aiogram's types: one update that it cannot read must not hold up the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class SendText(methods.TelegramMethod[dict[str, Any]]):
    """sendMessage without aiogram's types: what was sent stays sent, even if its answer has a new form.

    `reply_markup` is an InlineKeyboardMarkup (core.telegram.org/bots/api#inlinekeyboardmarkup).
    """

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    reply_markup: Keyboard | None


class SendFile(methods.TelegramMethod[dict[str, Any]]):
    """sendDocument, likewise."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendDocument"

    chat_id: int
    document: InputFile
    caption: str
    reply_markup: Keyboard | None


class Session(AiohttpSession):
    """aiogram's, which tells apart the page of a gateway that refused from an answer that was lost on its way.

    A text goes as JSON (core.telegram.org/bots/api#making-requests): to put it into a form takes as long as all else
    that is done to send it.
    """

    def build_form_data(self, bot: Bot, method: methods.TelegramMethod[Any]) -> FormData:
        """The body of a request; for a text it is no form, as aiohttp sends any payload."""
        if isinstance(method, SendText):
            fields = method.model_dump(exclude_none=True)
            return cast("FormData", JsonPayload(fields, dumps=partial(json.dumps, ensure_ascii=False)))
        return super().build_form_data(bot, method)

    def check_response(
        self, bot: Bot, method: methods.TelegramMethod[Any], status_code: int, content: str
    ) -> methods.Response[Any]:
        """As its parent's; raises `TelegramServerError` for a page that says that nothing was done, `Unreadable` for
        all else that cannot be read."""
        try:
            return super().check_response(bot, method, status_code, content)
        except exceptions.ClientDecodeError:
            refused = status_code >= 400 and status_code != 504
        if refused:
            raise exceptions.TelegramServerError(method, f"status {status_code}")
        raise Unreadable


def order_of(address: str, message: Message) -> SendText | SendFile:
    """The call that sends a message: plain text, no parse mode."""
    if not re.fullmatch(r"-?[0-9]{1,19}", address):
        raise DeliveryError("the address is no Telegram chat id", address_gone=True)
    chat, keyboard = int(address), _keyboard(message.buttons)
    if message.file is None:
        return SendText(chat_id=chat, text=message.text, reply_markup=keyboard)
    document = BufferedInputFile(message.file.content, filename=message.file.name)
    return SendFile(chat_id=chat, document=document, caption=message.text, reply_markup=keyboard)


def _keyboard(buttons: tuple[Button, ...]) -> Keyboard | None:
    if not buttons:
        return None
    in_row = 2 if all(units(button.label) <= SHORT_LABEL for button in buttons) else 1
    keys = [{"text": button.label, "callback_data": button.id} for button in buttons]
    return {"inline_keyboard": [keys[at : at + in_row] for at in range(0, len(keys), in_row)]}
