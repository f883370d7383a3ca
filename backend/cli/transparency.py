"""`fangxin verify-log` and `fangxin export-log`: the transparency log checked from outside, and as a file."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import requests

from backend.infrastructure.database import unit_of_work
from backend.transparency import monitor, queries
from backend.transparency.monitor import Fetched, Tampered

from .application import application

_FILE = click.Path(dir_okay=False, path_type=Path)
_PAGE = 1000
_TIMEOUT_S = (5, 30)


@click.command("verify-log")
@click.argument("log")
@click.option("--state", "state_file", type=_FILE, help="记住树头和公钥的文件：下次核对时，日志只能在它后面追加")
@click.option(
    "--key", "given_keys", multiple=True, help="只信任这把公钥（可以多次给出）；不给时，第一次采用日志公布的公钥"
)
@click.option(
    "--register", "register_file", type=_FILE, help="名录文件（/register/units.json）：再核对名录和日志说的是否一样"
)
def verify_log(log: str, state_file: Path | None, given_keys: tuple[str, ...], register_file: Path | None) -> None:
    """核对整个透明日志：签名、每一条记录、每一个树头。LOG 是网站地址，或 export-log 写出的文件。

    发现改动、删除、倒签或回退时说明在哪里，并以状态码 1 退出。
    """
    kept = _state(state_file)
    offered, fetched = _from_site(log) if log.startswith(("http://", "https://")) else _from_file(Path(log))
    keys = list(given_keys) or kept.get("keys") or offered
    try:
        checked = monitor.check(fetched, keys, kept.get("note"))
    except Tampered as fault:
        click.echo(f"透明日志核对不通过：{fault}。", err=True)
        click.echo("请保存好手里的文件，并把这件事公开告诉主办单位和其他核对的人。", err=True)
        raise click.exceptions.Exit(1) from None
    if state_file is not None:
        _remember(state_file, {"note": checked.note, "keys": keys})
    head = checked.head
    click.echo(
        f"透明日志完整：{head.origin}，{head.size} 条，{checked.heads} 个树头，最新树头签于 {head.at.isoformat()}。"
    )
    if checked.late:
        click.echo(f"其中 {checked.late} 条没有在承诺的时间内进树。")
    if register_file is not None:
        _compare(fetched, register_file)


def _compare(fetched: Fetched, file: Path) -> None:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        found = monitor.differences(fetched.entries, held["units"], datetime.fromisoformat(held["as_of"]))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise click.ClickException(f"名录文件读不出来：{file}（{type(error).__name__}）") from None
    for difference in found:
        click.echo(f"{difference}。", err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo(f"名录和日志一致：{len(held['units'])} 张证书。")


@click.command("export-log")
@click.argument("file", type=_FILE)
def export_log(file: Path) -> None:
    """把整个透明日志写成一个 JSON 文件，供离线核对和留存。"""
    with application(), unit_of_work(read_only=True):
        whole = {
            "keys": queries.verifier_keys(),
            "heads": [head.note for head in queries.every_head()],
            "entries": [leaf.content for leaf in queries.every_entry()],
        }
    _remember(file, whole)
    click.echo(f"已写入 {file}：{len(whole['entries'])} 条，{len(whole['heads'])} 个树头。")


def _from_file(file: Path) -> tuple[list[str], Fetched]:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        texts = [[str(item) for item in held[part]] for part in ("keys", "heads", "entries")]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise click.ClickException(f"文件读不出来：{file}（{type(error).__name__}）") from None
    return texts[0], Fetched(texts[1], texts[2])


def _from_site(site: str) -> tuple[list[str], Fetched]:
    base = f"{site.rstrip('/')}/api/v1/transparency"
    with requests.Session() as http:
        keys = _get(http, f"{base}/head")["keys"]
        heads: list[str] = []
        after: int | None = 0
        while after is not None:
            answer = _get(http, f"{base}/heads", after=after, limit=_PAGE)
            heads += [head["note"] for head in answer["heads"]]
            after = answer["next"]
        return keys, Fetched(heads, list(_entries(http, base)))


def _entries(http: requests.Session, base: str) -> Iterator[str]:
    start = 0
    while found := _get(http, f"{base}/entries", start=start, limit=_PAGE)["entries"]:
        yield from (entry["content"] for entry in found)
        start += len(found)


def _get(http: requests.Session, address: str, **query: int) -> Any:
    try:
        answer = http.get(address, params=query, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise click.ClickException(f"取不到日志：{address}（{type(error).__name__}）") from None


def _state(file: Path | None) -> dict[str, Any]:
    if file is None or not file.exists():
        return {}
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return {"note": str(held["note"]), "keys": [str(key) for key in held["keys"]]}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise click.ClickException(f"状态文件读不出来：{file}（{type(error).__name__}）") from None


def _remember(file: Path, content: dict[str, Any]) -> None:
    """Whole or not at all: a torn state file would make the next check trust whatever it is shown."""
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        raise click.ClickException(f"写不进文件：{file}（{error}）") from None


COMMANDS = (verify_log, export_log)
