"""Writes a small complete bundle to standard output as Python's zipfile does, in the way that is named."""
import io
import sys
import zipfile

TOML = b"""[App]
Name = "demo"
Version = "1.0.0"
Title = "Demo"
Description = "A demo"

[Runtime]
Module = "app"
"""
CODE = b'print("hello")\n' * 20
way = sys.argv[1]
method = zipfile.ZIP_STORED if "stored" in way else zipfile.ZIP_DEFLATED


class Pipe(io.RawIOBase):
    """A file that can't be rewound, so that sizes come after the data."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def seekable(self):
        return False

    def write(self, data):
        return self.file.write(data)


def info(name):
    # Today's date would make other bytes every time.
    made = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
    made.compress_type = method
    made.external_attr = 0o100644 << 16
    return made


def folder(name):
    made = info(name)
    made.external_attr = 0o040755 << 16 | 0x10
    return made


out = io.BytesIO()
if "end64" in way:
    zipfile.ZIP64_LIMIT = 10
with zipfile.ZipFile(Pipe(out) if "pipe" in way else out, "w", method) as archive:
    if "comment" in way:
        archive.comment = b"made by hand"
    for name, data in ((info("app.toml"), TOML), (info("app.py"), CODE)):
        if "force64" in way:
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(data)
        else:
            archive.writestr(name, data)
    if "folders" in way:
        archive.writestr(folder("static/"), b"")
    if "names" in way:
        archive.writestr(info("süß/日本.py"), CODE)
    if "many" in way:
        for number in range(65_540):
            archive.writestr(info(f"data/{number}"), b"")
if "append" in way:
    with zipfile.ZipFile(out, "a", method) as archive:
        archive.writestr(info("more.txt"), b"appended")
sys.stdout.buffer.write(out.getvalue())
