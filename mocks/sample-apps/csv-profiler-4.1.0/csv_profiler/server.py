"""Start of the app: python3 -m csv_profiler.server"""

from __future__ import annotations

from datetime import datetime, timezone
from html import escape
from http import HTTPStatus
from typing import List, Sequence

from . import layout, store
from .model import GAPS, MOST_COLUMNS, MOST_ROWS, Profile, Table, Unreadable, columns_of, profile, read_table, sample
from .parts import Cell, badge, card, columns, num, table, tiles
from .query import Query
from .upload import MOST_BYTES, Field, Form, accept_posts
from .web import Response, serve

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
FOOTNOTE = b"All figures come from generated sample data."
NO_VOLUME = "There is no volume here, so files are gone when the app ends."


def home(query: Query) -> Response:
    files = store.kept()
    wanted = query.choice("file", "File", {"", "sample", *(one.id for one in files)}, "")
    wanted = wanted or (files[0].id if files else "sample")
    if store.VOLUME is None:
        query.problems.append(NO_VOLUME)
    return _page(wanted, files, query.problems)


def _page(
    wanted: str, files: Sequence[store.Kept], problems: List[str], status: HTTPStatus = HTTPStatus.OK
) -> Response:
    name = next((one.name for one in files if one.id == wanted), "deliveries.csv (sample)")
    data = sample() if wanted == "sample" else store.read(wanted)
    results = ""
    try:
        results = _profile(name, read_table(data or b""))
    except Unreadable as error:
        problems.append(f"{name}: {error}")
    whole = layout.page(columns(_upload(), _kept(files, wanted)) + results, problems, status)
    # The footer that all sample apps share would not be true of files that people bring.
    return whole._replace(
        body=whole.body.replace(FOOTNOTE, b"The sample is generated; your files stay in this instance.")
    )


def upload(form: Form) -> Response:
    given = form.get("file", Field(b""))
    name = " ".join(given.filename.replace("\\", "/").rsplit("/", 1)[-1].split())[:80]
    data = given.data
    if not data:
        data, name = form.get("text", Field(b"")).data, "pasted rows"
    if len(data) > MOST_BYTES:
        return too_large()
    try:
        read_table(data)
    except Unreadable as error:
        said = str(error) if data.strip() else "Choose a file or paste some rows."
        return _page("sample", store.kept(), [said], HTTPStatus.BAD_REQUEST)
    return _to(store.keep(name or "unnamed", data).id)


def remove(form: Form) -> Response:
    store.forget(form.get("file", Field(b"")).data.decode("utf-8", "replace"))
    return _to("")


def too_large() -> Response:
    said = f"That is larger than {MOST_BYTES / 1e6:.0f} MB, the most this app takes. Bring a part of it."
    return _page("sample", store.kept(), [said], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _to(file: str) -> Response:
    address = f"./?file={file}" if file else "./"
    return Response(b"", "text/plain", HTTPStatus.SEE_OTHER, (("Location", address), ("Cache-Control", "no-store")))


def _upload() -> str:
    return card(
        "Bring a table",
        """<form action="upload" method="post" enctype="multipart/form-data" class="bring">
<div class="field"><label for="file">CSV file</label><input id="file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv"></div>
<button>Profile the file</button></form>
<form action="upload" method="post" class="bring">
<div class="field"><label for="text">Or rows from a spreadsheet</label>
<textarea id="text" name="text" rows="3" required spellcheck="false" placeholder="name,amount&#10;first,12.50"></textarea></div>
<button>Profile the rows</button></form>""",
        note=f"Up to {MOST_BYTES / 1e6:.0f} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns",
    )


def _kept(files: Sequence[store.Kept], wanted: str) -> str:
    items = "".join(
        f"""<li><a href="./?file={one.id}"{' aria-current="true"' if one.id == wanted else ""}>{escape(one.name)}</a>
<span class="meta">{_size(one.size)}, {datetime.fromtimestamp(one.stored, timezone.utc):%d %b %Y %H:%M} UTC</span>
<form action="remove" method="post"><button class="quiet" name="file" value="{one.id}" aria-label="Remove {escape(one.name)}">Remove</button></form></li>"""
        for one in files
    )
    own = f'<ul class="kept">{items}</ul>' if items else "<p>Nothing yet.</p>"
    current = ' aria-current="true"' if wanted == "sample" else ""
    return card(
        "Kept in the volume",
        own,
        f'<p class="after"><a href="./?file=sample"{current}>The sample</a></p>',
        note=f"The last {store.MOST_FILES} files; they outlive a pause",
    )


def _profile(name: str, read: Table) -> str:
    profiles = [profile(column, cells) for column, cells in columns_of(read)]
    cells, gaps = len(read.rows) * len(profiles), sum(one.gaps for one in profiles)
    outliers = sum(one.outliers for one in profiles)
    uneven = f"{read.ragged} rows of another length" if read.ragged else "all of the same length"
    shown = tiles(
        ("Rows", f"{len(read.rows):,}", "the rest was left out" if read.cut else uneven),
        ("Columns", f"{len(profiles)}", f"separated by {SEPARATORS[read.separator]}"),
        ("Gaps", f"{gaps:,}", f"{gaps / cells * 100:.1f} % of all cells"),
        ("Outliers", f"{outliers:,}", f"in {sum(one.outliers > 0 for one in profiles)} columns"),
    )
    head = [
        "Column",
        "Holds",
        num("Gaps"),
        num("Different"),
        num("Low"),
        num("Middle"),
        num("High"),
        num("Outliers"),
        "Spread",
    ]
    columns_table = table("Columns", head, [_column(one, len(read.rows)) for one in profiles], "profile")
    first = table("First rows", read.names, [[_short(cell) for cell in row] for row in read.rows[:6]])
    return shown + card(name, columns_table, note="Column by column") + card("First rows", first)


def _column(one: Profile, rows: int) -> List[Cell]:
    missing = (
        badge(f"{one.gaps / rows * 100:.1f} %", "bad" if one.gaps > rows * 0.2 else "wait")
        if one.gaps
        else Cell("none")
    )
    return [
        Cell(escape(one.name)),
        Cell({"number": "numbers", "date": "dates", "text": "text"}[one.kind]),
        missing._replace(style="num"),
        num(f"{one.distinct:,}"),
        num(one.low),
        num(one.middle),
        num(one.high),
        num(f"{one.outliers:,}" if one.outliers else "none"),
        _histogram(one),
    ]


def _histogram(one: Profile) -> Cell:
    """Columns for numbers and dates; for text, its commonest values in falling order."""
    most = max(one.bins, default=0) or 1
    columns_html = "".join(
        f'<rect class="fill{" faint" if one.kind == "text" else ""}" x="{n * 10 + 1}" width="8" '
        f'y="{28 - 27 * count / most:.1f}" height="{27 * count / most:.1f}"/>'
        for n, count in enumerate(one.bins)
    )
    said = f"Counts from low to high: {', '.join(map(str, one.bins))}"
    return Cell(
        f'<svg viewBox="0 0 120 29" role="img" aria-label="{said}"><path class="axis" d="M0,28.5H120"/>{columns_html}</svg>'
    )


def _short(cell: str) -> Cell:
    if cell.strip().lower() in GAPS:
        return Cell(f'<span class="meta">{escape(cell.strip()) or "empty"}</span>')
    return Cell(escape(cell if len(cell) <= 60 else cell[:60] + "…"))


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1000 else f"{size / 1000:.0f} KB"


if __name__ == "__main__":
    print(f"keeping files in {store.FOLDER}{'' if store.VOLUME else ', which is no volume'}", flush=True)
    accept_posts({"upload": upload, "remove": remove}, too_large, layout.error_page)
    serve({"": home, "icon.png": layout.icon}, layout.error_page)
