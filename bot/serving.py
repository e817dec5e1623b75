"""Long-running processes: the bot itself and the demonstration."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import structlog
import typer
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.alerts import LOOK_SECONDS, Watch
from bot.app import House, OfficeError, build_house, running, shelf_of, timetable_of
from bot.channels import Channel
from bot.clock import Clock
from bot.health import Health, operation_app
from bot.leasing import by_lease
from bot.links import Links, link_route
from bot.listening import listening
from bot.logs import take_over_complaints
from bot.messengers import Messenger, ask_all
from bot.metrics import Metrics
from bot.rings import RING_MINUTES
from bot.seed import DEMONSTRATION, PURPOSE
from bot.settings import Settings
from bot.shelf import Shelf
from bot.stopping import Stop
from db import notes, queues
from db.engine import StoreError
from db.store import Store
from knowledge.index import Library
from scheduler import ticker

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
ASK_SECONDS = 60.0
"""How often every channel is asked whether it still knows us."""


def open_office(settings: Settings) -> Store:
    """The database of a real office; raises `OfficeError` for the demonstration's."""
    store = Store.open(settings.database())
    with store.transaction() as connection:
        if notes.read(connection, PURPOSE) == DEMONSTRATION:
            raise OfficeError("DATABASE_URL points to the demonstration's database. Choose another one for real work.")
    return store


async def serve(settings: Settings, library: Library, channels: Mapping[str, Messenger]) -> None:
    """Run the bot until it is told to stop; what is under way is finished first.

    Raises `ChannelRefused` where every channel refuses its token at the start.
    """
    take_over_complaints()
    stop = Stop()
    health, metrics = Health(), Metrics()
    store = open_office(settings)
    clock = Clock(settings.start())
    shelf = shelf_of(store, settings.var_dir, library)
    house = _house(settings, store, shelf, clock, channels, metrics)
    try:
        # Before anybody is answered: the shipped documents may not be this office's.
        await asyncio.to_thread(shelf.catch_up, clock.now())
        refusals = await ask_all(channels, health)
        if refusals and len(refusals) == len(channels):
            raise refusals[0]
        async with AsyncExitStack() as sides:
            await sides.enter_async_context(_operation_side(settings, house, health, metrics))
            await sides.enter_async_context(_public_side(settings, house, channels, health))
            await sides.enter_async_context(_at_work(settings, house, channels, health))
            # What was loaded stays as long as the process: no search for garbage need go through it again.
            gc.freeze()
            gc.enable()
            log.info("running", channels=sorted(channels))
            await stop.asked.wait()
            health.stopping = True
    finally:
        for channel in channels.values():
            await channel.close()
        shelf.close()
        store.close()


def _house(
    settings: Settings,
    store: Store,
    shelf: Shelf,
    clock: Clock,
    channels: Mapping[str, Messenger],
    metrics: Metrics,
) -> House:
    """The parts of a running process, as the settings want them."""
    timetable = timetable_of(store, settings, clock)
    links = Links(settings.public_address())
    ways = dict[str, Channel](channels)
    spacing, at_once = settings.spacing(), settings.wave_at_once
    return build_house(store, shelf, clock, ways, timetable, spacing, links, metrics, wave_at_once=at_once)


@asynccontextmanager
async def _at_work(
    settings: Settings, house: House, channels: Mapping[str, Messenger], health: Health
) -> AsyncIterator[None]:
    """Take up what the last process left, then listen, take turns, send, ring and watch until the block ends.

    At the end nothing new is begun, and what is under way is finished: a turn is committed, a send is settled, letters
    that were claimed and not sent are given back.
    """
    tools = house.tools
    await house.turns.take_up()
    watch = Watch(tools.store, tools.clock, tools.timetable, health, settings.var_dir)
    loops: dict[str, Callable[[], Awaitable[None]]] = {
        "the delivery": house.delivery.run,
        "the turns": house.turns.run,
        "the rings": by_lease(tools.store, tools.clock, "ring", partial(_ring_on, house)),
        "the channels' state": partial(_keep_asking, house, channels, health),
        "the alerts": partial(_watch, house, watch),
        **{name: _listening_to(house, channel) for name, channel in channels.items()},
    }
    delivery, *others = [asyncio.create_task(health.kept(name, work)) for name, work in loops.items()]
    try:
        yield
    finally:
        # Delivery last: what a turn answers while it ends is still sent, or given back.
        for tasks in (others, [delivery]):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _listening_to(house: House, channel: Messenger) -> Callable[[], Awaitable[None]]:
    """Hear what a messenger brings, or ask it for updates, which only one process may do at a time."""
    listen, tools = partial(channel.listen, house.turns.receive), house.tools
    brought = channel.routes(house.turns.receive)
    return listen if brought else by_lease(tools.store, tools.clock, f"listen {channel.name}", listen)


async def _ring_on(house: House) -> None:
    """Ring at fixed moments until cancelled."""
    bell = ticker.start(house.turns.ring, RING_MINUTES)
    try:
        await asyncio.Event().wait()
    finally:
        bell.stop()


async def _keep_asking(house: House, channels: Mapping[str, Messenger], health: Health) -> None:
    """Ask every channel again and again whether it knows us: a token may be taken back, and given again.

    Nothing is sent over a channel that refuses us: no letter is at fault, so all of them wait.
    """
    while True:
        until = house.tools.clock.now() + timedelta(seconds=2 * ASK_SECONDS)
        house.delivery.paused |= {name: until for name, state in health.channels.items() if state == "refused"}
        await asyncio.sleep(ASK_SECONDS)
        await ask_all(channels, health)


async def _watch(house: House, watch: Watch) -> None:
    """Look for troubles again and again until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            if await asyncio.to_thread(watch.look):
                house.delivery.wake.set()
        except StoreError as error:
            log.error("database cannot be used", reason=str(error))


@asynccontextmanager
async def _operation_side(settings: Settings, house: House, health: Health, metrics: Metrics) -> AsyncIterator[None]:
    """Tell those who watch how this process is, on a port of its own.

    A port that is taken is only logged: people are answered also where nobody can look on.
    """
    if not settings.operation_port:
        yield
        return
    tools = house.tools

    def use_library() -> None:
        with tools.shelf.lent() as library:
            library.warm()

    def look() -> queues.Queues:
        with tools.store.transaction() as connection:
            return queues.look(connection, tools.clock.now())

    metrics.watch(look)
    application = operation_app(health, metrics, look, use_library)
    async with AsyncExitStack() as side:
        try:
            port = await side.enter_async_context(
                listening(application, settings.operation_host, settings.operation_port)
            )
            log.info("watched", host=settings.operation_host, port=port)
        except OfficeError:
            log.error("not watched", port=settings.operation_port, advice="choose another OPERATION_PORT")
        yield


@asynccontextmanager
async def _public_side(
    settings: Settings, house: House, channels: Mapping[str, Messenger], health: Health
) -> AsyncIterator[None]:
    """Serve the addresses at which channels bring updates and people fetch files; nothing where there are none."""
    routes = [route for channel in channels.values() for route in channel.routes(house.turns.receive)]
    if settings.public_address():
        routes.append(link_route(house.tools.store, house.tools.clock))
    if not routes:
        yield
        return

    @web.middleware
    async def no_new_work(request: web.Request, handler: Handler) -> web.StreamResponse:
        """What a leaving process would not see to its end comes again, to the next one."""
        return web.Response(status=503) if health.stopping else await handler(request)

    application = web.Application(middlewares=[no_new_work])
    application.add_routes(routes)
    async with listening(application, "0.0.0.0", settings.webhook_port):  # noqa: S104 - the public side
        yield


async def demonstrate(settings: Settings, library: Library, port: int, database: str | None) -> None:
    """Serve the demonstration on loopback until it is told to stop."""
    # Here, because the running bot needs neither its page nor what fills the page.
    from bot.demonstration import open_demonstration  # noqa: PLC0415
    from bot.web import demonstration_app  # noqa: PLC0415

    stop = Stop()
    url = database or f"sqlite:///{settings.var_dir / 'demonstration.sqlite'}"
    office = open_demonstration(url, settings, library)
    try:
        async with running(office.house), listening(demonstration_app(office), LOOPBACK, port) as found:
            await office.ring()
            bell = ticker.start(office.ring, RING_MINUTES)
            typer.echo(f"The demonstration is at http://{LOOPBACK}:{found}/  (Ctrl-C ends it)")
            await stop.asked.wait()
            bell.stop()
    finally:
        office.close()
