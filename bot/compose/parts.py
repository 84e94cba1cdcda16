"""The parts of a digest page: a few lines for each institution."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.compose.grades import compare_tests, grade_lines, judgement_lines
from bot.compose.text import Markup, escape, fit, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.finding import Finding

NAME_LIMIT: Final = 150
SENTENCE_LIMIT: Final = 420
MORE_ROOM: Final = 60


def compose_parts(parts: Sequence[Finding], wording: Wording, name_of: Callable[[str], str], room: int) -> list[str]:
    """A block for each part, as many as `room` shows; the last one says how many are left out."""
    blocks: list[str] = []
    for part in parts:
        block = compose_part(part, wording, name_of)
        room -= visible_length(block) + len("\n\n")
        if room < MORE_ROOM:
            return [*blocks, wording("parts-more", count=len(parts) - len(blocks))]
        blocks.append(block)
    return blocks


def compose_part(part: Finding, wording: Wording, name_of: Callable[[str], str]) -> str:
    """Its place and kind, the grades, the deadline, and the sentence that says most."""
    first = next((sentence for sentence in part.summary if len(sentence) <= SENTENCE_LIMIT), None)
    lines = [
        part_heading(part, wording, name_of),
        *grade_lines(compare_tests(part), wording),
        *judgement_lines(part.judgements, wording),
        *([wording("answer-by", date=part.answer_by)] if part.answer_by else []),
        *([f"<blockquote>{escape(first)}</blockquote>"] if first else []),
    ]
    return "\n".join(lines)


def part_heading(part: Finding, wording: Wording, name_of: Callable[[str], str]) -> str:
    """The place, linked to its report where that has an address, and the kind of report."""
    names = ", ".join(name_of(place) for place in part.institutions[:2]) or part.title
    name = Markup(fit(escape(names), NAME_LIMIT))
    url = usable_url(part.url or part.document or None)
    linked = wording("source-linked", source=name, url=url) if url else name
    kind = f"report-kind-{part.kind.replace('_', '-')}"
    told = wording(kind) if part.kind and wording.has(kind) else None
    return wording("part-heading", name=linked, kind=told) if told else wording("part-name", name=linked)
