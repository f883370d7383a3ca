"""Programs that tests and benchmarks use beside Python: installed when this is Debian's root, named otherwise."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.console import say, step


def _has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def chromium_program() -> str | None:
    """The browser of this machine; the one without windows first, which takes half the processor's time for a page."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout.strip())


def _has_libatomic() -> bool:
    """Playwright's driver is linked against it; Chromium's package does not bring it."""
    return any(Path("/usr").glob("lib*/**/libatomic.so.1"))


def _has(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


Packages = Mapping[str, Callable[[], bool]]
#: What the tests use: Debian package → whether what it brings is here.
TESTING: Packages = {
    "postgresql": _has_postgresql,
    "chromium-headless-shell": lambda: chromium_program() is not None,
    "curl": _has("curl"),
    "libatomic1": _has_libatomic,
    "fontconfig": _has("fc-list"),
    "fonts-noto-cjk": _has_chinese_font,
}
#: What the benchmarks use.
MEASURING: Packages = {"postgresql": _has_postgresql, "redis-server": _has("redis-server"), "wrk": _has("wrk")}


def missing_packages(packages: Packages = TESTING) -> list[str]:
    """Debian packages whose programs are not on this machine."""
    return [package for package, is_here in packages.items() if not is_here()]


def provide_packages(packages: Packages = TESTING) -> list[str]:
    """Install what is missing where that is possible; gives what is missing still."""
    missing = missing_packages(packages)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        with step(f"Debian packages: {' '.join(missing)} (安装系统软件包)"):
            _install(missing)
        missing = missing_packages(packages)
    if missing:
        say(f"  missing (缺少): sudo apt-get install {' '.join(missing)}")
    return missing


def _install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True)
        if done.returncode:
            say("\n".join(f"  {line}" for line in f"{done.stdout}{done.stderr}".splitlines()[-10:]))
            return
