"""The command line, `fangxin <command>`: one module per subject, each listing its commands in `COMMANDS`."""

import click

from . import (
    audit,
    calendar,
    compensation,
    credentials,
    demo,
    plates,
    print_sheets,
    retention,
    sealing,
    staff,
    transparency,
    units,
    upgrade,
    worker,
)


@click.group(help="放心消费在温州：运维命令。各命令从环境变量 FANGXIN_* 读取配置。")
def main() -> None:
    """Every command builds the application itself, so that --help works without settings."""


for _module in (
    audit,
    calendar,
    compensation,
    credentials,
    demo,
    plates,
    print_sheets,
    retention,
    sealing,
    staff,
    transparency,
    units,
    upgrade,
    worker,
):
    for _command in _module.COMMANDS:
        main.add_command(_command)
