"""A form, your function, its answer: an app with H2O Wave.

Try it on your computer:  pip install -r requirements.txt  and  wave run app
"""

# The platform starts "main"; it must stay imported.
from h2o_wave import Q, app, main, ui  # noqa: F401


def predict(area, rooms, distance):
    """Your model goes here. Returns what the page shows: a list of (label, amount)."""
    return [
        ("For the area", 11.5 * area),
        ("For the rooms", 40 * rooms),
        ("For the distance", -3 * distance),
    ]


@app("/")
async def serve(q: Q):
    """Called when somebody opens the page, and whenever they move a slider."""
    area = 60 if q.args.area is None else q.args.area
    rooms = 2 if q.args.rooms is None else q.args.rooms
    distance = 20 if q.args.distance is None else q.args.distance

    parts = predict(area, rooms, distance)
    total = sum(amount for _label, amount in parts)
    rows = "\n".join(f"- {label}: {amount:+,.0f}" for label, amount in parts)

    if not q.client.ready:
        q.page["title"] = ui.header_card(
            box="1 1 6 1", title="Rent estimate", subtitle="From a flat's size and place"
        )
        q.client.ready = True
    q.page["form"] = ui.form_card(
        box="1 2 3 5",
        items=[
            ui.slider(name="area", label="Area in m²", min=10, max=300, value=area, trigger=True),
            ui.slider(name="rooms", label="Rooms", min=1, max=10, value=rooms, trigger=True),
            ui.slider(
                name="distance",
                label="Minutes to the centre",
                min=0,
                max=120,
                value=distance,
                trigger=True,
            ),
        ],
    )
    q.page["answer"] = ui.markdown_card(
        box="4 2 3 5", title=f"{total:,.0f} a month", content=rows
    )
    await q.page.save()
