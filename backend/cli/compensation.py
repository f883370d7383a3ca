"""`fangxin check-ledger`: whether the ledger of advance payments balances."""

import click

from backend.compensation import queries
from backend.infrastructure.database import unit_of_work

from .application import application


@click.command(
    "check-ledger", help="核对先行赔付台账：每一笔借贷相抵，余额与案件一致；发现问题逐条列出，并以状态码 1 退出。"
)
def check_ledger() -> None:
    """Sum every act to zero and compare the balances with the cases."""
    with application(), unit_of_work(read_only=True):
        faults = queries.ledger_faults()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("台账平衡。")


COMMANDS = (check_ledger,)
