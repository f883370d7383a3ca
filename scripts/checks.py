"""`python -m scripts.checks [--lint] [pytest's arguments]`: style, types, imports and tests; exit status 1 if one fails.

FANGXIN_FULL=1 makes it strict: nothing may be missing and no test may be skipped.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from scripts.console import complain, say
from scripts.debian import provide_packages

ROOT = Path(__file__).resolve().parents[1]
_BIN = Path(sys.executable).parent
_STATIC = {
    "Style (ruff check)": ("ruff", "check", "."),
    "Format (ruff format)": ("ruff", "format", "--check", "."),
    "Types (mypy)": ("mypy", "backend", "wechat_double", "scripts", "tests"),
    "Imports (import-linter)": ("lint-imports", "--no-cache"),
}
_PROCESSES = "2"


def main() -> None:
    """Run every check, also after one has failed, so that one run shows all there is to mend."""
    arguments = sys.argv[1:]
    lint_only = "--lint" in arguments
    full = os.environ.get("FANGXIN_FULL") == "1"
    failed = [title for title, command in _STATIC.items() if not _succeeds(title, *command)]
    if not lint_only:
        missing = provide_packages()
        if missing and full:
            failed.append(f"Debian packages ({', '.join(missing)})")
        # Files, not single tests, are dealt out: what a module sets up is set up once. The plugin says in which order.
        dealt = ("-n", _PROCESSES, "--dist", "loadfile", "--no-loadscope-reorder")
        tests = ("pytest", "-p", "tests.full_run", *dealt)
        if not _succeeds("Tests (pytest)", *tests, *arguments):
            failed.append("Tests (pytest)")
    if failed:
        complain(f"failed: {'; '.join(failed)}")
        sys.exit(1)
    say("All checks passed. (全部检查通过)")


def _succeeds(title: str, program: str, *arguments: str) -> bool:
    say(f"▸ {title}")
    began = time.monotonic()
    # As modules where that puts the project's root on the path; the others are programs of .venv.
    start = [sys.executable, "-m", program] if program == "pytest" else [str(_BIN / program)]
    done = subprocess.run([*start, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL)
    say(f"  {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.1f} s")
    return done.returncode == 0


if __name__ == "__main__":
    main()
