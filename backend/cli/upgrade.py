"""`fangxin upgrade`: the database's structure."""

import click

from .application import application


@click.command(help="把数据库升级到最新结构。可以重复执行。")
def upgrade() -> None:
    """Run every migration that the database has not seen."""
    from backend.schema import bring_up_to_date

    with application():
        bring_up_to_date()
    click.echo("数据库结构已是最新。")


COMMANDS = (upgrade,)
