"""The files that were uploaded, in the app's volume."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import List, NamedTuple, Optional

MOST_FILES = 20


class Kept(NamedTuple):
    id: str
    """Made from the content, so that no name given by anybody becomes a path."""
    name: str
    size: int
    stored: float
    """Seconds since 1970."""


def _volume() -> Optional[Path]:
    """The platform mounts the volume at /data; where it can't, it says where it is instead."""
    folder = Path(os.environ.get("WAVEDECK_VOLUME") or "/data")
    return folder if folder.is_dir() and os.access(folder, os.W_OK) else None


_LOCK = threading.Lock()
VOLUME = _volume()
FOLDER = VOLUME or Path(tempfile.mkdtemp(prefix="csv-profiler-"))


def kept() -> List[Kept]:
    """The newest first."""
    found = []
    for note in FOLDER.glob("*.json"):
        try:
            said = json.loads(note.read_text(encoding="utf-8"))
            size = note.with_suffix(".csv").stat().st_size
            found.append(Kept(note.stem, str(said["name"]), size, float(said["stored"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # written halfway when the app was ended
    return sorted(found, key=lambda one: -one.stored)


def keep(name: str, data: bytes) -> Kept:
    """Writes it, and lets the oldest go when there are too many."""
    with _LOCK:
        one = Kept(hashlib.sha256(data).hexdigest()[:12], name, len(data), time.time())
        _write(FOLDER / f"{one.id}.csv", data)
        _write(FOLDER / f"{one.id}.json", json.dumps({"name": name, "stored": one.stored}).encode())
        for old in kept()[MOST_FILES:]:
            _remove(old.id)
        return one


def read(wanted: str) -> Optional[bytes]:
    found = next((one for one in kept() if one.id == wanted), None)
    try:
        return (FOLDER / f"{found.id}.csv").read_bytes() if found else None
    except OSError:
        return None


def forget(wanted: str) -> None:
    with _LOCK:
        if any(one.id == wanted for one in kept()):
            _remove(wanted)


def _remove(known: str) -> None:
    for ending in (".json", ".csv"):
        try:
            (FOLDER / f"{known}{ending}").unlink()
        except FileNotFoundError:
            pass


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(data)
    os.replace(part, path)
