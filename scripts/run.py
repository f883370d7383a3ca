"""`python -m scripts.run [--share N]`: the whole system on this machine, with sample data, until Ctrl-C.

--share N uses every N-th of the plan's units only. PORT (8000) and DATA_DIR (var) may be set, and every FANGXIN_* setting; logs are in DATA_DIR/logs,
and `scripts/fangxin <command>` speaks to the installation that was started last.
"""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from scripts.console import Stop, complain, say, step
from scripts.dev_secrets import development_secrets
from scripts.services import Service, stop_all
from wechat_double import credentials

ROOT = Path(__file__).resolve().parents[1]
#: Where the application takes WeChat's pushes.
PUSH_PATH = "/api/wechat/push"
_READY_WITHIN_S = 60.0
_WECHAT_PORT = 8601


class Run:
    """One installation, from its settings to its end."""

    def __init__(self, port: int, data_dir: Path) -> None:
        self._port = port
        self._logs = data_dir / "logs"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._wechat_port = _WECHAT_PORT if _is_free(_WECHAT_PORT) else _any_free_port()
        self._environment = self._settings(data_dir)
        _keep_settings(data_dir / "settings.env", self._environment)
        self._services: list[Service] = []

    def start(self) -> None:
        """Bring everything up, in the order in which one part needs another.

        raises   Stop
        """
        push_url = f"http://127.0.0.1:{self._port}{PUSH_PATH}"
        with step("Database (数据库结构)"):
            self._fangxin("upgrade")
        with step("WeChat double (微信开发替身)"):
            self._launch("wechat", "wechat_double", "--port", str(self._wechat_port), "--push-url", push_url)
            self._wait_for(f"http://127.0.0.1:{self._wechat_port}/", any_answer=True)
        with step("Sample data, laid down once (样例数据)"):
            self._fangxin("demo", *sys.argv[1:], shown=True)
        with step("Web and worker (网站与后台任务)"):
            self._launch("worker", "backend.cli", "worker")
            self._launch("web", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"))
            self._wait_for(f"http://127.0.0.1:{self._port}/readyz")
        say(self._fangxin("demo", "--summary"))
        say(f"Logs (日志): {self._logs}    Stop with Ctrl-C (按 Ctrl-C 停止)")

    def watch(self) -> None:
        """Return never; raises Stop as soon as one part has ended."""
        while True:
            self._check()
            time.sleep(0.2)

    def stop(self) -> None:
        """End every part."""
        stop_all(reversed(self._services))

    def _settings(self, data_dir: Path) -> dict[str, str]:
        """What the person has set goes before what is made here."""
        wechat = f"http://127.0.0.1:{self._wechat_port}"
        return {
            "FANGXIN_PUBLIC_URL": f"http://localhost:{self._port}",
            "FANGXIN_WECHAT_APP_ID": credentials.MINI_APP_ID,
            "FANGXIN_WECHAT_APP_SECRET": credentials.MINI_APP_SECRET,
            "FANGXIN_WECHAT_WEB_APP_ID": credentials.WEB_APP_ID,
            "FANGXIN_WECHAT_WEB_APP_SECRET": credentials.WEB_APP_SECRET,
            "FANGXIN_WECHAT_PUSH_TOKEN": credentials.PUSH_TOKEN,
            "FANGXIN_WECHAT_PUSH_AES_KEY": credentials.PUSH_AES_KEY,
            "FANGXIN_WECHAT_BASE_URL": wechat,
            "FANGXIN_SMS_URL": f"{wechat}/sms",
            "FANGXIN_SMS_TOKEN": credentials.SMS_TOKEN,
            "FANGXIN_WECHAT_AUTHORIZE_URL": f"{wechat}/connect/oauth2/authorize",
            **development_secrets(data_dir / "secrets.env"),
            **os.environ,
            "FANGXIN_DATA_DIR": str(data_dir),
            "PORT": str(self._port),
            "PYTHONUNBUFFERED": "1",
        }

    def _fangxin(self, *arguments: str, shown: bool = False) -> str:
        """Run a command of the project to its end; gives what it printed.

        shown    its progress goes to the person's terminal, not to the log
        raises   Stop with its words when it fails
        """
        done = subprocess.run(
            [sys.executable, "-m", "backend.cli", *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if shown else subprocess.PIPE,
            text=True,
        )
        with (self._logs / "commands.log").open("a", encoding="utf-8") as log:
            log.write(done.stderr or "")
        if done.returncode:
            ending = "\n".join(f"{done.stdout}{done.stderr or ''}".splitlines()[-20:])
            raise Stop(f"fangxin {' '.join(arguments)} failed:\n{ending}")
        return done.stdout

    def _launch(self, name: str, module: str, *arguments: str) -> None:
        environment = self._environment
        if name == "web":
            environment = {**environment, "PROMETHEUS_MULTIPROC_DIR": str(self._logs.parent / "metrics")}
        command = [sys.executable, "-m", module, *arguments]
        self._services.append(Service(name, command, environment, self._logs / f"{name}.log"))

    def _wait_for(self, url: str, *, any_answer: bool = False) -> None:
        until = time.monotonic() + _READY_WITHIN_S
        said = "no answer"
        while time.monotonic() < until:
            self._check()
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return
            except urllib.error.HTTPError as error:
                if any_answer:
                    return
                said = _faults(error.read())
            except OSError:
                pass
            time.sleep(0.1)
        raise Stop(f"{url} is not ready after {_READY_WITHIN_S:.0f} s: {said}\n  Logs: {self._logs}")

    def _check(self) -> None:
        for service in self._services:
            code = service.exit_code()
            if code is not None:
                ending = "\n".join(f"  {line}" for line in service.last_lines())
                raise Stop(f"{service.name} has ended (exit status {code}). Its last lines, {service.log}:\n{ending}")


def _keep_settings(path: Path, environment: Mapping[str, str]) -> None:
    """Write down the settings of this start, for `scripts/fangxin`. They hold secrets: readable by their owner alone."""
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
        for name, value in sorted(environment.items()):
            if name.startswith("FANGXIN_"):
                handle.write(f"{name}={shlex.quote(value)}\n")


def _faults(body: bytes) -> str:
    try:
        return str(json.loads(body)["faults"])
    except (ValueError, LookupError, TypeError):
        return "an answer that cannot be read"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("FANGXIN_BIND", "127.0.0.1"), port))
        except OSError:
            return False
        return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}. (PORT 应为 1 到 65535 的数字)")
    if not _is_free(int(text)):
        raise Stop(f"Port {text} is in use. Choose another (端口已被占用，请换一个): make run PORT={int(text) + 1}")
    return int(text)


def _refuse_production() -> None:
    if os.environ.get("FANGXIN_PROFILE") == "production":
        raise Stop("This runs sample data and a stand-in for WeChat; for production see docs/deployment.md.")


class _Interrupted(Exception):
    """Somebody asked for the end."""


def _interrupt(number: int, _frame: FrameType | None) -> None:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)  # the end has begun; it takes care of itself
    raise _Interrupted(number)


def main() -> None:
    """Run until interrupted (exit status 0) or until something fails (1)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    run: Run | None = None
    status = 0
    try:
        _refuse_production()
        data_dir = Path(os.environ.get("DATA_DIR") or os.environ.get("FANGXIN_DATA_DIR") or "var").resolve()
        run = Run(_chosen_port(), data_dir)
        run.start()
        run.watch()
    except _Interrupted:
        say("\nStopping (正在停止) …")
    except (Stop, ValueError) as error:
        complain(str(error))
        status = 1
    finally:
        if run is not None:
            run.stop()
    sys.exit(status)


if __name__ == "__main__":
    main()
