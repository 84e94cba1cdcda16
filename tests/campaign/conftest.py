"""A small pack on disk, to break in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

WORDING = 'title = "Floods"\n'
INSTITUTIONS = '[[institutions]]\nid = "severn"\nname = "River Severn"\nnames = ["river severn"]\n'
TERMS = """
[settings]
alert_at = 3
review_at = 1

[[groups]]
name = "flood"
phrases = ["flood|floods warning?"]

[[rules]]
name = "flood"
says = "speaks of floods"
all = ["flood"]
weight = 3
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a pack whose files are good but for those given."""

    def write(**files: str) -> Path:
        for name, text in {"wording": WORDING, "institutions": INSTITUTIONS, "terms": TERMS, **files}.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write
