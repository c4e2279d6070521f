"""The HTTP side of the app: GET and HEAD, one thread a connection, no state."""

from __future__ import annotations

import os
import signal
import socketserver
import sys
import threading
import time
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable, Mapping, NamedTuple, NoReturn, Tuple
from urllib.parse import unquote, urlsplit

from .query import Query

HOST = "127.0.0.1"
IDLE_SECONDS = 60
THREAD_STACK_BYTES = 512 * 1024
"""Ample here. The usual 8 MB a connection would count against a memory limit."""


class Response(NamedTuple):
    """A whole answer; its length is known before the first byte leaves."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: Tuple[Tuple[str, str], ...] = ()


Route = Callable[[Query], Response]
ErrorPage = Callable[[HTTPStatus, str], Response]


class Server(ThreadingHTTPServer):
    """Listens on this machine only: people come through the platform's gateway."""

    def server_bind(self) -> None:
        # HTTPServer would look up the host's name here, which takes seconds without DNS.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        # Somebody who closes the page while it loads is no error.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            traceback.print_exc()


def serve(routes: Mapping[str, Route], error_page: ErrorPage) -> NoReturn:
    """Answer until SIGTERM or SIGINT, on the port that PORT names (8000 without it, any with 0).

    `routes` maps a path without its leading slash to a page.
    Exits with status 1 and one line when the port is no port or is taken.
    """
    handler = _handler(routes, error_page)
    given = os.environ.get("PORT") or "8000"
    try:
        server = Server((HOST, int(given)), handler)
    except (ValueError, OverflowError):
        sys.exit(f"PORT must be a number from 0 to 65535, not {given[:40]!r}")
    except OSError as error:
        sys.exit(f"cannot listen on {HOST}:{given}: {error.strerror}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    threading.stack_size(THREAD_STACK_BYTES)
    with server:
        print(f"listening on {HOST}:{server.server_port}", flush=True)
        server.serve_forever()
    sys.exit(0)


def _handler(routes: Mapping[str, Route], error_page: ErrorPage) -> type:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = IDLE_SECONDS
        disable_nagle_algorithm = True  # else the last packet waits for an acknowledgement, some 40 ms

        def do_GET(self) -> None:
            started = time.perf_counter()
            response = self._respond()
            # A body nobody reads would be taken for the next request on this connection.
            if self.headers.get("Transfer-Encoding") or self.headers.get("Content-Length", "0") != "0":
                self.close_connection = True
            self.send_response_only(response.status)
            self.send_header("Date", self.date_time_string())
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            for name, value in response.headers:
                self.send_header(name, value)
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)
            milliseconds = (time.perf_counter() - started) * 1000
            self._log(f"{self.path[:300]} {response.status.value} {milliseconds:.0f} ms")

        do_HEAD = do_GET

        def _respond(self) -> Response:
            try:
                url = urlsplit(self.path)
                path = unquote(url.path).lstrip("/")
            except ValueError:
                return error_page(HTTPStatus.BAD_REQUEST, "./")
            route = routes.get(path)
            if route is None:
                return error_page(HTTPStatus.NOT_FOUND, "../" * url.path.lstrip("/").count("/") or "./")
            try:
                return route(Query(url.query))
            except Exception:  # the next request deserves an answer too
                traceback.print_exc()
                return error_page(HTTPStatus.INTERNAL_SERVER_ERROR, "./")

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Called by send_error alone, for methods and request lines we don't serve."""
            self._log(f"{getattr(self, 'path', '')[:300]} {getattr(code, 'value', code)}")

        def log_error(self, format: str, *args: object) -> None:
            """Quiet: a refused request has its line already, an idle connection needs none."""

        def _log(self, text: str) -> None:
            # ascii() keeps control characters in an address from forging lines of the log.
            print(ascii(f"{self.command or '?'} {text}")[1:-1], flush=True)

    return Handler
