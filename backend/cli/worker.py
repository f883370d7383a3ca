"""`fangxin worker`: background work."""

import click

from backend.worker import run_worker

from .application import application


@click.command(help="运行后台工作进程：定时任务、作业、通知。可以同时运行多个。")
@click.option("--once", is_flag=True, help="办完现在到期的工作就退出。")
def worker(once: bool) -> None:
    """Run until SIGTERM."""
    with application() as app:
        run_worker(app, once=once)


COMMANDS = (worker,)
