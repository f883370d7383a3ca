"""What a careful look at a page finds: rules broken, sideways scrolling, targets too small, text cut off."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.site import DESK, PHONE

_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
#: WCAG 1.4.10: content for a width of 320 CSS pixels needs no sideways scrolling.
NARROW = {"width": 320, "height": 640}
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Controls lower than 44 px; links inside a sentence and choices, whose label is a target too, are measured otherwise.
_SMALL = """() => {
  const found = [];
  for (const one of document.querySelectorAll('a, button, select, textarea, summary, input:not([type=hidden])')) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || style.visibility === 'hidden' || one.matches('.skip-link')) continue;
    if (one.tagName === 'A' && style.display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim()) continue;
    if (getComputedStyle(one, '::after').position === 'absolute') continue;
    const target = one.matches('[type=radio], [type=checkbox]') ? one.closest('.form-check') : one;
    const height = target.getBoundingClientRect().height;
    if (height < 43.5) found.push(`${one.tagName} ${(one.textContent || one.name).trim().slice(0, 20)} ${Math.round(height)}px`);
  }
  return found;
}"""
#: Elements that hide a part of their own text.
_CUT = """() => [...document.querySelectorAll('main *, header *, footer *, nav *')].filter((one) => {
    const style = getComputedStyle(one);
    if (!['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis') return false;
    if (one.closest('svg, .visually-hidden, .photos, thead') || !one.textContent.trim()) return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
  }).map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`)"""
_DOUBLE_TEXT = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * 2}px`;
}"""


@dataclass
class Look:
    """What was found on a page.

    broken     rules of WCAG 2.2 A and AA, each with the first element, by width ("phone", "desk")
    sideways   pixels of sideways scrolling, by situation
    """

    address: str
    title: str
    first_headings: list[str]
    broken: dict[str, list[str]] = field(default_factory=dict)
    sideways: dict[str, int] = field(default_factory=dict)
    small: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


def look(page: Page) -> Look:
    """Look at the page that is open, on a phone, at a desk, on the narrowest screen, and with text twice as large."""
    found = Look(page.url, page.title(), page.locator("h1").all_inner_texts())
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found.small, found.sideways["phone"] = page.evaluate(_SMALL), page.evaluate(_SIDEWAYS)
    found.broken["phone"] = broken_rules(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found.sideways["320 px"], found.cut = page.evaluate(_SIDEWAYS), page.evaluate(_CUT)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    found.broken["desk"] = broken_rules(page)
    found.sideways["desk"] = page.evaluate(_SIDEWAYS)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate(_DOUBLE_TEXT)
    found.sideways["text 200 %"] = page.evaluate(_SIDEWAYS)
    found.cut += page.evaluate(_CUT)
    return found


def broken_rules(page: Page) -> list[str]:
    """What axe-core finds, each rule with its first element."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "rules => axe.run(document, {...rules, resultTypes: ['violations'], selectors: false})", _RULES
    )
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
