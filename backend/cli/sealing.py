"""`fangxin rotate-sealing-keys`: personal values under the newest key."""

import click

from backend.infrastructure.database import unit_of_work
from backend.infrastructure.sealing import rotate_batch

from .application import application


@click.command(
    "rotate-sealing-keys", help="用 FANGXIN_SEALING_KEYS 中的第一把密钥重新加密全部个人信息；中断后可以重新执行。"
)
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=500, show_default=True, help="每个事务重新加密多少条。"
)
def rotate_sealing_keys(batch: int) -> None:
    """Re-seal in small transactions, so that the service keeps writing meanwhile."""
    total = 0
    with application():
        while done := _one_batch(batch):
            total += done
            click.echo(f"已重新加密 {total} 条……")
    click.echo(f"完成，共重新加密 {total} 条。旧密钥在所有备份过期之前仍要妥善保存。")


def _one_batch(size: int) -> int:
    with unit_of_work():
        return rotate_batch(size)


COMMANDS = (rotate_sealing_keys,)
