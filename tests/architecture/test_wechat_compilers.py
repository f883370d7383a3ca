"""WeChat's own compilers of templates (wcc) and style sheets (wcsc) take every file of the mini-program, as DevTools does."""

import platform
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.node_packages import MINI_PROGRAM, VERIFIERS, provide

APP = MINI_PROGRAM / "app"
#: npm hands WeChat's programs over without leave to run, and only for this kind of processor.
_PROGRAMS = VERIFIERS / "node_modules" / "miniprogram-compiler" / "bin" / "linux"
_PROCESSOR = "x86_64"


@pytest.fixture(scope="module")
def compilers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `wcc` and `wcsc`, ready to run."""
    if platform.machine() != _PROCESSOR:
        pytest.skip(f"WeChat's compilers are made for {_PROCESSOR}, this machine is {platform.machine()}")
    provide(VERIFIERS)
    folder = tmp_path_factory.mktemp("compilers")
    for name in ("wcc", "wcsc"):
        shutil.copy(_PROGRAMS / name, folder / name).chmod(0o700)
    return folder


def _run(program: Path, *arguments: str, of: Path = APP) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *arguments], cwd=of, capture_output=True, text=True, timeout=60)


def _files(kind: str) -> list[str]:
    return sorted(path.relative_to(APP).as_posix() for path in APP.rglob(f"*.{kind}"))


def test_every_template_compiles(compilers: Path) -> None:
    names = _files("wxml")
    done = _run(compilers / "wcc", "-d", *names)
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name in names if f"'{name}'" not in done.stdout] == []


def test_every_style_sheet_compiles(compilers: Path) -> None:
    for name in _files("wxss"):
        done = _run(compilers / "wcsc", "-lc", "-js", *dict.fromkeys(("app.wxss", name)))
        assert (name, done.returncode, done.stderr) == (name, 0, "")
        assert done.stdout


def test_control_a_broken_template_and_a_broken_style_sheet_are_refused(compilers: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.wxml").write_text('<view wx:if="{{open"></view>', encoding="utf-8")
    (tmp_path / "broken.wxss").write_text(".open { color: red\n.next { color", encoding="utf-8")
    template = _run(compilers / "wcc", "-d", "broken.wxml", of=tmp_path)
    style = _run(compilers / "wcsc", "-lc", "-js", "broken.wxss", of=tmp_path)
    assert template.returncode != 0
    assert "broken.wxml:1" in template.stderr
    assert style.returncode != 0
