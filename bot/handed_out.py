"""A file as an answer to a browser."""

from urllib.parse import quote

from aiohttp import web

from handlers import Attachment

PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How a picture that may be looked at begins, and its media type; every other file is only handed out."""


def picture_type(file: Attachment) -> str | None:
    """The media type of a file that is a picture by its own content, whatever it calls itself."""
    return next((kind for start, kind in PICTURES.items() if file.content.startswith(start)), None)


def handed_out(file: Attachment, *, looked_at: bool = False) -> web.Response:
    """The file under its own name, never opened inside our origin, for its content is not ours alone; with `looked_at`
    a picture is shown instead of saved."""
    picture = picture_type(file)
    way = "inline" if looked_at and picture else "attachment"
    headers = {"Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name, safe='')}"}
    return web.Response(body=file.content, content_type=picture or "application/octet-stream", headers=headers)
