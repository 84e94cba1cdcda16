"""Runs the whole suite and holds the coverage floors: `python -m tests.suite [pytest's own arguments]`.

It always ends. pytest-timeout ends a test, the watchdog of tests/conftest.py ends a process that cannot be told so, and
what hangs beyond any test (a session's end, a worker's start) is ended here, with all that the run started.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from types import FrameType

import psutil

CORE = "bot/model/*,bot/match/*,bot/compose/*,bot/campaign/*,bot/schedule.py"
FLOORS: tuple[tuple[str, int, list[str]], ...] = (
    ("the core", 100, ["--include", CORE]),
    ("all", 95, []),
)
# Four times what it should take on two cores. SUITE_MINUTES is for slower machines.
MINUTES = float(os.environ.get("SUITE_MINUTES", "20"))
TOO_LONG = 124
# Whatever the run starts inherits it, whichever group or parent it has later.
MARK = "ALERTS_TEST_RUN"


def main() -> int:
    """The tests' exit code, 124 where they did not end in time, or 2 where they pass but a floor is broken."""
    failed = run_tests("--cov", "--cov-report=", *sys.argv[1:])
    if failed:
        return failed
    broken = 0
    for name, floor, scope in FLOORS:
        report = ("coverage", "report", "--skip-covered", "--show-missing", f"--fail-under={floor}", *scope)
        if subprocess.run([sys.executable, "-m", *report], check=False).returncode:  # noqa: S603 - our own words
            say(f"branch coverage of {name} is under its floor of {floor} %")
            broken = 2
    return broken


def run_tests(*arguments: str) -> int:
    """Run pytest in a group of its own; its exit code, or 124. Nothing that it started is left."""
    mark = str(os.getpid())
    # A log must tell the last test that began, even where its writer is killed.
    environ = {**os.environ, "PYTHONUNBUFFERED": "1", MARK: mark}
    command = [sys.executable, "-m", "pytest", *arguments]
    tests = subprocess.Popen(command, env=environ, start_new_session=True)  # noqa: S603 - our own words
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on(tests))
    try:
        return tests.wait(MINUTES * 60)
    except subprocess.TimeoutExpired:
        say(f"the tests did not end within {MINUTES:g} minutes and are killed; what they were doing:")
        tell_stacks(tests.pid)
        return TOO_LONG
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(tests.pid, signal.SIGKILL)
        tests.wait()
        end_what_is_left(mark)


def pass_on(tests: subprocess.Popen[bytes]) -> Callable[[int, FrameType | None], None]:
    """Tell the tests first; who asks again has no more patience."""

    def told(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.default_int_handler)
        tests.send_signal(number)

    return told


def tell_stacks(pid: int) -> None:
    """Let pytest and its workers write their stacks and end: pytest has switched that on."""
    with contextlib.suppress(psutil.NoSuchProcess):
        tests = psutil.Process(pid)
        for one in (*tests.children(), tests):
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGABRT)
        psutil.wait_procs([tests], timeout=5)


def end_what_is_left(mark: str) -> None:
    """Kill every process that carries this run's mark, and name it."""
    for process in psutil.process_iter(["environ", "cmdline"]):
        if (process.info["environ"] or {}).get(MARK) == mark and process.pid != os.getpid():
            say(f"left behind by the tests, and killed: {' '.join(process.info['cmdline'] or ())[:120]}")
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def say(words: str) -> None:
    """Write a line beside what pytest writes."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
