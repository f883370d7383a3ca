"""The command that makes a printer's files of an order of plates."""

from pathlib import Path

import click

from backend.badges.artwork import PAPERS, SRA3, TEMPLATES
from backend.kernel.errors import DomainError

from .application import application
from .progress import Bar

_PRINTED = [name for name, template in TEMPLATES.items() if template.bleed]


@click.command("print-sheets")
@click.argument("order")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--template", type=click.Choice(_PRINTED), help="版式，默认按标牌的位置")
@click.option("--paper", type=click.Choice(list(PAPERS)), default=SRA3.name, show_default=True, help="纸张")
@click.option("--dated", default="", help="印在批次行里的日期，例如 2026-11-25；不写就不印")
@click.option("--sheets-per-file", type=click.IntRange(1, 500), default=50, show_default=True, help="每个文件最多几张")
@click.option("--processes", type=click.IntRange(1, 64), help="进程数，默认为处理器核数")
def print_sheets(
    order: str,
    folder: Path,
    template: str | None,
    paper: str,
    dated: str,
    sheets_per_file: int,
    processes: int | None,
) -> None:
    """把一个订单的标牌拼版成印刷用的 PDF（带出血、裁切线和批次行），写到 FOLDER。每张都解码核对；可随时中断，再次运行接着做。"""
    from backend.badges.printing import print_order

    with application(), Bar("拼版") as bar:
        try:
            printed = print_order(
                order,
                folder,
                template=TEMPLATES[template] if template else None,
                paper=PAPERS[paper],
                dated=dated,
                sheets_per_file=sheets_per_file,
                processes=processes,
                progress=bar.show,
            )
        except DomainError as error:
            raise click.ClickException(error.message) from None
    click.echo(f"{printed.plates} 块标牌，{printed.sheets} 张，{len(printed.files)} 个文件，在 {folder}。")
    for refused in printed.refused:
        click.echo(f"没有印 {refused.serial}：{refused.reason}", err=True)
    if printed.refused:
        raise click.ClickException(f"有 {len(printed.refused)} 块标牌没有印。")


COMMANDS = (print_sheets,)
