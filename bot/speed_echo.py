"""The bare echo bot beside which `congdoan bench speed` stands: aiogram as its own documentation sets it up.

Run as a program: `python -m bot.speed_echo API_BASE TOKEN SECRET PORT`.
"""

import sys

from aiogram import Bot, Dispatcher  # noqa: TID251 - the comparison is aiogram itself
from aiogram.client.session.aiohttp import AiohttpSession  # noqa: TID251
from aiogram.client.telegram import TelegramAPIServer  # noqa: TID251
from aiogram.types import Message  # noqa: TID251
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application  # noqa: TID251
from aiohttp import web

from bot.channels.telegram_webhook import PATH


async def echo(message: Message) -> None:
    """Say what was said."""
    await message.answer(message.text or "")


def main(api_base: str, token: str, secret: str, port: str) -> None:
    """Serve the webhook on loopback until stopped."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_base)))
    dispatcher = Dispatcher()
    dispatcher.message()(echo)
    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(application, PATH)
    setup_application(application, dispatcher, bot=bot)
    web.run_app(application, host="127.0.0.1", port=int(port), print=None, access_log=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
