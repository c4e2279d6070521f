"""The scorer, and eight weeks of generated comments to score."""

from __future__ import annotations

import random
import re
from typing import Dict, List, NamedTuple, Tuple

WEEKS = 8
_WEIGHTS = {
    3: "love excellent perfect fantastic brilliant delighted wonderful outstanding amazing",
    2: "great friendly fast quick easy helpful happy pleased smooth reliable beautiful impressed clear generous best",
    1: "good nice fine fair ok tidy useful works fresh sturdy polite thanks recommend like enjoy better improved",
    -1: "late slow thin small odd dear loud unclear missing waited expected confusing complicated less old",
    -2: "bad poor rude wrong dirty scratched expensive disappointed problem problems annoying crashes crashed torn ignored lost",
    -3: "terrible awful horrible broken useless hate worst refund scam furious never-again unacceptable",
}
LEXICON: Dict[str, int] = {word: weight for weight, words in _WEIGHTS.items() for word in words.split()}
NEGATIONS = {
    "not",
    "no",
    "never",
    "hardly",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "wasn't",
    "can't",
    "won't",
    "nothing",
}
STRONGER = {"very", "really", "so", "extremely", "totally", "absolutely", "too"}
REACH = 3
"""A negation turns this many words after it."""


class Hit(NamedTuple):
    word: str
    weight: float


class Score(NamedTuple):
    mood: int
    """From −100 to +100; 0 where no word counts."""
    pieces: List[Tuple[str, float]]
    """The text in pieces, each with its weight; 0 for what doesn't count."""

    @property
    def hits(self) -> List[Hit]:
        return [Hit(text, weight) for text, weight in self.pieces if weight]


def score(text: str) -> Score:
    pieces: List[Tuple[str, float]] = []
    negated, stronger = 0, False
    for piece in re.split(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)", text):
        word = piece.lower().replace("’", "'")
        weight = float(LEXICON.get(word, 0))
        if weight:
            weight *= (1.5 if stronger else 1.0) * (-0.8 if negated else 1.0)
        pieces.append((piece, weight))
        if word in NEGATIONS:
            negated = REACH + 1
        if re.search(r"[.!?;,]", piece):
            negated = 0
        if word[:1].isalpha():
            negated, stronger = max(0, negated - 1), word in STRONGER
    weights = [weight for _, weight in pieces if weight]
    mean = sum(weights) / len(weights) if weights else 0.0
    return Score(round(100 * max(-1.0, min(1.0, mean / 3))), pieces)


class Comment(NamedTuple):
    subject: str
    week: int
    """0 is the oldest, WEEKS − 1 this one."""
    text: str
    score: Score


SUBJECTS: Dict[str, str] = {
    "delivery": "Delivery",
    "price": "Prices",
    "service": "Service",
    "app": "The app",
    "quality": "Quality",
    "returns": "Returns",
    "range": "Range",
    "stores": "Stores",
}
# Comments a week, share of happy ones eight weeks ago, and how much that moved in the last week.
_COURSE = {
    "delivery": (34, 0.62, -0.34),
    "price": (22, 0.42, 0.05),
    "service": (27, 0.66, 0.16),
    "app": (19, 0.30, 0.34),
    "quality": (30, 0.70, -0.04),
    "returns": (14, 0.46, -0.16),
    "range": (12, 0.58, 0.02),
    "stores": (16, 0.60, -0.08),
}
_PHRASES: Dict[str, Tuple[str, str]] = {
    "delivery": (
        "Fast delivery, the driver was very friendly.|Came a day early, really pleased.|Delivery was quick and the parcel tidy.|Clear tracking, smooth from start to end.",
        "Two weeks late and nobody answered.|The parcel was lost, terrible.|Box torn, lamp broken, I want a refund.|Waited all day, the driver never came. Unacceptable!|Tracking was wrong again, very annoying.",
    ),
    "price": (
        "Good value, better than elsewhere.|Generous discount, thanks!|Fair prices and clear bills.",
        "Too expensive for what it is.|Prices went up again, disappointed.|Shipping is dear and the total was unclear.|Paid more and got less.",
    ),
    "service": (
        "The lady on the phone was so helpful.|Friendly chat, quick answer.|Excellent service, solved in minutes.|Polite and reliable as always.",
        "Rude on the phone.|Waited forty minutes, then the line was lost.|My mail was ignored.|Nobody was helpful, the answer was wrong.",
    ),
    "app": (
        "The new app is great, so easy.|Finally improved, works fine now.|Love the new search, very fast.|Checkout is smooth now.",
        "The app crashes when I pay.|Confusing menus, slow start.|Crashed again. Useless.|Login doesn't work, annoying problem.",
    ),
    "quality": (
        "Sturdy and beautiful, I love it.|Excellent cloth, looks like new after a year.|Perfect fit, very happy.|Fresh colours, good stitching.",
        "Scratched on arrival.|Thin cloth, not good at all.|Broken after two weeks.|The zip was bad from day one.",
    ),
    "returns": (
        "Return was easy, money back in three days.|Smooth exchange, thanks.|Clear label in the box, nice.",
        "My refund is late, really annoying.|Complicated form, unclear rules.|Return parcel lost, furious.|They ignored my return.",
    ),
    "range": (
        "Great choice, I always find a gift.|Nice new colours.|Happy with the organic line.",
        "My size is always missing.|Odd choice of shoes this year.|Fewer brands, disappointed.",
    ),
    "stores": (
        "Tidy shop and polite people.|The new store is beautiful.|Helpful staff in the city store.|I enjoy the café.",
        "Loud music, dirty fitting rooms.|Too few tills, waited very long.|The shop was not tidy.|Rude man at the till.",
    ),
}


def _write() -> List[Comment]:
    comments: List[Comment] = []
    for subject, (count, happy, moved) in _COURSE.items():
        chance = random.Random(f"letter box of {subject}")
        for week in range(WEEKS):
            share = (
                happy
                + chance.uniform(-0.06, 0.06)
                + (moved if week == WEEKS - 1 else moved / 5 if week == WEEKS - 2 else 0)
            )
            many = count + (round(count * abs(moved)) if week == WEEKS - 1 else chance.randint(-3, 3))
            for number in range(many):
                text = chance.choice(_PHRASES[subject][number >= share * many].split("|"))
                comments.append(Comment(subject, week, text, score(text)))
    return comments


COMMENTS = _write()


class Standing(NamedTuple):
    """A subject this week."""

    subject: str
    moods: List[float]
    """The mean mood, week by week."""
    count: int
    unhappy: float
    """Share of this week's comments with a mood below zero."""

    @property
    def change(self) -> float:
        return self.moods[-1] - self.moods[-2]


def standing(subject: str) -> Standing:
    own = [comment for comment in COMMENTS if comment.subject == subject]
    weeks = [[comment.score.mood for comment in own if comment.week == week] for week in range(WEEKS)]
    now = weeks[-1]
    return Standing(
        subject, [sum(moods) / len(moods) for moods in weeks], len(now), sum(mood < 0 for mood in now) / len(now)
    )


STANDINGS = [standing(subject) for subject in SUBJECTS]


def moving_words(subject: str) -> List[Tuple[str, int]]:
    """Words that count, by how much oftener (or rarer) they stand in this week's comments."""
    change: Dict[str, int] = {}
    for comment in COMMENTS:
        if comment.subject == subject and comment.week >= WEEKS - 2:
            for hit in comment.score.hits:
                word = hit.word.lower()
                change[word] = change.get(word, 0) + (1 if comment.week == WEEKS - 1 else -1)
    return sorted(change.items(), key=lambda entry: (-abs(entry[1]), entry[0]))[:6]
