"""Start of the app: python3 -m sentiment_board.server"""

from __future__ import annotations

from html import escape
from typing import List
from urllib.parse import urlencode

from . import layout
from .model import COMMENTS, STANDINGS, SUBJECTS, WEEKS, Score, Standing, moving_words, score
from .parts import Cell, badge, bar, card, columns, form, num, results, select, signed, sparkline, table, tiles
from .query import Query
from .web import Response, serve

SORTS = {"change": "What changed most", "count": "Most said", "unhappy": "Unhappiest"}
KEYS = {
    "change": lambda one: -abs(one.change),
    "count": lambda one: -one.count,
    "unhappy": lambda one: -one.unhappy,
}
MOST_CHARACTERS = 1200
SAMPLE = "Delivery was not fast, but the driver was very friendly. The lamp is beautiful!"


def board(query: Query) -> Response:
    sort = query.choice("sort", "Sort by", SORTS, "change")
    shown = sorted(STANDINGS, key=KEYS[sort])
    subject = query.choice("subject", "Comments on", {"", *SUBJECTS}, "") or shown[0].subject
    text = query.text("text", MOST_CHARACTERS) or SAMPLE
    controls = form("Show", select("sort", "Sort by", SORTS, sort), select("subject", "Comments on", SUBJECTS, subject))
    body = controls + results(
        _tiles(),
        columns(_subjects(shown, sort, subject, text), _words(subject)),
        columns(_comments(subject), _own(text)),
    )
    return layout.page(body, query.problems)


def _tiles() -> str:
    now = [comment.score.mood for comment in COMMENTS if comment.week == WEEKS - 1]
    before = [comment.score.mood for comment in COMMENTS if comment.week == WEEKS - 2]
    mood, earlier = sum(now) / len(now), sum(before) / len(before)
    worst = min(STANDINGS, key=lambda one: one.change)
    best = max(STANDINGS, key=lambda one: one.change)
    return tiles(
        ("Comments this week", f"{len(now)}", f"{len(before)} the week before"),
        ("Mood", signed(mood, 0, ""), f"{signed(mood - earlier, 0, '')} since last week; from −100 to +100"),
        ("Fell most", SUBJECTS[worst.subject], f"by {-worst.change:.0f} points"),
        ("Rose most", SUBJECTS[best.subject], f"by {best.change:.0f} points"),
    )


def _subjects(shown: List[Standing], sort: str, chosen: str, text: str) -> str:
    rows = []
    for one in shown:
        address = escape("?" + urlencode({"sort": sort, "subject": one.subject, "text": text}))
        current = ' aria-current="true"' if one.subject == chosen else ""
        rows.append(
            [
                Cell(f'<a href="{address}"{current}>{escape(SUBJECTS[one.subject])}</a>'),
                sparkline(one.moods),
                num(signed(one.moods[-1], 0, "")),
                num(signed(one.change, 0, "")),
                bar(one.change / 60, "both"),
                num(str(one.count)),
                num(f"{one.unhappy * 100:.0f} %"),
            ]
        )
    head = ["Subject", "Eight weeks", num("Mood"), num("Change"), Cell('<span class="visually-hidden">Bar</span>')]
    return card(
        "Subjects", table("Subjects by mood", [*head, num("Said"), num("Unhappy")], rows), note=SORTS[sort] + " first"
    )


def _words(subject: str) -> str:
    rows = [[word, num(f"{signed(change, 0, '')}")] for word, change in moving_words(subject)]
    return card(
        "Words that moved",
        table("Words that moved", ["Word", num("Times")], rows),
        note=f"In comments on {_lower(subject)}, against the week before",
    )


def _comments(subject: str) -> str:
    own = [comment for comment in COMMENTS if comment.subject == subject and comment.week == WEEKS - 1]
    times = {comment.text: sum(other.text == comment.text for other in own) for comment in own}
    once = {comment.text: comment for comment in own}.values()
    rows = [
        [Cell(escape(comment.text), "wrap"), num(str(times[comment.text])), _mood(comment.score)]
        for comment in sorted(once, key=lambda comment: comment.score.mood)
    ]
    return card(
        f"This week on {_lower(subject)}",
        table("Comments", ["Comment", num("Times"), "Mood"], rows),
        note="Unhappiest first",
    )


def _own(text: str) -> str:
    scored = score(text)
    marked = "".join(
        f'<mark class="{"up" if weight > 0 else "under"}">{escape(piece)} <small>{signed(weight, 1, "")}</small></mark>'
        if weight
        else escape(piece)
        for piece, weight in scored.pieces
    )
    return card(
        "Score your own",
        # Part of the form above, so that neither forgets what the other asks for.
        '<div class="own"><label for="text" class="visually-hidden">Text to score</label>'
        '<textarea id="text" name="text" form="controls" rows="4" required '
        f'maxlength="{MOST_CHARACTERS}">{escape(text)}</textarea><button form="controls">Score</button></div>',
        f'<p class="after marked">{marked}</p>',
        f'<p class="note">{len(scored.hits)} of its words count.</p>',
        aside_html=_mood(scored).html,
    )


def _mood(scored: Score) -> Cell:
    return badge(signed(scored.mood, 0, ""), "bad" if scored.mood < 0 else "ok" if scored.mood > 0 else "wait")


def _lower(subject: str) -> str:
    name = SUBJECTS[subject]
    return name[0].lower() + name[1:]


if __name__ == "__main__":
    serve({"": board, "icon.png": layout.icon}, layout.error_page)
