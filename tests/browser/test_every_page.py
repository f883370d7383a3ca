"""Every page, as people with a phone, a desk, poor sight or shaky hands meet it: WCAG 2.2 AA and thumbs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.city import path_of
from tests.browser.looking import Look, broken_rules, look
from tests.browser.places import ADDRESSES, EVERY, WAYS, Way
from tests.browser.site import Site

every_page = pytest.mark.parametrize("name", EVERY)
Looks = Callable[[str], Look]


@pytest.fixture(scope="module")
def looks(site: Site) -> Looks:
    """Looks at a page once, however many tests ask. Each person has one tab; who acts on the way to a page has one for that."""
    seen: dict[str, Look] = {}
    tabs: dict[str, Page] = {}

    def at(name: str) -> Look:
        if name not in seen:
            seen[name] = address(*ADDRESSES[name]) if name in ADDRESSES else way(*WAYS[name])
        return seen[name]

    def address(who: str, path: str) -> Look:
        if who not in tabs:
            tabs[who] = site.page(who)
        tabs[who].goto(path_of(path, site.city.names))
        return look(tabs[who])

    def way(who: str, go: Way) -> Look:
        page = site.page(who)
        go(page, site)
        found = look(page)
        page.close()
        return found

    return at


@every_page
def test_no_rule_of_wcag_is_broken(looks: Looks, name: str) -> None:
    assert looks(name).broken == {"phone": [], "desk": []}


@every_page
def test_nothing_scrolls_sideways(looks: Looks, name: str) -> None:
    assert {where: pixels for where, pixels in looks(name).sideways.items() if pixels > 0} == {}


@every_page
def test_no_text_is_cut_off(looks: Looks, name: str) -> None:
    assert looks(name).cut == []


@every_page
def test_what_is_tapped_is_as_high_as_a_thumb(looks: Looks, name: str) -> None:
    assert looks(name).small == []


@every_page
def test_a_page_has_one_heading_and_its_own_title(looks: Looks, name: str) -> None:
    found = looks(name)
    assert len(found.first_headings) == 1
    assert found.title.removeprefix("有错误：") not in ("", "放心消费在温州")


def test_no_page_asks_another_site_for_anything(site: Site, looks: Looks) -> None:
    for name in EVERY:
        looks(name)
    wechat = site.city.town.double.base_url
    foreign = [(page, asked) for page, asked in site.foreign() if not asked.startswith(wechat)]
    assert foreign == []
    assert len(site.requests) > len(EVERY)


def test_no_page_breaks_its_policy_or_misses_a_file(site: Site, looks: Looks) -> None:
    for name in EVERY:
        looks(name)
    assert site.faults == []


def test_control_a_breach_of_the_policy_a_missing_file_and_a_foreign_request_are_noted(site: Site) -> None:
    context = site.context()
    page = context.new_page()
    page.goto("/about-mark")
    faults, requests, foreign = len(site.faults), len(site.requests), len(site.foreign())
    page.evaluate("""() => {
      const code = document.createElement('script');
      code.textContent = 'document.title = "planted"';
      document.head.append(code);
      for (const address of ['/static/none.svg', 'http://127.0.0.1:9/x.svg']) {
        const picture = new Image();
        picture.src = address;
        document.body.append(picture);
      }
    }""")
    page.wait_for_load_state("networkidle")
    context.close()
    noted, noticed = site.faults[faults:], len(site.foreign()) - foreign
    del site.faults[faults:], site.requests[requests:]
    assert any("Content Security Policy" in text for text in noted)
    assert any(text.startswith("404 ") for text in noted)
    assert noticed == 1


def test_control_planted_faults_are_found(site: Site) -> None:
    page = site.page("nobody")
    page.goto("/about-mark")
    assert broken_rules(page) == []
    page.evaluate("""() => {
      document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/static/mark.svg"><p id="wide"><a href="/">去</a></p>');
      document.querySelector('.lead').style.color = '#cccccc';
      const wide = document.getElementById('wide');
      wide.style.width = '70rem';
      document.querySelector('h1').style.cssText = 'overflow: hidden; height: 1rem';
    }""")
    found = look(page)
    assert {line.partition(":")[0] for line in found.broken["phone"]} == {"image-alt", "color-contrast"}
    assert found.sideways["phone"] > 0
    assert found.cut
    assert found.small
    page.close()
