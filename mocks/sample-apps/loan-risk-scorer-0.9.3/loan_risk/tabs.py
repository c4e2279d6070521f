"""What the app's two pages share."""

from .decision import Decision

BADGES = {Decision.APPROVE: "ok", Decision.REFER: "wait", Decision.DECLINE: "bad"}
_TABS = {"./": "One application", "applicants": "All applicants"}


def tabs(current: str, limit: int) -> str:
    """The limit (percent) goes along from page to page."""
    links = "".join(
        f'<a href="{address}?limit={limit}"{" aria-current=page" if address == current else ""}>{text}</a>'
        for address, text in _TABS.items()
    )
    return f'<nav class="tabs" id="tabs" aria-label="Pages" data-live>{links}</nav>'
