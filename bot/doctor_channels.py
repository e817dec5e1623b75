"""What `congdoan doctor` finds out about the messengers: tokens, webhooks, and the clock, by theirs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.telegram_webhook import PATH as TELEGRAM_PATH
from bot.channels.zalo_webhook import PATH as ZALO_PATH
from bot.clock import Clock
from bot.finding import Finding, bad, ok, warn
from bot.probe import Said, ask
from bot.settings import Settings
from scheduler import ZONE

MANY_PENDING = 100
RECENT = timedelta(hours=1)
OFF, FAR_OFF = 5.0, 60.0
"""Seconds by which a clock may differ before it is told of, and before reminders come at wrong moments."""
SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")


@dataclass(frozen=True)
class Configured:
    """A messenger as the settings have it."""

    name: str
    token: SecretStr
    base: str
    path: str
    secret: SecretStr | None

    @property
    def setting(self) -> str:
        """The name of the setting with the token."""
        return f"{self.name.upper()}_BOT_TOKEN"


def configured(settings: Settings) -> Iterator[Configured]:
    """The messengers that have a token."""
    common = settings.webhook_secret
    if token := settings.telegram_bot_token:
        secret = settings.telegram_webhook_secret or common
        yield Configured("telegram", token, settings.telegram_api_base, TELEGRAM_PATH, secret)
    if token := settings.zalo_bot_token:
        secret = settings.zalo_webhook_secret or common
        yield Configured("zalo", token, settings.zalo_api_base, ZALO_PATH, secret)


async def channel_findings(settings: Settings, session: ClientSession) -> list[Finding]:
    """What the servers of all messengers say, and how our clock stands to theirs."""
    found: list[Finding] = []
    offsets: list[float] = []
    for channel in configured(settings):
        token = channel.token.get_secret_value().strip()
        known = await ask(session, channel.base, token, "getMe")
        if known.offset_seconds is not None:
            offsets.append(known.offset_seconds)
        found.append(_token(channel, known))
        if known.state == "well":
            there = await ask(session, channel.base, token, "getWebhookInfo")
            found += _webhook(settings, channel, there)
    if not found:
        found.append(bad("channels", "No channel is configured.", "Set ZALO_BOT_TOKEN or TELEGRAM_BOT_TOKEN."))
    return found + list(_clock(settings, offsets))


def _token(channel: Configured, said: Said) -> Finding:
    part = f"{channel.name} token"
    if said.state == "well":
        name = said.result.get("username") or said.result.get("account_name") or said.result.get("id")
        return ok(part, f"It belongs to the bot {name}.")
    if said.state == "refused":
        return bad(part, "The server refuses it.", f"Set {channel.setting} to the token that was given out last.")
    base = f"{channel.name.upper()}_API_BASE"
    return bad(part, "The server cannot be reached.", f"Check the network and {base}; a proxy may be needed.")


def _webhook(settings: Settings, channel: Configured, said: Said) -> Iterator[Finding]:
    part = f"{channel.name} webhook"
    if said.state != "well":
        yield warn(part, "The server does not say where it brings updates.", "Try again later.")
        return
    set_to, base = str(said.result.get("url") or ""), settings.webhook_base_url
    if base is None:
        if set_to:
            advice = "`congdoan run` takes it back when it starts; or set WEBHOOK_BASE_URL."
            yield warn(part, "One is set, but WEBHOOK_BASE_URL is not.", advice)
        else:
            yield ok(part, "None: updates are asked for.")
    else:
        yield from _our_address(channel, base, set_to)
    yield from _backlog(part, said, Clock().now())


def _our_address(channel: Configured, base: str, set_to: str) -> Iterator[Finding]:
    part = f"{channel.name} webhook"
    if not base.startswith("https://"):
        yield bad(part, "WEBHOOK_BASE_URL is no https address.", "Messengers bring updates to https addresses only.")
    if channel.secret is None or not SECRET.fullmatch(channel.secret.get_secret_value()):
        advice = "Set WEBHOOK_SECRET to 32 to 64 characters out of A-Z, a-z, 0-9, _ and -."
        yield bad(part, "It has no secret that the messenger would take.", advice)
    if set_to == base.rstrip("/") + channel.path:
        yield ok(part, "It leads to WEBHOOK_BASE_URL.")
    else:
        elsewhere = "leads elsewhere" if set_to else "is not set"
        yield warn(part, f"It {elsewhere}.", "`congdoan run` sets it when it starts; no other bot may use this token.")


def _backlog(part: str, said: Said, now: datetime) -> Iterator[Finding]:
    """What waits at the server, and what went wrong there last; only Telegram tells."""
    pending, failed = said.result.get("pending_update_count"), said.result.get("last_error_date")
    if isinstance(pending, int) and pending > MANY_PENDING:
        yield warn(part, f"{pending} updates wait at the server.", "See that `congdoan run` runs and is reached.")
    if isinstance(failed, int) and now - datetime.fromtimestamp(failed, ZONE) < RECENT:
        reason = str(said.result.get("last_error_message", ""))[:120]
        moment = f"{datetime.fromtimestamp(failed, ZONE):%H:%M}"
        yield warn(part, f"The server could not bring an update at {moment}: {reason}", "Check WEBHOOK_BASE_URL.")


def _clock(settings: Settings, offsets: list[float]) -> Iterator[Finding]:
    if settings.congdoan_now:
        yield warn("clock", "CONGDOAN_NOW sets the clock to another time.", "Remove it for real work.")
    if not offsets:
        yield warn("clock", "No server told the time, so it was not compared.", "Keep the machine's clock in step.")
        return
    furthest = max(offsets, key=abs)
    said = f"It is {abs(furthest):.0f} seconds {'behind' if furthest > 0 else 'ahead of'} a messenger's clock."
    advice = "Keep the machine's clock in step (NTP)."
    if abs(furthest) > FAR_OFF:
        yield bad("clock", said, advice)
    elif abs(furthest) > OFF:
        yield warn("clock", said, advice)
    else:
        moment = Clock().now()
        yield ok("clock", f"It agrees with the messengers' clocks; in Viet Nam it is {moment:%H:%M %d/%m/%Y}.")
