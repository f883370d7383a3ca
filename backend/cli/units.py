"""Commands for the register: make a sample, write the template, import a file."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from backend.access.actor import SYSTEM
from backend.infrastructure.database import Busy
from backend.kernel.errors import DomainError

from .application import application
from .progress import Bar

_SHOWN_FAULTS = 20


@contextmanager
def _writing(path: Path) -> Generator[None]:
    """Says in plain words why a file cannot be written."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except (OSError, FileCreateError) as error:
        raise click.ClickException(f"{path} 写不了，请检查文件夹是否存在、是否有权限。（{error}）") from None


@click.command("make-sample-units")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--times", default=1, show_default=True, type=click.IntRange(1, 100), help="方案数量的倍数")
def make_sample_units(path: Path, times: int) -> None:
    """生成一份仿真的名录文件（.xlsx 或 .csv），类别数量与方案一致：共 3000 家。"""
    from backend.kernel.clock import SystemClock, local_date
    from backend.merchants.rules import PLAN_TARGETS
    from backend.merchants.sample_units import sample_rows, write_sample

    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.ClickException("文件名要以 .xlsx 或 .csv 结尾。")
    total = sum(PLAN_TARGETS.values()) * times
    with Bar("生成") as bar:
        rows = sample_rows(local_date(SystemClock().now()), times=times)
        with _writing(path):
            write_sample(path, rows, total, bar.show)
    click.echo(f"已写入 {path}，共 {total} 家单位。")


@click.command("register-template")
@click.argument("path", type=click.Path(path_type=Path))
def register_template(path: Path) -> None:
    """写一份空的名录导入模板（.xlsx），标题行带填写说明。"""
    from backend.merchants.register_file.faults_report import write_template

    with _writing(path):
        write_template(path)
    click.echo(f"已写入 {path}。")


@click.command("import-units")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--all-or-nothing", is_flag=True, help="有一行不对就全部不导入")
def import_units(path: Path, all_or_nothing: bool) -> None:
    """导入放心消费单位名录（.xlsx 或 .csv）。有问题的行写进同目录的“问题清单”，重复导入不会重复入库。"""
    from backend.badges.register_import import import_register

    with application(), Bar("导入") as bar:
        try:
            done = import_register(
                SYSTEM, path, all_or_nothing=all_or_nothing, progress=lambda step, at, total: bar.show(at, total, step)
            )
        except DomainError as error:
            raise click.ClickException(error.message) from None
        except Busy:
            raise click.ClickException("数据库正忙，请稍后再运行一次；已经入库的不会重复。") from None
    click.echo(
        f"共 {done.total} 行：新增 {done.new}，更新 {done.changed}，没有变化 {done.same}，未导入 {done.refused}；新发标牌 {done.plates} 块。"
    )
    if done.faults_file is not None:
        click.echo(f"问题清单：{done.faults_file}")
    elif done.faults:
        click.echo("问题清单写不进名录所在的文件夹，请检查权限。前几处问题：", err=True)
        for fault in done.faults[:_SHOWN_FAULTS]:
            click.echo(f"第 {fault.row} 行，{fault.column}“{fault.value}”：{fault.problem}。{fault.advice}", err=True)
    if not done.kept:
        raise click.ClickException("有行不合格，按“全部或全不”的要求，一行也没有导入。")


COMMANDS = (make_sample_units, register_template, import_units)
