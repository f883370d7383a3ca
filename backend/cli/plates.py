"""Commands for plates: draw what waits, and say what stands in a unit's codes."""

import click

from backend.infrastructure.database import unit_of_work
from backend.kernel.errors import DomainError

from .application import application
from .progress import Bar


@click.command("draw-plates")
@click.option("--limit", default=1_000_000, show_default=False, type=click.IntRange(1), help="最多画多少块")
@click.option("--processes", default=None, type=click.IntRange(1, 64), help="进程数，默认为处理器核数")
def draw_plates(limit: int, processes: int | None) -> None:
    """为还没有图样的标牌绘制印刷图（PNG），每块都解码核对后才入库。可随时中断，再次运行接着画。"""
    from backend.badges.drawing import draw_waiting

    with application(), Bar("绘制标牌") as bar:
        drawn = draw_waiting(limit, processes=processes, progress=bar.show)
    click.echo(f"绘制并核对了 {drawn.count} 块标牌。")
    for refused in drawn.refused:
        click.echo(f"没有画 {refused.serial}：{refused.reason}", err=True)
    if drawn.refused:
        raise click.ClickException(f"有 {len(drawn.refused)} 块标牌没有画成。")


@click.command("plate-addresses")
@click.argument("unit")
def plate_addresses(unit: str) -> None:
    """列出一家单位各块标牌的序列号和码里的网址，补印和核对时用。UNIT 是证书编号或单位全名。"""
    from backend.badges import queries as badges
    from backend.certification import queries as certificates
    from backend.merchants import queries as merchants

    with application(), unit_of_work(read_only=True):
        unit_ids = [found.id for found in merchants.search(unit, None, None).units if found.name == unit]
        if not unit_ids:
            try:
                unit_ids = [certificates.by_number(unit).unit_id]
            except DomainError:
                raise click.ClickException("没有这个证书编号，也没有叫这个名字的单位，请核对。") from None
        for plate in (plate for unit_id in unit_ids for plate in badges.plates_of_unit(unit_id)):
            click.echo(f"{plate.serial}  {badges.address_of(plate)}{'  （已作废）' if plate.voided_at else ''}")


COMMANDS = (draw_plates, plate_addresses)
