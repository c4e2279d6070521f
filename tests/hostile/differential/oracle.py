"""Reads archives and manifests as Python does, one after another, for another program to compare.

Each request on standard input is a kind ("z" for an archive, "t" for TOML), a length of four bytes,
little-endian, and so many bytes. Each answer is a line of JSON.
"""
import hashlib
import io
import json
import struct
import sys
import warnings
import zipfile

try:
    import tomllib
except ImportError:  # Before Python 3.11.
    tomllib = None

warnings.simplefilter("ignore")
LIMIT = 64 * 1024 * 1024


def entry(archive, info):
    marked = bool(info.flag_bits & 0x800)
    answer = {
        "name": info.orig_filename,
        "raw": info.orig_filename.encode("utf-8" if marked else "cp437").hex(),
        "marked": marked,
        "folder": info.is_dir(),
    }
    try:
        with archive.open(info) as file:
            data = file.read(LIMIT)
        answer["size"] = len(data)
        answer["sha256"] = hashlib.sha256(data).hexdigest()
    except Exception as error:
        answer["error"] = f"{type(error).__name__}: {error}"
    return answer


def read_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"entries": [entry(archive, info) for info in archive.infolist()]}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def read_toml(data):
    if tomllib is None:
        return {"missing": True}
    try:
        tomllib.loads(data.decode("utf-8"))
        return {}
    except RecursionError as error:
        return {"recursion": str(error)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


source, target = sys.stdin.buffer, sys.stdout
while header := source.read(5):
    kind, length = header[:1], struct.unpack("<L", header[1:])[0]
    data = source.read(length)
    answer = read_archive(data) if kind == b"z" else read_toml(data)
    target.write(json.dumps(answer) + "\n")
    target.flush()
