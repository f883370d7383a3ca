"""`python -m benchmarks.first_paint ADDRESS`: when a badge page can be read on a slow phone, as Chromium emulates one.

ADDRESS   of a badge page of a running installation, such as `make run` prints
Prints, for each network, the median of some loads with an empty cache: bytes sent, first contentful paint, all loaded. It counts from
the start of the navigation, with the round trips of the connection; processors are slowed down as far as the table says.
"""

import statistics
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from scripts.debian import chromium_program

_LOADS = 7
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


#: Waits for the paint by an observer: the page's policy forbids a script that asks again and again.
_READ = """() => new Promise(done => new PerformanceObserver(paints => {
  const first = paints.getEntriesByName('first-contentful-paint')[0];
  const [loading] = performance.getEntriesByType('navigation');
  if (first) done([loading.transferSize, first.startTime, loading.loadEventEnd]);
}).observe({type: 'paint', buffered: true}))"""


@dataclass(frozen=True)
class Phone:
    """A slow phone.

    round_trip_ms, kilobit_s   of its network; 0 for as it is
    slower                     how many times slower its processor is
    """

    name: str
    round_trip_ms: int
    kilobit_s: int
    slower: int


PHONES = (
    Phone("this machine", 0, 0, 1),
    Phone("weak 4G, slow phone", 150, 1_600, 4),
    Phone("3G, very slow phone", 400, 400, 6),
)


def main() -> None:
    """Load the page on each phone."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
        for phone in PHONES:
            loads = [_load(browser, phone, sys.argv[1]) for _ in range(_LOADS)]
            sent, painted, loaded = (statistics.median(values) for values in zip(*loads, strict=True))
            print(f"{phone.name:22} {sent / 1000:5.1f} kB   first paint {painted:5.0f} ms   loaded {loaded:5.0f} ms")
        browser.close()


def _load(browser: Browser, phone: Phone, address: str) -> tuple[float, float, float]:
    """Bytes over the network, milliseconds to the first contentful paint, to the end of loading."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    if phone.kilobit_s:
        rate = phone.kilobit_s * 1000 / 8
        limits = {"latency": phone.round_trip_ms, "downloadThroughput": rate, "uploadThroughput": rate}
        tools.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": phone.slower})
    page.goto(address, wait_until="load")
    sent, painted, loaded = page.evaluate(_READ)
    context.close()
    return sent, painted, loaded


if __name__ == "__main__":
    main()
