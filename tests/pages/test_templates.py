"""What the security policy and weak networks ask of every template and style sheet."""

import re
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[2] / "backend"
TEMPLATES = sorted((BACKEND / "templates").rglob("*.html"))
#: Data of a type that browsers do not run is no code.
_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)|<style\b|\sstyle=|\son[a-z]+=|javascript:",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"""(?:src=|<link[^>]*href=)["']?https?://""", re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(BACKEND)))
def test_no_template_needs_what_the_policy_forbids(template: Path) -> None:
    text = template.read_text()
    assert not _INLINE.search(text)
    assert not _FOREIGN.search(text)


@pytest.mark.parametrize(
    "faulty",
    ['<p style="x">', "<script>x", '<script type="module">', "<a onclick=x>", "<style>", '<a href="javascript:x">'],
)
def test_the_check_sees_inline_code(faulty: str) -> None:
    assert _INLINE.search(faulty)


def test_the_check_sees_another_site_but_allows_links() -> None:
    assert _FOREIGN.search('<script src="https://cdn.example/x.js">')
    assert not _FOREIGN.search('<a href="https://www.12315.cn">')


def test_the_badge_page_carries_one_small_style_sheet_and_no_script() -> None:
    shell = (BACKEND / "templates/pages/badge_base.html").read_text()
    assert shell.count("inline_style(") == 1
    assert 'rel="stylesheet"' not in shell
    assert "<script" not in shell
    page = (BACKEND / "templates/pages/badge.html").read_text()
    assert re.findall("<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert (BACKEND / "static/css/badge.css").stat().st_size < 10_000
