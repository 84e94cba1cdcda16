"""`make bench`: every benchmark one after the other, each comparing within its own run. Bounded, about two minutes."""

import subprocess
import sys

MODULES = (
    "benchmarks.matching",
    "benchmarks.sending",
    "benchmarks.delivery",
    "benchmarks.intake",
    "benchmarks.detection",
    "benchmarks.reading",
)

if __name__ == "__main__":
    failed = 0
    for module in MODULES:
        print(f"\n== {module}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", module], check=False).returncode
    sys.exit(failed)
