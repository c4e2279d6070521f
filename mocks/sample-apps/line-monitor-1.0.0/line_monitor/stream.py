"""Server-sent events for the shared web server, which only knows whole answers."""

from __future__ import annotations

import json
import time
from typing import Callable, Mapping
from urllib.parse import urlsplit

from . import web
from .query import Query

LONGEST = 600
"""Seconds until the browser has to ask anew, so that forgotten pages don't hold a thread for ever."""

Parts = Callable[[Query, int], Mapping[str, str]]


def accept_streams(path: str, parts: Parts) -> None:
    """Makes `web.serve` answer `path` with an event each second: what `parts` says for that second."""

    def streaming(handler: type) -> type:
        class Handler(handler):  # type: ignore[misc, valid-type]
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                if url.path.lstrip("/") != path:
                    return super().do_GET()
                self.close_connection = True
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream; charset=utf-8")
                self.send_header("Cache-Control", "no-store")
                self.send_header("X-Content-Type-Options", "nosniff")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(b"retry: 2000\n\n")
                try:
                    for _ in range(LONGEST):
                        data = json.dumps(parts(Query(url.query), int(time.time())))
                        self.wfile.write(f"data: {data}\n\n".encode())
                        time.sleep(1 - time.time() % 1)
                except OSError:
                    pass  # somebody closed the page

        return Handler

    class Server(web.Server):
        def __init__(self, address: object, handler: type) -> None:
            super().__init__(address, streaming(handler))  # type: ignore[arg-type]

    web.Server = Server  # type: ignore[misc]
