"""Runs the whole suite and holds the coverage floors: `python -m tests.suite [pytest's own arguments]`."""

import subprocess
import sys

CORE = "bot/model/*,bot/match/*,bot/compose/*,bot/campaign/*,bot/schedule.py"
FLOORS: tuple[tuple[str, int, list[str]], ...] = (
    ("the core", 100, ["--include", CORE]),
    ("all", 95, []),
)


def run(*command: str) -> int:
    """Run a module of this Python; returns its exit code."""
    return subprocess.run([sys.executable, "-m", *command], check=False).returncode  # noqa: S603 - our own words


def main() -> int:
    """The tests' exit code, or 2 where they pass but a floor is broken."""
    failed = run("pytest", "--cov", "--cov-report=", *sys.argv[1:])
    if failed:
        return failed
    broken = 0
    for name, floor, scope in FLOORS:
        if run("coverage", "report", "--skip-covered", "--show-missing", f"--fail-under={floor}", *scope):
            sys.stderr.write(f"branch coverage of {name} is under its floor of {floor} %\n")
            broken = 2
    return broken


if __name__ == "__main__":
    sys.exit(main())
