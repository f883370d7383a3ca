"""`python3 -m scripts.set_up [--test | --bench]`: the virtual environment, from the hash-pinned lock file.

Runs on the system's Python. When nothing has changed since the last time it ends in a moment.
"""

import configparser
import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from scripts.console import Stop, complain, say, step

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
_STAMP = VENV / "fangxin-set-up.json"
_PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input")


#: Lock files, each holding what the one before it holds, and more.
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
_SETS = {"--test": LOCKS[1], "--bench": LOCKS[2]}


def set_up(lock: str) -> None:
    """Make .venv hold what the lock file says, and the project itself.

    lock     one of LOCKS; what a fuller one added stays until .venv is removed
    raises   Stop
    """
    if _is_done(lock):
        return
    if not PYTHON.exists() or _version_of(PYTHON) != sys.version_info[:2]:
        _make_venv()
    with (VENV / "set-up.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # `make run` and `make test` may be called together
        if _is_done(lock):
            return
        _install(ROOT / lock)
        _install_from_npm(lock)
        _STAMP.write_text(json.dumps({"digest": _digest(), "lock": lock}))


def _is_done(lock: str) -> bool:
    try:
        stamp = json.loads(_STAMP.read_text())
        held = LOCKS.index(stamp["lock"])
    except (OSError, ValueError, KeyError):
        return False
    return PYTHON.exists() and stamp["digest"] == _digest() and held >= LOCKS.index(lock)


def _digest() -> str:
    """Of everything an installation depends on; the settings of tools in setup.cfg are no part of it."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in (*LOCKS, "pyproject.toml", "miniprogram_stub/package-lock.json", "tests/foreign/package-lock.json"):
        digest.update((ROOT / name).read_bytes())
    described = configparser.ConfigParser(interpolation=None)
    described.read(ROOT / "setup.cfg", encoding="utf-8")
    for section in described.sections():
        if section == "metadata" or section.startswith("options"):
            digest.update(repr((section, sorted(described[section].items()))).encode())
    digest.update(repr(sorted(found.parent.name for found in ROOT.glob("*/__init__.py"))).encode())
    return digest.hexdigest()


def _version_of(python: Path) -> tuple[int, int] | None:
    asked = subprocess.run(
        [str(python), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True
    )
    numbers = asked.stdout.split()
    return (int(numbers[0]), int(numbers[1])) if asked.returncode == 0 and len(numbers) == 2 else None


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop(
            "This Python cannot make virtual environments. (缺少 python3-venv)\n"
            "  Install it and try again (请先安装): sudo apt-get install python3-venv"
        )
    with step(f"Virtual environment with Python {sys.version.split()[0]} (建立虚拟环境)"):
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
        if made.returncode:
            raise Stop(f"The virtual environment could not be made:\n{made.stdout}{made.stderr}")


def _install(lock: Path) -> None:
    total = sum("==" in line and not line.startswith("#") for line in lock.read_text().splitlines())
    with step(f"{total} packages from {lock.name}, each checked by its hash (安装依赖)"):
        _pip_with_progress(["install", "--require-hashes", "--requirement", str(lock)], total)
    with step("The project itself (安装本项目)"):
        # setuptools comes from the lock file too: nothing unpinned is fetched for the build.
        _pip_with_progress(["install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], 1)


def _install_from_npm(lock: str) -> None:
    folders = ["miniprogram_stub", *([] if lock == LOCKS[0] else ["tests/foreign"])]
    if subprocess.run([str(PYTHON), "-m", "scripts.node_packages", *folders], cwd=ROOT).returncode:
        raise Stop("What comes from npm could not be installed. (npm 依赖没有装上)")


def _pip_with_progress(arguments: list[str], total: int) -> None:
    """Run pip; show how far it is, and everything it said when it fails."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    said: list[str] = []
    seen = 0
    running = subprocess.Popen(
        [*_PIP, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for line in running.stdout or ():
        said.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            if seen % 10 == 0:
                say(f"  {seen}/{total}")
        elif line.startswith("Installing collected"):
            say("  unpacking (解包)")
    if running.wait():
        raise Stop(
            f"pip failed:\n{''.join(said[-25:])}\n"
            "  Is the package index reachable? pip's own settings (PIP_INDEX_URL, pip.conf) are respected.\n"
            "  （请检查能否访问软件包源；也可以用 pip 的设置指定镜像）"
        )


def main() -> None:
    """Set up; exit status 1 with a message when it cannot be done."""
    try:
        set_up(next((_SETS[argument] for argument in sys.argv[1:]), LOCKS[0]))
    except Stop as stop:
        complain(str(stop))
        sys.exit(1)


if __name__ == "__main__":
    main()
