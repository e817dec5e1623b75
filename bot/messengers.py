"""The channels whose servers stand somewhere else: made from the settings, asked whether they know us."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.app import OfficeError
from bot.channels import Channel, ChannelRefused, Receive
from bot.channels.webhooks import Webhook
from bot.channels.zalo import Zalo
from bot.health import ChannelState, Health
from bot.settings import Settings

log = structlog.get_logger()


class Messenger(Channel, Protocol):
    """A channel with a server of its own somewhere else."""

    async def check(self) -> bool:
        """Ask the server whether it knows us: false where it cannot be asked; raises `ChannelRefused` where it does
        not."""

    async def close(self) -> None:
        """Close the connections."""

    def routes(self, receive: Receive) -> list[web.RouteDef]:
        """Where the server brings updates; empty where it is asked for them."""


def channels_of(settings: Settings) -> dict[str, Messenger]:
    """The channels that the settings configure; raises `ChannelRefused` or `OfficeError` for unusable ones."""
    channels: dict[str, Messenger] = {}
    if settings.telegram_bot_token is not None:
        # Here, because it takes seconds to load, and only `congdoan run` needs it.
        from bot.channels.telegram import Telegram  # noqa: PLC0415

        token = settings.telegram_bot_token.get_secret_value()
        webhook = _webhook(settings, settings.telegram_webhook_secret)
        channels[Telegram.name] = Telegram(token, api_base=settings.telegram_api_base, webhook=webhook)
    if settings.zalo_bot_token is not None:
        token = settings.zalo_bot_token.get_secret_value()
        webhook = _webhook(settings, settings.zalo_webhook_secret)
        channels[Zalo.name] = Zalo(token, api_base=settings.zalo_api_base, webhook=webhook)
    return channels


def _webhook(settings: Settings, own: SecretStr | None) -> Webhook | None:
    """Where one channel brings updates; `own` is the word that only this channel was told, if there is one."""
    if not settings.webhook_base_url:
        return None
    secret = own or settings.webhook_secret
    if secret is None:
        raise OfficeError("WEBHOOK_BASE_URL is set, so WEBHOOK_SECRET must be set too (see .env.example).")
    return Webhook(settings.webhook_base_url, secret.get_secret_value())


async def ask_all(channels: Mapping[str, Messenger], health: Health) -> list[ChannelRefused]:
    """Ask every server whether it knows us, and note what it says; gives the refusals."""
    answers = await asyncio.gather(*(_ask(each, health) for each in channels.values()))
    return [refusal for refusal in answers if refusal]


async def _ask(channel: Messenger, health: Health) -> ChannelRefused | None:
    """Ask one server; gives its refusal."""
    state: ChannelState = "refused"
    refusal = None
    try:
        state = "well" if await channel.check() else "unreachable"
    except ChannelRefused as error:
        refusal = error
    before = health.channels.get(channel.name, "unchecked")
    health.channels[channel.name] = state
    if refusal and before != "refused":
        log.error("channel refused", channel=channel.name, advice=str(refusal))
    elif state == "well" and before == "refused":
        log.info("channel works again", channel=channel.name)
    return refusal
