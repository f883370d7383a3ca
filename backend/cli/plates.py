"""Commands for plates: issue and draw many, hand them to the printer, say what stands in codes and on which keys."""

from pathlib import Path

import click

from backend.access.actor import SYSTEM
from backend.access.policy import Action
from backend.badges.rules import MOST_OF_A_UNIT, Placement
from backend.infrastructure.database import unit_of_work
from backend.kernel.errors import DomainError
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

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


@click.command("issue-plates")
@click.option(
    "--placement",
    type=click.Choice([place.value for place in Placement]),
    default="door",
    show_default=True,
    help="位置",
)
@click.option("--county", type=click.Choice(list(COUNTIES)), help="只给一个县（市、区），六位代码")
@click.option("--category", type=click.Choice([kind.value for kind in Category]), help="只给一类单位")
@click.option("--per-unit", type=click.IntRange(1, MOST_OF_A_UNIT), default=1, show_default=True, help="每家几块")
@click.option("--every", is_flag=True, help="已经有这个位置的标牌的单位也给")
@click.option("--order", "number", help="接着发放一个没有发完的订单，其他选项不起作用")
def issue_plates(
    placement: str, county: str | None, category: str | None, per_unit: int, every: bool, number: str | None
) -> None:
    """为证书有效的单位订制并发放标牌。可随时中断，再用 --order 接着发，一块也不会重复。"""
    from backend.badges import orders
    from backend.badges import queries as badges

    with application(), Bar("发放标牌") as bar:
        try:
            with unit_of_work():
                if number is not None:
                    order = badges.order(SYSTEM, Action.PLATE_ISSUE, number)
                else:
                    order = orders.order_for_many(
                        SYSTEM,
                        placement=Placement(placement),
                        per_unit=per_unit,
                        county_code=county,
                        category=Category(category) if category else None,
                        only_missing=not every,
                    )
        except DomainError as error:
            raise click.ClickException(error.message) from None
        click.echo(f"订单 {order.number}：{order.units} 家单位，{order.plates} 块标牌。")
        while order.finished_at is None:
            with unit_of_work():
                order = orders.issue_piece(order.id)
            bar.show(order.issued + order.left_out, order.plates)
    click.echo(f"发放了 {order.issued} 块。")
    if order.left_out:
        click.echo(f"有 {order.left_out} 块没有发放：单位的证书现在不在有效状态。", err=True)


@click.command("export-plates")
@click.argument("number")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_plates(number: str, folder: Path) -> None:
    """把一个订单的印刷图和清单写到文件夹里，每 500 块一包，交给印刷厂。还没有画好的先用 draw-plates 画。"""
    from backend.badges import print_files
    from backend.badges import queries as badges

    written = undrawn = 0
    with application(), Bar("导出") as bar:
        try:
            with unit_of_work(read_only=True):
                order = badges.order(SYSTEM, Action.PLATE_ISSUE, number)
        except DomainError as error:
            raise click.ClickException(error.message) from None
        parts = print_files.parts(order)
        for part in range(1, parts + 1):
            with unit_of_work(read_only=True):
                contents = print_files.of_part(order, part)
            into = folder / print_files.name_of(order, part)
            into.mkdir(parents=True, exist_ok=True)
            for name, content in contents.files():
                (into / name).write_bytes(content)
            written, undrawn = written + contents.count, undrawn + contents.undrawn
            bar.show(part, parts)
    click.echo(f"写好了 {written} 个文件，每包的清单是 {print_files.LIST_NAME}。")
    if undrawn:
        raise click.ClickException(f"还有 {undrawn} 块没有画好，请先运行 fangxin draw-plates，再导出一次。")


@click.command("badge-keys")
def badge_keys() -> None:
    """列出标牌的密钥：每把密钥下有多少块在用的牌，哪一把用来发新牌。"""
    from backend.badges import queries as badges

    with application() as app, unit_of_work(read_only=True):
        held, keys = badges.keys_in_use(), app.extensions["fangxin"].settings.badge_keys
        for key_id in [*keys, *sorted(set(held) - set(keys))]:
            in_use, void = held.get(key_id, (0, 0))
            role = "已撤下，这些牌扫码显示“不是我们发的码”" if key_id not in keys else "核对旧牌"
            role = "发新牌" if key_id == next(iter(keys)) else role
            click.echo(f"密钥 {key_id}：在用 {in_use} 块，已作废 {void} 块；{role}")


COMMANDS = (draw_plates, plate_addresses, issue_plates, export_plates, badge_keys)
