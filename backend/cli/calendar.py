"""`fangxin publish-calendar`: the State Council's holiday notice of a year."""

from pathlib import Path

import click

from backend.access.actor import SYSTEM
from backend.casework import calendar
from backend.casework.service import publish_year
from backend.infrastructure.database import unit_of_work
from backend.kernel.errors import DomainError

from .application import application


@click.command("publish-calendar")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="通知的文号，例如：国办发明电〔2026〕1号")
def publish_calendar(path: Path, source: str) -> None:
    """录入国务院办公厅的节假日安排。文件是 CSV，三列：日期,类型,名称；类型写“放假”或“上班”。暂定的期限随即重算。"""
    with application():
        try:
            notice = calendar.read_notice(path.read_bytes())
            with unit_of_work():
                moved = publish_year(SYSTEM, notice, source[:200])
        except DomainError as error:
            raise click.ClickException(error.message) from None
    click.echo(f"已录入 {notice.year} 年的节假日安排，共 {len(notice.days)} 天；{moved} 个未到期的期限因此改变。")


COMMANDS = (publish_calendar,)
