"""`python -m benchmarks.program_start ADDRESS`: how long the mini-program takes to start in the browser that development uses.

ADDRESS   of a running installation, such as `make run` prints
Prints, with an empty cache, the median of some loads: until the program is compiled, and until its first page stands; from the start of the
navigation. On phones WeChat compiles ahead and keeps the package: what counts there is its size, which is printed too (2 MB are allowed).
"""

import statistics
import sys

from playwright.sync_api import Browser, sync_playwright

from benchmarks.first_paint import FLAGS
from scripts.debian import chromium_program
from scripts.node_packages import MINI_PROGRAM

_LOADS = 7
_MOST_MS = 1_000
_MARKS = "['compiled', 'first-page'].map(name => performance.getEntriesByName(name)[0].startTime)"
_STARTED = "performance.getEntriesByName('first-page').length"


def main() -> None:
    """Start it some times; exits with 1 when its first page takes longer than a second."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
        starts = [_start(browser, f"{sys.argv[1].rstrip('/')}/mp/") for _ in range(_LOADS)]
        browser.close()
    compiled, first_page = (statistics.median(values) for values in zip(*starts, strict=True))
    size = sum(path.stat().st_size for path in (MINI_PROGRAM / "app").rglob("*") if path.is_file())
    print(f"compiled {compiled:5.0f} ms   first page {first_page:5.0f} ms   package {size / 1000:5.0f} kB")
    if first_page > _MOST_MS:
        sys.exit(1)


def _start(browser: Browser, address: str) -> list[float]:
    """Milliseconds until the program is compiled, and until its first page stands."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(_STARTED)
    marks: list[float] = page.evaluate(_MARKS)
    context.close()
    return marks


if __name__ == "__main__":
    main()
