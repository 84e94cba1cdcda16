"""The table of who may do what, as docs/roles.md tells it."""

from pathlib import Path

from bot.model.organiser import MAY, Act, Role

GUIDE = Path(__file__).parent.parent / "docs" / "roles.md"


def test_the_guide_tells_exactly_what_the_table_allows() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.read_text("utf-8").splitlines()]
    table = [row for row in rows if row[0] in [act.value for act in Act]]
    columns = (Role.OWNER, Role.ORGANISER, Role.REVIEWER, Role.VIEWER)
    told = {
        Act(act): frozenset(role for role, cell in zip(columns, cells, strict=True) if cell == "yes")
        for act, _, *cells in table
    }
    assert told == dict(MAY)
