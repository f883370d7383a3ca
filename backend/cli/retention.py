"""`fangxin retention`: forget what is kept for a time only, or say what would be forgotten."""

import click

from backend.personal_data import service
from backend.personal_data.rules import CLASSES

from .application import application


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="只统计到期的，不删除")
def retention(dry_run: bool) -> None:
    """按保存期限删除到期的个人信息。后台任务每天也会做；期限和依据见隐私说明页。"""
    from backend.background import RETENTION

    with application():
        found = service.retain(RETENTION, really=not dry_run)
        deleted = 0 if dry_run else service.delete_doomed()
    word = "到期" if dry_run else "已删"
    for code, count in found.items():
        kind = CLASSES[code]
        click.echo(f"{word} {count:>6}  {kind.what}（{kind.since}起 {kind.period_zh}）")
    if not dry_run:
        click.echo(f"已删 {deleted:>6}  照片文件")


COMMANDS = (retention,)
