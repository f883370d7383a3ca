"""`python -m scripts.run` as a person starts it: up with sample data, a scan shows green and red, Ctrl-C leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from backend.demo.people import STAFF

_ROOT = Path(__file__).resolve().parents[2]
_READY = "Stop with Ctrl-C"
_SWEPT_WITHIN_S = 120


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(port: int, data_dir: Path) -> Iterator[str]:
    """The whole installation; gives what it printed until it was ready."""
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "scripts.run", "--share", "200"]
    process = subprocess.Popen(
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if _READY in line:
                break
        assert _READY in said, said
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        assert process.returncode == 0, said + rest


#: What is found in each queue, by table and state; a|b is either, for what the worker sends upward while the test looks.
_QUEUES = {
    "settlement": {"awaiting_answer", "offered", "refused", "agreed", "performed", "escalated"},
    "complaint": {
        "received",
        "in_mediation",
        "delegated",
        "testing",
        "passed_on",
        "mediated",
        "not_accepted",
        "terminated",
    },
    "report": {"received", "verifying", "extension_asked", "filed", "not_filed"},
    "emergency": {"raised|escalated", "acknowledged", "closed"},
    "advance_payment": {"requested", "paid"},
    "recovery": {"owed", "recovered"},
    "delegation": {"awaiting_decision", "agreed"},
    "dispatch": {"in_hand", "closed"},
    "assistance": {"asked", "replied"},
    "reopening": {"opened", "solved"},
    "retaliation": {"told|escalated", "contacted"},
    "group_proposal": {"in_force", "open"},
    "inquiry": {"asked", "answered"},
    "application": {"draft", "submitted", "returned", "examined", "public_notice", "noticed", "awarded", "refused"},
    "application_objection": {"awaiting_answer"},
}


def _all_swept(data_dir: Path) -> None:
    """Wait until the worker has looked at every deadline: what the sample data has must still be there then."""
    waiting = "SELECT count(*) FROM job WHERE state = 'ready' AND name LIKE 'periodic:sweep%'"
    planned = "SELECT count(*) FROM periodic_run WHERE name LIKE 'sweep%'"
    until = time.monotonic() + _SWEPT_WITHIN_S
    with closing(sqlite3.connect(data_dir / "fangxin.sqlite3")) as held:
        while held.execute(waiting).fetchone() != (0,) or held.execute(planned).fetchone() == (0,):
            assert time.monotonic() < until, "the worker sweeps nothing"
            time.sleep(0.1)


def _lacking(data_dir: Path) -> dict[str, set[str]]:
    """States of which the sample data has no case."""
    with closing(sqlite3.connect(data_dir / "fangxin.sqlite3")) as held:
        found = {table: {row[0] for row in held.execute(f"SELECT state FROM {table}")} for table in _QUEUES}  # noqa: S608
        (crowds,) = held.execute("SELECT count(*) FROM mass_harm").fetchone()
    assert crowds == 1
    missing = {
        table: {either for either in states if found[table].isdisjoint(either.split("|"))}
        for table, states in _QUEUES.items()
    }
    return {table: states for table, states in missing.items() if states}


def _with_data_dir(data_dir: Path) -> list[str]:
    """Command lines of processes that belong to this installation."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if f"FANGXIN_DATA_DIR={data_dir}".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue  # it has just ended, or is no process
    return found


def _command(data_dir: Path, *arguments: str) -> str:
    """What an operator's command prints, with the settings of the start."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)}
    done = subprocess.run(
        ["scripts/fangxin", *arguments], cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "var"


def test_everything_comes_up_shows_itself_and_ends(data_dir: Path) -> None:
    port = _free_port()
    with _running(port, data_dir) as said:
        assert _with_data_dir(data_dir)
        assert requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).status_code == 200
        assert "放心消费在温州" in requests.get(f"http://127.0.0.1:{port}/", timeout=10).text
        shown = dict(re.findall(r"  (\S+)：http://localhost:\d+(/b/\S+)", said))
        for name, words in (("证书有效", "证书有效"), ("整改中", "整改"), ("已摘牌", "摘牌")):
            page = requests.get(f"http://127.0.0.1:{port}{shown[name]}", timeout=10)
            assert page.status_code == 200
            assert words in page.text
        assert requests.get(f"http://127.0.0.1:{port}/api/docs", timeout=10).status_code == 200
        assert requests.get(f"http://127.0.0.1:{port}/b/1.7K3QX9C2M4TP.AbC_dEf-12", timeout=10).status_code == 404
        _all_swept(data_dir)
        assert _lacking(data_dir) == {}
        assert [name for name in STAFF if f"  {name}（" not in said] == []
        assert f"http://localhost:{port}/console/sign-in" in _command(data_dir, "demo", "--summary")
    assert (data_dir / "settings.env").stat().st_mode & 0o077 == 0
    assert _with_data_dir(data_dir) == []


@pytest.fixture(scope="module")
def kept(data_dir: Path) -> str:
    """The demonstration's record as the first start left it."""
    return (data_dir / "demo.json").read_text()


@pytest.fixture(scope="module")
def second_start(data_dir: Path, kept: str) -> Iterator[str]:
    """What the installation that the first test made prints when it is started again; it runs on."""
    with _running(_free_port(), data_dir) as said:
        yield said


def test_the_second_start_keeps_the_data(data_dir: Path, kept: str, second_start: str) -> None:
    assert "过去一百天" not in second_start
    assert (data_dir / "demo.json").read_text() == kept


@pytest.mark.skipif(shutil.which("curl") is None, reason="not on this machine: apt-get install curl")
def test_the_readme_s_commands_do_the_five_journeys(data_dir: Path, second_start: str) -> None:
    commands = _ROOT.joinpath("README.md").read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line]
    answers = [json.loads(line) for line in lines if line.startswith("{")]
    assert [line for line in lines if not line.startswith("{")] == ["VALID", "REVOKED"]
    assert [answer for answer in answers if str(answer.get("type", "")).startswith("urn:fangxin:problem")] == []
    assert [answer.get("state", answer.get("moderation")) for answer in answers] == [
        "waiting", "refused", "in_mediation", "awaiting_decision", "revoked", "visiting", "started", "submitted", "closed", "published",
    ]  # fmt: skip


def test_a_port_in_use_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {**os.environ, "PORT": str(taken.getsockname()[1]), "DATA_DIR": "var/never"}
        command = [sys.executable, "-m", "scripts.run"]
        ended = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "端口已被占用" in ended.stderr
