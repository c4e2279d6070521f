"""A form, your function, its answer: a web app in plain Python, nothing to install.

Try it on your computer:  python3 app.py  and open http://localhost:8000
"""

import os
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

# What people fill in: name, label, value at the start, smallest, largest.
FIELDS = [
    ("area", "Area in m²", 60, 10, 300),
    ("rooms", "Rooms", 2, 1, 10),
    ("distance", "Minutes to the centre", 20, 0, 120),
]


def predict(area, rooms, distance):
    """Your model goes here. Returns what the page shows: a list of (label, amount)."""
    return [
        ("For the area", 11.5 * area),
        ("For the rooms", 40 * rooms),
        ("For the distance", -3 * distance),
    ]


def read(query):
    """The numbers from the form, each within its limits."""
    values = {}
    for name, _label, start, least, most in FIELDS:
        try:
            number = float(query.get(name, [start])[0])
        except ValueError:
            number = start
        # A number that is none ("nan") fails every comparison.
        values[name] = number if least <= number <= most else start
    return values


def page(values):
    parts = predict(**values)
    total = sum(amount for _label, amount in parts)
    widest = max(abs(amount) for _label, amount in parts) or 1
    inputs = "".join(
        f'<label>{escape(label)}<input name="{name}" type="number" step="any" required '
        f'min="{least}" max="{most}" value="{values[name]:g}"></label>'
        for name, label, _start, least, most in FIELDS
    )
    bars = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td><meter max="{widest}" value="{abs(amount)}">'
        f"</meter></td><td>{amount:+,.0f}</td></tr>"
        for label, amount in parts
    )
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>My first app</title>
<style>
  :root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }}
  body {{ max-width: 40rem; margin: 3rem auto; padding: 0 1rem }}
  form {{ display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)) }}
  label {{ display: grid; gap: .25rem }}
  input, button {{ font: inherit; padding: .4rem .6rem }}
  button {{ align-self: end }}
  output {{ display: block; margin: 2rem 0 .5rem; font-size: 2.5rem; font-weight: 600 }}
  table {{ width: 100%; border-collapse: collapse }}
  th {{ font-weight: 400; text-align: start }}
  td:last-child {{ text-align: end; font-variant-numeric: tabular-nums }}
  meter {{ width: 100% }}
</style>
<h1>Rent estimate</h1>
<form>{inputs}<button>Estimate</button></form>
<output>{total:,.0f} a month</output>
<table>{bars}</table>
</html>"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = page(read(parse_qs(urlsplit(self.path).query))).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    # The platform says in PORT where it expects the app.
    port = int(os.environ.get("PORT", "8000"))
    print(f"listening on port {port}", flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
