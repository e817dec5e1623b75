"""What stands before every request to the demonstration page: who may ask, and how a refusal reads."""

from pathlib import Path
from traceback import extract_tb

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.office import Refused
from handlers.phrasebook import Phrases

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def phrases(request: web.Request) -> Phrases:
    """The phrases in the language of the request: Vietnamese, or English with `?lang=en`."""
    return Phrases("en" if request.query.get("lang") == "en" else "vi")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets only this machine and this page in, and turns every failure into `{"error": "<sentence>"}`."""
    response = await _answer(request, handler)
    response.headers.update(HEADERS)
    return response


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    say = phrases(request).say
    try:
        _refuse_strangers(request)
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": refused.sentence}, status=refused.status)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": say("page-error-long")}, status=413)
    except web.HTTPException as refused:
        return web.json_response({"error": say("page-error-missing")}, status=refused.status)
    except Exception as error:
        # Only the place: a traceback with its variables would put the visitor's words into the log.
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        structlog.get_logger().error("page_failed", path=request.path, error=type(error).__name__, where=where)
        return web.json_response({"error": say("page-error-inside")}, status=500)


def _refuse_strangers(request: web.Request) -> None:
    """A name that resolves to this machine (DNS rebinding) and a form on another site must not reach the bot."""
    say = phrases(request).say
    if _host(f"http://{request.host}") not in LOOPBACK:
        raise Refused(say("page-error-host"), status=403)
    origin = request.headers.get("Origin")
    other_site = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if request.method == "POST" and (other_site or origin not in (None, f"http://{request.host}")):
        raise Refused(say("page-error-origin"), status=403)


def _host(address: str) -> str | None:
    try:
        return URL(address).host
    except ValueError:
        return None
