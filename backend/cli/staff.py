"""`fangxin create-staff` and `fangxin reset-totp`: the first staff account, and the way back for who lost the phone."""

import click

from backend.access.actor import STAFF_ROLES, SYSTEM, Role
from backend.accounts import queries, service
from backend.accounts.rules import normal_username
from backend.bodies.rules import DEPARTMENTS
from backend.infrastructure.database import unit_of_work
from backend.kernel.errors import DomainError
from backend.kernel.identifiers import COUNTIES

from .application import application

_ROLES = click.Choice(sorted(role.value for role in STAFF_ROLES))
_COUNTIES = click.Choice(sorted(COUNTIES))
_DEPARTMENTS = click.Choice(sorted(DEPARTMENTS))


@click.command("create-staff", help="新建工作人员账号。密码在提示后输入；动态码密钥只显示这一次。")
@click.option("--username", required=True, help="用户名：小写字母、数字、点、下划线、短横")
@click.option("--name", required=True, help="姓名")
@click.option("--role", type=_ROLES, default=Role.OPERATOR.value, show_default=True, help="身份")
@click.option("--county", type=_COUNTIES, help="县（市、区）代码，县级人员必填")
@click.option("--department", type=_DEPARTMENTS, help="联席会议成员单位，成员单位的人员必填")
@click.option("--must-change", is_flag=True, help="密码是代设的，本人首次登录时必须更换")
@click.password_option("--password", prompt="密码", confirmation_prompt="再输入一次", help="不给则提示输入")
def create_staff(
    username: str, name: str, role: str, county: str | None, department: str | None, must_change: bool, password: str
) -> None:
    """Who may run this has the machine; the audit names the system as the actor."""
    with application():
        try:
            with unit_of_work():
                made = service.create_staff(
                    SYSTEM,
                    username=username,
                    display_name=name,
                    password=password,
                    role=Role(role),
                    county_code=county,
                    department_code=department,
                    must_change=must_change,
                )
        except DomainError as error:
            raise _refused(error) from None
    _show(made)


@click.command("reset-totp", help="换发动态码密钥并解除锁定；原有登录随即失效。")
@click.argument("username")
def reset_totp(username: str) -> None:
    """For who lost the phone, when no other operator can do it at the console."""
    with application():
        try:
            with unit_of_work():
                account_id = queries.account_by_username(normal_username(username))
                if account_id is None:
                    raise click.ClickException("没有这个用户名。")
                made = service.reset_totp(SYSTEM, account_id)
        except DomainError as error:
            raise _refused(error) from None
    _show(made)


def _show(made: service.NewStaff) -> None:
    click.echo(f"账号：{made.username}")
    click.echo(f"动态码密钥：{made.totp_secret}")
    click.echo(f"身份验证器地址：{made.totp_uri}")
    click.echo("请立即添加到身份验证器；密钥不会再次显示。")


def _refused(error: DomainError) -> click.ClickException:
    reasons = [message for messages in error.fields.values() for message in messages]
    return click.ClickException("\n".join(reasons or [error.message]))


COMMANDS = (create_staff, reset_totp)
