"""How a process is: what it knows about itself, and the port at which those who watch it ask.

The port is its own, never that of the webhooks: /healthz (the process lives), /readyz (it can do its work, or why not,
in words), /metrics. Nothing there names a person or quotes anybody.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import structlog
from aiohttp import web

from bot.logs import described
from bot.metrics import CONTENT_TYPE, Metrics
from db.engine import StoreError

log = structlog.get_logger()

LOOP_PAUSE = 5.0
"""Seconds before a loop that failed begins again."""
DATABASE_SECONDS = 5.0
"""How long the database may take to answer before it counts as out of reach."""

ChannelState = Literal["unchecked", "well", "refused", "unreachable"]
CHANNEL_WORDS: Mapping[ChannelState, str] = {
    "unchecked": "not asked yet",
    "well": "",
    "refused": "refuses the token: set the right one and start again",
    "unreachable": "cannot be reached: check the network; it is tried again",
}


@dataclass
class Health:
    """What a process knows about itself.

    `loops` holds every loop that was begun and what is wrong with it (empty: nothing), `channels` what each channel's
    server said when it was asked last. `stopping` says that the process was told to leave.
    """

    loops: dict[str, str] = field(default_factory=dict)
    channels: dict[str, ChannelState] = field(default_factory=dict)
    stopping: bool = False

    async def kept(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do a loop's work until it ends by itself or is cancelled; after a mistake of ours it begins again."""
        self.loops[name] = ""
        while True:
            try:
                return await work()
            except asyncio.CancelledError:
                self.loops[name] = "was ended"
                raise
            except Exception as error:
                kind, where = described(error)
                self.loops[name] = f"failed ({kind}) and begins again"
                log.error("loop failed", loop=name, error=kind, where=where)
            await asyncio.sleep(LOOP_PAUSE)
            self.loops[name] = ""

    def ill(self) -> list[str]:
        """Why this process cannot do its work, one sentence each; empty where it can.

        One channel that works is enough: taking a process out of service for the other one would silence both.
        """
        reasons = ["The process is stopping."] if self.stopping else []
        reasons += [f"The loop of {name} {trouble}." for name, trouble in self.loops.items() if trouble]
        if self.channels and "well" not in self.channels.values():
            reasons += self.silent_channels()
        return reasons

    def silent_channels(self) -> list[str]:
        """What is wrong with the channels, one sentence each."""
        return [f"{name} {CHANNEL_WORDS[state]}." for name, state in sorted(self.channels.items()) if state != "well"]


def operation_app(
    health: Health, metrics: Metrics, use_database: Callable[[], object], use_library: Callable[[], object]
) -> web.Application:
    """The pages for those who watch. `use_database` and `use_library` raise where that part cannot be used."""

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        reasons = health.ill() + await _unusable("database", use_database) + await _unusable("library", use_library)
        said = {"ready": not reasons, "reasons": reasons, "channels": health.channels, "warnings": _warnings(health)}
        return web.json_response(said, status=503 if reasons else 200)

    async def figures(_: web.Request) -> web.Response:
        try:
            text = await asyncio.to_thread(metrics.text)
        except StoreError as error:
            return web.Response(text=f"{error}\n", status=503)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", figures)])
    return application


def _warnings(health: Health) -> list[str]:
    return [] if health.ill() else health.silent_channels()


async def _unusable(name: str, use: Callable[[], object]) -> list[str]:
    """Why something cannot be used, as a list of one sentence or none."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            await asyncio.to_thread(use)
    except TimeoutError:
        return [f"The {name} did not answer within {DATABASE_SECONDS:.0f} seconds."]
    except StoreError as error:
        return [str(error)]
    except Exception as error:
        return [f"The {name} cannot be used ({type(error).__name__})."]
    return []
