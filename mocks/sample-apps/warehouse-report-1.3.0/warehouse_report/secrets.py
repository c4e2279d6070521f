"""What the app got from the platform. Says that something is there, never what it is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import List, NamedTuple, Optional

SETTINGS = "/config/warehouse.json"


class Found(NamedTuple):
    name: str
    where: str
    characters: Optional[int]
    """None where it is missing."""
    note: str


def found() -> List[Found]:
    """Read anew each time: a platform may change a mounted file while the app runs."""
    settings = _settings()
    return [
        _found("Address of the warehouse", "WAREHOUSE_URL", os.environ.get("WAREHOUSE_URL"), "needed"),
        _found("Settings", SETTINGS, settings, _form(settings)),
        _found("Token to send mail", "MAIL_TOKEN", os.environ.get("MAIL_TOKEN"), "optional"),
    ]


def _found(name: str, where: str, value: Optional[str], note: str) -> Found:
    return Found(name, where, len(value) if value else None, note)


def _settings() -> Optional[str]:
    # Where no file system can be mounted over the root, the same path is found in the app's own folder.
    for path in (Path(SETTINGS), Path(SETTINGS[1:])):
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return None


def _form(settings: Optional[str]) -> str:
    if settings is None:
        return "needed"
    try:
        return "JSON" if isinstance(json.loads(settings), dict) else "no JSON object"
    except ValueError:
        return "not JSON"
