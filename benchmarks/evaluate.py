"""Score matching, stories and reading on labelled rows that are kept outside this project.

    python -m benchmarks.evaluate SHARED [ROW.jsonl ...]

SHARED holds eval/match_eval.py, cluster_eval.py, headlines.jsonl and reading/. Where it is missing, nothing is scored
and the exit code is 0. Further files of labelled rows, such as what `python -m bot labels export` writes, are scored
like the headlines, each by itself; one that is named and not there is an error.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ_SECONDS = 60


def main() -> int:
    """Run every scorer that is there; the exit code is the highest of theirs."""
    if len(sys.argv) < 2:
        print("usage: python -m benchmarks.evaluate SHARED [ROWS.jsonl ...]", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1]) / "eval"
    if not folder.is_dir():
        print(f"skipped: {folder} is not there, so there is nothing to score against")
        return 0
    more = [Path(name).resolve() for name in sys.argv[2:]]
    missing = [str(rows) for rows in more if not rows.is_file()]
    if missing:
        print(f"not there: {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        codes = [score_rows(folder, rows, Path(made)) for rows in (folder / "headlines.jsonl", *more)]
        return max([*codes, score_reading(folder / "reading", Path(made))])


def score_rows(folder: Path, rows: Path, made: Path) -> int:
    """Match and cluster one file of labelled rows."""
    if not rows.is_file():
        print(f"skipped: {rows} is not there")
        return 0
    worst = 0
    if rows.parent != folder:
        print(f"{rows.name}:")
    for command, scorer in (("match", "match_eval.py"), ("cluster", "cluster_eval.py")):
        output = made / f"{command}.jsonl"
        with rows.open("rb") as given, output.open("wb") as written:
            ours = subprocess.run(bot(command), cwd=ROOT, stdin=given, stdout=written, check=False)
        print(f"{command}: ", end="", flush=True)
        theirs = subprocess.run([sys.executable, folder / scorer, rows, output], check=False)
        worst = max(worst, ours.returncode, theirs.returncode)
    return worst


def score_reading(folder: Path, made: Path) -> int:
    """Read every page of the index, and score what was read; a page that cannot be read has no line."""
    index = folder / "index.jsonl"
    if not index.is_file():
        print(f"skipped: {index} is not there")
        return 0
    output = made / "read.jsonl"
    with output.open("w", encoding="utf-8") as written:
        for line in filter(str.strip, index.read_text(encoding="utf-8").splitlines()):
            written.writelines(read(folder, json.loads(line)))
    print("read: ", end="", flush=True)
    return subprocess.run([sys.executable, folder / "reading_eval.py", output], check=False).returncode


def read(folder: Path, row: dict[str, str]) -> list[str]:
    """The prediction for one page, as a line, or nothing where the page could not be read."""
    command = [*bot("read"), str(folder / row["file"]), "--url", row["url"]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=READ_SECONDS, check=False)
    if done.returncode:
        print(f"page {row['id']} was not read: {done.stderr.strip()[-200:]}")
        return []
    return [json.dumps({"id": row["id"], **json.loads(done.stdout)}) + "\n"]


def bot(command: str) -> list[str]:
    """A command of the bot."""
    return [sys.executable, "-m", "bot", command]


if __name__ == "__main__":
    sys.exit(main())
