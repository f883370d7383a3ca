"""`fangxin audit-anchor` and `fangxin verify-audit`: the audit chains, and their tails kept outside the database."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import sqlalchemy as sa

from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work

from .application import application

_REASONS = {
    "missing": "缺少记录",
    "changed": "内容被改动",
    "rewritten": "与存档的锚点不符，整条链被重写",
    "cut": "末尾的记录被删除",
}
#: Chain → (position, hash) of its tail.
Anchors = dict[str, tuple[int, str]]
_ANCHORS = click.Path(dir_okay=False, path_type=Path)


@click.command("audit-anchor", help="把各条审计链现在的末尾追加到文件；文件应放在数据库管理员不能改写的地方。")
@click.argument("file", type=_ANCHORS)
def audit_anchor(file: Path) -> None:
    """Append one JSON line and bring it to the disk."""
    with application(), unit_of_work(read_only=True):
        line = json.dumps({"at": current.now().isoformat(), "anchors": audit.anchors()}, sort_keys=True)
    with file.open("a", encoding="utf-8") as handle:
        handle.write(f"{line}\n")
        handle.flush()
        os.fsync(handle.fileno())
    click.echo(f"已写入锚点：{file}")


@click.command("verify-audit", help="核对全部审计链；发现问题时逐条列出，并以状态码 1 退出。")
@click.option("--anchors", "file", type=_ANCHORS, help="audit-anchor 写出的文件；不给则查不出整条链被重写。")
def verify_audit(file: Path | None) -> None:
    """Compare every chain with itself and with every anchor that was kept."""
    kept = _read(file) if file else [{}]
    with application(), unit_of_work(read_only=True):
        breaks = {*audit.verify(kept[-1]), *_rewritten(kept[:-1])}
    for found in sorted(breaks, key=lambda item: (item.chain, item.position)):
        click.echo(f"审计链 {found.chain} 第 {found.position} 条：{_REASONS[found.reason]}", err=True)
    if breaks:
        raise click.exceptions.Exit(1)
    click.echo("审计链完整。")


def _rewritten(kept: Iterable[Anchors]) -> Iterator[audit.Break]:
    """Older anchors that the database contradicts; a look-up each, since the walk has shown that the chains hold together."""
    for anchors in kept:
        for chain, (position, hash_) in anchors.items():
            row = audit.AuditEntry
            if session().scalar(sa.select(row.hash).where(row.chain == chain, row.position == position)) != hash_:
                yield audit.Break(chain, position, "rewritten")


def _read(file: Path) -> list[Anchors]:
    try:
        lines = [json.loads(line)["anchors"] for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        kept = [{chain: (int(tail[0]), str(tail[1])) for chain, tail in line.items()} for line in lines]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise click.ClickException(f"锚点文件读不出来：{file}（{type(error).__name__}）") from None
    if not kept:
        raise click.ClickException(f"锚点文件是空的：{file}")
    return kept


COMMANDS = (audit_anchor, verify_audit)
