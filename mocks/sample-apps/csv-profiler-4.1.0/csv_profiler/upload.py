"""POST for the shared web server, which only knows GET: forms of both kinds, of limited size."""

from __future__ import annotations

import re
import traceback
from http import HTTPStatus
from typing import Callable, Dict, Mapping, NamedTuple, Optional
from urllib.parse import parse_qs

from . import web
from .web import ErrorPage, Response

MOST_BYTES = 1_000_000
_ENVELOPE = 20_000
"""What a form adds around its content; a pasted text may triple, as its signs are written %20."""
_MOST_DRAINED = 20_000_000


class Field(NamedTuple):
    data: bytes
    filename: str = ""


Form = Dict[str, Field]
Post = Callable[[Form], Response]


def accept_posts(routes: Mapping[str, Post], too_large: Callable[[], Response], error_page: ErrorPage) -> None:
    """Makes `web.serve` answer POST on these paths, too."""

    def posting(handler: type) -> type:
        class Handler(handler):  # type: ignore[misc, valid-type]
            def do_POST(self) -> None:
                self.do_GET()

            def _respond(self) -> Response:
                if self.command != "POST":
                    return super()._respond()
                try:
                    return self._take()
                except Exception:  # the next request deserves an answer too
                    traceback.print_exc()
                    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR, "./")

            def _take(self) -> Response:
                try:
                    length = int(self.headers.get("Content-Length") or "")
                except ValueError:
                    return error_page(HTTPStatus.LENGTH_REQUIRED, "./")
                kind = self.headers.get("Content-Type") or ""
                most = (MOST_BYTES if kind.startswith("multipart/") else 3 * MOST_BYTES) + _ENVELOPE
                if not 0 <= length <= most:
                    # A browser that still sends would take the early end for a broken connection.
                    left = min(length, _MOST_DRAINED)
                    while left > 0 and self.rfile.read(min(left, 65_536)):
                        left -= 65_536
                    return too_large()
                body = self.rfile.read(length)
                route = routes.get(self.path.split("?")[0].lstrip("/"))
                if route is None:
                    return error_page(HTTPStatus.NOT_FOUND, "./")
                # Another site's page must not fill this app with files.
                if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                    return error_page(HTTPStatus.FORBIDDEN, "./")
                form = read_form(kind, body)
                return error_page(HTTPStatus.BAD_REQUEST, "./") if form is None else route(form)

        return Handler

    class Server(web.Server):
        def __init__(self, address: object, handler: type) -> None:
            super().__init__(address, posting(handler))  # type: ignore[arg-type]

    web.Server = Server  # type: ignore[misc]


def read_form(kind: str, body: bytes) -> Optional[Form]:
    """The form's fields by name, or None for a body that is none."""
    if kind.startswith("application/x-www-form-urlencoded"):
        try:
            values = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=50)
        except ValueError:
            return None
        return {name: Field(given[0].encode("utf-8", "replace")) for name, given in values.items()}
    found = re.match(r'multipart/form-data;.*?boundary="?([^";]{1,200})', kind)
    if not found:
        return None
    form: Form = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found.group(1).encode("latin-1"))[1:50]:
        head, _, data = part.partition(b"\r\n\r\n")
        said = re.search(r'name="([^"]*)"(?:; *filename="([^"]*)")?', head[:2000].decode("utf-8", "replace"))
        if said:
            form[said.group(1)] = Field(data, said.group(2) or "")
    return form
