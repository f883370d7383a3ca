"""`python -m scripts.pictures ADDRESS [FOLDER]`: a picture of every page of the mini-program, and `docs/mini-program.md` showing them.

ADDRESS   of a badge page of a running installation, such as `make run` prints
FOLDER    where the pictures go instead (docs/mini-program), for a look; the index is then left alone
--text 1.4, --dark   as phones are set; with FOLDER alone
"""

import argparse
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from scripts.console import Stop, say
from scripts.debian import chromium_program
from scripts.node_packages import MINI_PROGRAM, ROOT

FOLDER, INDEX = ROOT / "docs" / "mini-program", ROOT / "docs" / "mini-program.md"
_WIDTH, _HEIGHT, _TALLEST, _SHORTEST = 390, 844, 1100, 640
MOST_BYTES = 25_000
_QUALITIES = (70, 55, 40, 25)

#: Page → what its address needs.
ADDRESSES = {
    "advance": "no={number}",
    "badge": "badge={token}",
    "case": "no={number}",
    "complain": "badge={token}",
    "conversation": "no={number}",
    "emergency": "badge={token}",
    "group": "no={number}",
    "not-this-shop": "badge={token}",
    "rate": "badge={token}",
    "retaliation": "no={number}",
    "shared-phone": "no={number}",
    "station-application": "no={application}",
    "station-applications": "number={certificate}",
    "station-case": "no={asked}",
    "station-closing": "number={certificate}",
    "station-unit": "number={certificate}",
    "to-12315": "no={number}",
    "visit": "no={visit}",
}

#: Pages that show more of another case than of one that became a complaint.
_BETTER = {"advance": "advanced", "conversation": "talk", "shared-phone": "open"}

#: Pages that somebody else than their group's person has more to show on.
_WHOSE = {"enrol": "guke-lin"}


@dataclass(frozen=True)
class Group:
    """Whose pages they are: those whose names begin with `prefixes`, on the phone of `who`."""

    name: str
    who: str
    prefixes: tuple[str, ...]


_CONSUMERS = Group("消费者", "guke-chen", ())
_GROUPS = (
    _CONSUMERS,
    Group("维权联络站", "zhan-wang", ("station",)),
    Group("志愿者", "zhiyuan-zhao", ("visit",)),
)

#: What a signed-in person reads of the API, with what the harness itself uses to sign in.
_READ = """async ([who, path]) => {
  const key = `mp:${who}:token`
  let token = JSON.parse(localStorage.getItem(key))
  if (!token) {
    const { codes } = await (await fetch('./program.json')).json()
    const { code } = await (await fetch(`${codes}?person=${who}`)).json()
    const head = { 'content-type': 'application/json' }
    token = (await (await fetch('/api/v1/sessions', { method: 'POST', headers: head, body: JSON.stringify({ code }) })).json()).token
    localStorage.setItem(key, JSON.stringify(token))
  }
  return await (await fetch('/api/v1' + path, { headers: { Authorization: `Bearer ${token}` } })).json()
}"""


_KEEP = """async ([who, number]) => {
  const token = JSON.parse(localStorage.getItem(`mp:${who}:token`))
  await fetch(`/api/v1/me/kept-units/${encodeURIComponent(number)}`, { method: 'PUT', headers: { Authorization: `Bearer ${token}` } })
}"""


def pages() -> list[str]:
    """Names of the program's pages, in its order."""
    listed = json.loads((MINI_PROGRAM / "app" / "app.json").read_text(encoding="utf-8"))["pages"]
    return [path.split("/")[1] for path in listed]


def group_of(name: str) -> Group:
    """Whose page it is."""
    return next((group for group in _GROUPS if group.prefixes and name.startswith(group.prefixes)), _CONSUMERS)


def _title(name: str) -> str:
    own = json.loads((MINI_PROGRAM / "app" / "pages" / name / "index.json").read_text(encoding="utf-8"))
    return str(own.get("navigationBarTitleText", {"home": "首页", "badge": "扫码看到的证书"}.get(name, name)))


def _found(page: Page, token: str) -> dict[str, str]:
    """What the addresses need, as the sample people have it."""
    consumer, station, volunteer = (group.who for group in _GROUPS)
    own = page.evaluate(_READ, [consumer, "/settlements?own=true&limit=50"])["settlements"]
    inbox = page.evaluate(_READ, [station, "/settlements/inbox"])["requests"]
    units = page.evaluate(_READ, [station, "/station/units"])["units"]
    visits = page.evaluate(_READ, [volunteer, "/visits"])["visits"]
    for unit in page.evaluate(_READ, [consumer, "/units?certified=true&limit=3"])["units"]:
        page.evaluate(_KEEP, [consumer, unit["number"]])

    def having(what: str, part: str) -> str:
        """The first of the consumer's cases that has something of it."""
        numbers = [str(one["case_no"]) for one in own]
        return next(
            (no for no in numbers if page.evaluate(_READ, [consumer, f"/settlements/{no}/{part}"])[what]), numbers[0]
        )

    applied = [
        one
        for unit in units
        for one in page.evaluate(_READ, [station, f"/units/{unit['number']}/applications"])["applications"]
    ]
    return {
        "token": token,
        "application": applied[0]["case_no"] if applied else "",
        "number": _first(own, lambda one: bool(one["complaint_no"]))["case_no"],
        "open": _first(own, lambda one: one["state"] == "awaiting_answer")["case_no"],
        "advanced": having("advances", "advance"),
        "talk": having("messages", "messages"),
        "asked": _first(inbox, lambda one: bool(one["station_turn"]))["case_no"],
        "certificate": units[0]["number"],
        "visit": _first(visits, lambda one: one["state"] in {"assigned", "started"})["number"],
    }


def _first(rows: list[Any], wanted: Any) -> Any:
    return next(filter(wanted, rows), rows[0])


def _small(shot: bytes) -> bytes:
    """The picture as WebP of at most 25 kB: coarser first, then cut where a screen ends."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for tallest in (_TALLEST, _HEIGHT, _SHORTEST):
        part = picture.crop((0, 0, picture.width, min(picture.height, tallest)))
        for quality in _QUALITIES:
            made = io.BytesIO()
            part.save(made, "WEBP", quality=quality, method=6)
            if made.tell() <= MOST_BYTES:
                return made.getvalue()
    raise Stop(f"A picture does not fit into {MOST_BYTES} bytes. (图片太大)")


def _shoot(browser: Browser, address: str, folder: Path, token: str, phone: Mapping[str, str], scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": _WIDTH, "height": _HEIGHT}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/mp/")
    values = _found(page, token)
    for who in _WHOSE.values():
        page.evaluate(_READ, [who, "/me"])
    for name in pages():
        page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
        number = values[_BETTER.get(name, "number")]
        query = ADDRESSES.get(name, "").format(**{**values, "number": number})
        if query.endswith("="):
            say(f"  {name}: the sample has none")
            continue
        path = f"/pages/{name}/index?{query}"
        page.goto(f"{address}/mp/?{urlencode({'who': _WHOSE.get(name, group_of(name).who), **phone, 'path': path})}")
        try:
            page.locator("wx-page").first.wait_for()
        except PlaywrightTimeout:
            # Mostly an installation of another version, which does not know the page.
            raise Stop(f"{name} does not open at {address}: {faults or 'no fault is told'}. (页面打不开)") from None
        page.wait_for_load_state("networkidle")
        page.wait_for_function("!document.querySelector('.bar-loading')")
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": _WIDTH, "height": max(_HEIGHT, min(tall, _TALLEST))})
        (folder / f"{name}.webp").write_bytes(_small(page.screenshot()))
        say(f"  {name}")
    context.close()


def index() -> str:
    """`docs/mini-program.md`."""
    lines = [
        "# The mini-program, page by page",
        "",
        "The sample data of `make run` on a phone of 390 px; long pages are cut. Made by",
        "`python -m scripts.pictures ADDRESS`, where ADDRESS is a badge page that `make run` prints.",
    ]
    for group in _GROUPS:
        names = [name for name in pages() if group_of(name) is group and (FOLDER / f"{name}.webp").is_file()]
        lines += ["", f"## {group.name}", ""]
        lines += [
            f'<img src="mini-program/{name}.webp" width="230" alt="{_title(name)}" title="{_title(name)}">'
            for name in names
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make the pictures, and the index where they are the documentation's."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("address")
    reader.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    reader.add_argument("--text", default="1")
    reader.add_argument("--dark", action="store_true")
    asked = reader.parse_args()
    parts = urlsplit(asked.address)
    if not parts.netloc:
        raise Stop(f"{asked.address} is not a badge page's address. (请给出标牌页面的网址)")
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox", "--disable-gpu"])
        scheme = "dark" if asked.dark else "light"
        token = parts.path.rsplit("/", 1)[1]
        _shoot(browser, f"{parts.scheme}://{parts.netloc}", asked.folder, token, {"text": asked.text}, scheme)
        browser.close()
    if asked.folder == FOLDER:
        for picture in FOLDER.glob("*.webp"):
            if picture.stem not in pages():
                picture.unlink()
        INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
