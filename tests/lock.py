"""Writes requirements.lock (runtime) and tests/requirements.lock (the rest): versions and hashes, no index addresses.

One resolution covers both, so that the tests run on the very versions that operators get.
"""

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = "# Written by `make lock` from pyproject.toml. Python 3.11 and newer; every version pinned and hashed.\n"


def compile_lock(*arguments: str) -> str:
    """Run the resolver on pyproject.toml and return the lock's text, its own header dropped."""
    command = [
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", *arguments),
    ]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603


def blocks(lock: str) -> dict[str, str]:
    """Split a lock into its requirements: name -> the lines that pin and hash it."""
    parts = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    return {part.split("==")[0]: part for part in parts if part.strip()}


def main() -> None:
    """Resolve everything once, then what operators need within that choice."""
    everything = compile_lock("--group", "dev", "--upgrade")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write(everything)
        constraints.flush()
        runtime = compile_lock("-c", constraints.name)
    rest = {name: text for name, text in blocks(everything).items() if name not in blocks(runtime)}
    (ROOT / "requirements.lock").write_text(HEADER + runtime)
    (ROOT / "tests" / "requirements.lock").write_text(HEADER + "".join(rest.values()))


if __name__ == "__main__":
    main()
