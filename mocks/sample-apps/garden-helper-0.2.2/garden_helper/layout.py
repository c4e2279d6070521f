"""What every page of the app has: head, title, notices, footer, and the rules for the browser."""

from __future__ import annotations

import base64
import hashlib
import os
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Sequence

from . import TAGLINE, TITLE
from .query import Query
from .web import Response

HERE = Path(__file__).parent
STYLE = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("style.css", "app.css"))
SCRIPT = (HERE / "live.js").read_text(encoding="utf-8")
ICON = (HERE.parent / "static" / "icon.png").read_bytes()


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# Only our own style and script run, whatever slips into a page.
POLICY = (
    f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def page(body: str, problems: Sequence[str] = (), status: HTTPStatus = HTTPStatus.OK, home: str = "./") -> Response:
    """A whole page around `body` (HTML). `home` is the way back to the app's root, relative as all
    addresses here are: the app may be served below a path."""
    notices = "".join(f"<p>{escape(problem)}</p>" for problem in problems)
    html = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(TITLE)}</title>
<link rel="icon" type="image/png" href="{home}icon.png">
<style>{STYLE}</style>
</head>
<body>
<header class="top">
<img src="{home}icon.png" alt="" width="48" height="48">
<div><h1>{escape(TITLE)}</h1><p>{escape(TAGLINE)}</p></div>
</header>
<main>
<div class="problems" id="problems" role="status" data-live>{notices}</div>
{body}
</main>
<footer>{_footer()}</footer>
<script>{SCRIPT}</script>
</body>
</html>
"""
    headers = (("Content-Security-Policy", POLICY), ("Cache-Control", "no-store"))
    return Response(html.encode("utf-8", "replace"), status=status, headers=headers)


def error_page(status: HTTPStatus, home: str) -> Response:
    body = f'<section class="card"><h2>{status.phrase}</h2><p>{escape(status.description)}.</p>'
    body += f'<p><a href="{home}">Back to {escape(TITLE)}</a></p></section>'
    return page(body, status=status, home=home)


def icon(_: Query) -> Response:
    return Response(ICON, "image/png", headers=(("Cache-Control", "max-age=3600"),))


def _footer() -> str:
    version = os.environ.get("H2O_CLOUD_APP_VERSION")
    instance = os.environ.get("H2O_CLOUD_INSTANCE_ID")
    parts = [escape(TITLE)]
    if version:
        parts.append(f"version {escape(version)}")
    if instance:
        parts.append(f"instance <code>{escape(instance)}</code>")
    return " · ".join(parts) + "<br>All figures come from generated sample data."
