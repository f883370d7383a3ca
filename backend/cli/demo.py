"""`fangxin demo`: sample data for trying the system out."""

import click

from .application import application
from .progress import Bar


@click.command("demo")
@click.option("--summary", is_flag=True, help="只显示地址、标牌和登录方法")
@click.option("--share", default=1, show_default=True, type=click.IntRange(1, 200), help="只用方案数量的几分之一")
def demo(summary: bool, share: int) -> None:
    """铺设样例数据（只做一次）：名录、账号和过去一百天的往来。生产环境不能用。"""
    from backend.demo.laying import lay_down
    from backend.demo.summary import summary as summarize
    from backend.infrastructure import current
    from backend.kernel.clock import FixedClock, SystemClock

    now = SystemClock().now()
    clock = FixedClock(now)
    with application(clock=None if summary else clock) as app:
        settings = current.runtime().settings
        if settings.production:
            raise click.ClickException("生产环境不能铺设样例数据。")
        if summary:
            click.echo(summarize(app, settings.data_dir))
            return
        with Bar("样例数据") as bar:
            lay_down(app, clock, settings.data_dir, now, lambda step, at, whole: bar.show(at, whole, step), share=share)
    click.echo("样例数据已就绪。")


COMMANDS = (demo,)
