"""The mini-program's files: types hold, the package stays small, and nothing of this machine or of a package is in it."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.calculators.rules.prepaid import Card, Cause
from backend.calculators.rules.returns import Channel, Condition, Goods
from scripts import pictures
from scripts.node_packages import MINI_PROGRAM, ROOT, node, provide

APP = MINI_PROGRAM / "app"
PAGES: list[str] = json.loads((APP / "app.json").read_text(encoding="utf-8"))["pages"]
#: Interfaces behind WeChat's privacy gate that the program uses.
_PRIVATE = re.compile(r"wx\.(?:chooseMedia|chooseMessageFile|getLocation|setClipboardData)\b|\bcopy\(")
_MOST_BYTES = 500 * 1024
#: A page that says by itself what is wrong with its fields, and leaves it to the person to find them.
_SAYS_WRONG = re.compile(r"setData\(\{[^}]*\berrors(?::(?!\s*\{\})|\s*[,}])")


def _check_types(project: Path) -> subprocess.CompletedProcess[str]:
    compiler = MINI_PROGRAM / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run([str(node()), str(compiler), "-p", str(project)], capture_output=True, text=True, timeout=120)


def test_its_types_hold() -> None:
    provide(MINI_PROGRAM)
    done = _check_types(MINI_PROGRAM / "jsconfig.json")
    assert done.returncode == 0, done.stdout


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    """The control: the same settings refuse a program that asks a phone for what it does not have."""
    provide(MINI_PROGRAM)
    settings = json.loads((MINI_PROGRAM / "jsconfig.json").read_text(encoding="utf-8"))
    (tmp_path / "page.js").write_text("wx.noSuchThing({})\n", encoding="utf-8")
    options = {**settings["compilerOptions"], "typeRoots": [str(MINI_PROGRAM / "node_modules")]}
    (tmp_path / "jsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["page.js"]}))
    done = _check_types(tmp_path / "jsconfig.json")
    assert done.returncode != 0
    assert "noSuchThing" in done.stdout


@pytest.mark.parametrize("choices", [Card, Cause, Channel, Condition, Goods])
def test_the_choices_of_the_calculators_read_as_on_the_web(choices: type[Card]) -> None:
    words = (APP / "utils" / "words.js").read_text(encoding="utf-8")
    assert all(f"{one.value}: '{one.zh}'" in words for one in choices)


def test_the_package_is_small() -> None:
    size = sum(path.stat().st_size for path in APP.rglob("*") if path.is_file())
    assert 0 < size <= _MOST_BYTES


def test_the_pictures_of_the_pages_are_small_and_listed() -> None:
    """`python -m scripts.pictures ADDRESS` makes them again."""
    sizes = {path.stem: path.stat().st_size for path in pictures.FOLDER.iterdir()}
    assert set(sizes) == set(pictures.pages())
    assert max(sizes.values()) <= pictures.MOST_BYTES
    assert pictures.INDEX.read_text(encoding="utf-8") == pictures.index()


@pytest.mark.parametrize("kind", ["wxml", "json", "js"])
def test_every_page_has_its_files_and_no_file_is_alone(kind: str) -> None:
    """A page without a style of its own has no .wxss."""
    have = {path.relative_to(APP).with_suffix("").as_posix() for path in (APP / "pages").rglob(f"index.{kind}")}
    assert have == set(PAGES)


def _scripts(place: Path, seen: frozenset[Path] = frozenset()) -> Iterator[str]:
    """The scripts of a page or component and of the components it is made of."""
    place = place.resolve()
    if place in seen:
        return
    yield place.with_suffix(".js").read_text(encoding="utf-8")
    used = json.loads(place.with_suffix(".json").read_text(encoding="utf-8")).get("usingComponents", {})
    for path in used.values():
        yield from _scripts(place.parent / path, seen | {place})


def _reaches_private(place: Path) -> bool:
    return any(_PRIVATE.search(text) for text in _scripts(place))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_follows_the_text_size_and_asks_before_what_is_private(page: str) -> None:
    """<page-meta> may only come first; WeChat's privacy gate is asked on the page in sight, or the interface waits for ever."""
    drawn = (APP / page).with_suffix(".wxml").read_text(encoding="utf-8")
    assert drawn.startswith('<page-meta page-style="{{look}}" />\n'), "large text: see utils/large-text.js"
    assert "behaviors: [largeText]" in (APP / page).with_suffix(".js").read_text(encoding="utf-8")
    assert ("<privacy-sheet />" in drawn) == _reaches_private(APP / page), "WeChat's privacy gate: see utils/privacy.js"


def test_which_pages_reach_private_interfaces_is_seen() -> None:
    """The control: through its own script, through a component, and not at all."""
    reached = [_reaches_private(APP / "pages" / name / "index") for name in ("nearby", "complain", "progress")]
    assert reached == [True, True, False]


def test_what_is_wrong_with_a_form_is_said_in_one_way() -> None:
    found = [path.name for path in APP.rglob("*.js") if _SAYS_WRONG.search(path.read_text(encoding="utf-8"))]
    assert found == ["page.js"], "refuse() of utils/page.js brings the first field into view"


def _colours(style: Path) -> dict[str, str]:
    """The colours by name of a sheet's first block, the one by day: #fff as #ffffff."""
    block = style.read_text(encoding="utf-8").split("{", 1)[1].split("}", 1)[0]
    found = re.findall(r"--([\w-]+):\s*#([0-9a-f]{3}|[0-9a-f]{6});", block)
    return {name: value if len(value) == 6 else "".join(2 * digit for digit in value) for name, value in found}


def test_one_palette_for_every_page() -> None:
    css = ROOT / "backend" / "static" / "css"
    site, others = _colours(css / "site.css"), {path: _colours(path) for path in (APP / "app.wxss", css / "badge.css")}
    for path, colours in others.items():
        shared = {name: value for name, value in colours.items() if name in site}
        assert len(shared) >= 4, path
        assert shared == {name: site[name] for name in shared}, path
