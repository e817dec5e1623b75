"""Long-running processes: the demonstration and the bot itself; and a single ring for those who look ahead."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import structlog
import typer
from aiohttp import web

from bot.app import SPACING, House, OfficeError, build_house, running, shelf_of, timetable_of
from bot.channels import Channel, Receive
from bot.channels.webhooks import Webhook
from bot.channels.zalo import Zalo
from bot.clock import Clock, StandingClock
from bot.demonstration import open_demonstration
from bot.links import Links, link_route
from bot.seed import DEMONSTRATION, PURPOSE, seed
from bot.settings import Settings
from bot.shelf import standing
from bot.turns import Tools, ring
from bot.web import demonstration_app
from db import Letter, Officer, notes, officers, unions
from db.store import Store
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE, ticker

log = structlog.get_logger()

RING_MINUTES = 5
LOOPBACK = "127.0.0.1"


class Messenger(Channel, Protocol):
    """A channel with a server of its own somewhere else."""

    async def check(self) -> None:
        """Ask the server whether it knows us; raises `ChannelRefused` if not."""

    async def close(self) -> None:
        """Close the connections."""

    def routes(self, receive: Receive) -> list[web.RouteDef]:
        """Where the server brings updates; empty where it is asked for them."""


def channels_of(settings: Settings) -> dict[str, Messenger]:
    """The channels that the settings configure; raises `ChannelRefused` or `OfficeError` for unusable ones."""
    webhook = None
    if settings.webhook_base_url:
        if settings.webhook_secret is None:
            raise OfficeError("WEBHOOK_BASE_URL is set, so WEBHOOK_SECRET must be set too (see .env.example).")
        webhook = Webhook(settings.webhook_base_url, settings.webhook_secret.get_secret_value())
    channels: dict[str, Messenger] = {}
    if settings.telegram_bot_token is not None:
        # Here, because it takes seconds to load, and only `congdoan run` needs it.
        from bot.channels.telegram import Telegram  # noqa: PLC0415

        token = settings.telegram_bot_token.get_secret_value()
        channels[Telegram.name] = Telegram(token, api_base=settings.telegram_api_base, webhook=webhook)
    if settings.zalo_bot_token is not None:
        token = settings.zalo_bot_token.get_secret_value()
        channels[Zalo.name] = Zalo(token, api_base=settings.zalo_api_base, webhook=webhook)
    return channels


async def serve(settings: Settings, library: Library, channels: Mapping[str, Messenger]) -> None:
    """Run the bot until it is told to stop; what is under way is finished first."""
    store = open_office(settings)
    clock = Clock(settings.start())
    shelf = shelf_of(store, settings.var_dir, library)
    timetable = timetable_of(store, settings, clock)
    spacing = {**SPACING, Zalo.name: settings.zalo_spacing}
    links = Links(settings.public_address())
    house = build_house(store, shelf, clock, dict[str, Channel](channels), timetable, spacing, links)
    try:
        # Before anybody is answered: the shipped documents may not be this office's.
        await asyncio.to_thread(shelf.catch_up, clock.now())
        for channel in channels.values():
            await channel.check()
        async with _public_side(settings, house, channels), running(house) as listening:
            bell = ticker.start(house.turns.ring, RING_MINUTES)
            log.info("running", channels=sorted(channels))
            stop = asyncio.ensure_future(_told_to_stop())
            ends: set[asyncio.Future[Any]] = {stop, listening}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            bell.stop()
            if not stop.done():
                stop.cancel()
                await listening
    finally:
        for channel in channels.values():
            await channel.close()
        shelf.close()
        store.close()


def open_office(settings: Settings) -> Store:
    """The database of a real office; raises `OfficeError` for the demonstration's."""
    store = Store.open(settings.database())
    with store.transaction() as connection:
        if notes.read(connection, PURPOSE) == DEMONSTRATION:
            raise OfficeError("DATABASE_URL points to the demonstration's database. Choose another one for real work.")
    return store


@asynccontextmanager
async def _public_side(settings: Settings, house: House, channels: Mapping[str, Messenger]) -> AsyncIterator[None]:
    """Serve the addresses at which channels bring updates and people fetch files; nothing where there are none."""
    routes = [route for channel in channels.values() for route in channel.routes(house.turns.receive)]
    if settings.public_address():
        routes.append(link_route(house.tools.store, house.tools.clock))
    if not routes:
        yield
        return
    application = web.Application()
    application.add_routes(routes)
    async with _listening(application, "0.0.0.0", settings.webhook_port):  # noqa: S104 - the public side
        yield


@asynccontextmanager
async def _listening(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application; yields the port. Raises `OfficeError` when the port is taken."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise OfficeError(f"Port {port} cannot be used ({error.strerror}). Choose another port.") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _told_to_stop() -> None:
    """Wait for Ctrl-C or a polite kill."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def demonstrate(settings: Settings, library: Library, port: int, database: str | None) -> None:
    """Serve the demonstration on loopback until it is told to stop."""
    url = database or f"sqlite:///{settings.var_dir / 'demonstration.sqlite'}"
    office = open_demonstration(url, settings, library)
    try:
        async with running(office.house), _listening(demonstration_app(office), LOOPBACK, port) as found:
            await office.ring()
            bell = ticker.start(office.ring, RING_MINUTES)
            typer.echo(f"The demonstration is at http://{LOOPBACK}:{found}/  (Ctrl-C ends it)")
            await _told_to_stop()
            bell.stop()
    finally:
        office.close()


def ring_once(
    settings: Settings, library: Library, at: datetime, database: str | None, *, dry_run: bool
) -> list[dict[str, Any]]:
    """The letters of one ring at `at`, as JSON. Where no office exists yet, a fresh demonstration is looked at."""
    at = at.astimezone(ZONE)
    with TemporaryDirectory() as folder:
        store = Store.open(database) if database else _office_or_trial(settings, Path(folder), at)
        tools = Tools(
            store,
            standing(store, library),
            StandingClock(at),
            {},
            timetable_of(store, settings, StandingClock(at), keep=not dry_run),
        )
        letters = ring(tools, dry_run=dry_run)
        with store.transaction() as connection:
            people = {(each.channel, each.address): each for each in officers.everyone(connection)}
        listed = [_as_json(letter, people.get((letter.channel, letter.address))) for letter in letters]
        store.close()
    return listed


def _office_or_trial(settings: Settings, folder: Path, at: datetime) -> Store:
    store = open_office(settings)
    with store.transaction() as connection:
        if unions.count(connection):
            return store
    store.close()
    typer.echo("No organisation was imported yet: these are the letters of a fresh demonstration.", err=True)
    store = Store.open(f"sqlite:///{folder / 'trial.sqlite'}")
    with store.transaction() as connection:
        seed(connection, at, "webchat")
    return store


def _as_json(letter: Letter, officer: Officer | None) -> dict[str, Any]:
    reply = from_json(letter.body)
    return {
        "key": letter.key,
        "kind": letter.kind,
        "union": officer.union if officer else None,
        "channel": letter.channel,
        "address": letter.address,
        "due_at": letter.due_at.isoformat(),
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
    }
