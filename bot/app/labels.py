"""`python -m bot labels export`: what organisers decided, as rows that `make eval LABELS=file` scores against."""

from collections.abc import Sequence
from typing import Any

from bot.campaign import Pack
from bot.model.label import Label, LabelledEntry
from bot.store import Store
from bot.store.labels import list_labelled


async def export_labels(database_url: str, pack: Pack) -> list[dict[str, Any]]:
    """A row for each entry that an organiser said something of, the oldest first; no person is in it."""
    store = await Store.open(database_url)
    try:
        async with store.read() as connection:
            return label_rows(await list_labelled(connection), pack)
    finally:
        await store.close()


def label_rows(labelled: Sequence[LabelledEntry], pack: Pack) -> list[dict[str, Any]]:
    """Labelled entries in the evaluation's format.

    `event` is the same for entries that are one event, null where no organiser compared its story with another. What
    reached an organiser and is not ours is a hard row; a bare title may need its page, so it is not `evident`.
    """
    return [
        {
            "id": f"entry-{one.row_id}",
            "title": one.entry.title,
            "summary": one.entry.summary,
            "url": one.entry.url,
            "source": one.entry.source,
            "kind": one.entry.kind.value if one.entry.kind else None,
            "categories": list(one.entry.categories),
            "published": one.entry.published_at.isoformat() if one.entry.published_at else None,
            "label": one.label.value,
            "category": one.reason.value if one.reason else "compared",
            "institution": pack.institution_name(one.verdict.institutions[0]) if one.verdict.institutions else None,
            "event": f"story-{one.event}" if one.event is not None else None,
            "why": f"an organiser said: {one.reason.value.replace('_', ' ')}"
            if one.reason
            else "its story was compared",
            "hard": one.label is Label.NO_MATCH,
            "evident": bool(one.entry.summary.strip()),
            "origin": "labels of organisers",
        }
        for one in labelled
    ]
