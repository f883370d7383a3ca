"""`fangxin verify`: a credential, or the register's file, checked on line or with saved keys and lists."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import requests

from backend.credentials import verifying
from backend.credentials.rules import Purpose, document_address
from backend.credentials.verifying import Outcome, Verdict
from backend.kernel.clock import SHANGHAI, SystemClock, span

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TIMEOUT_S = (5, 30)
_PIECE = 1 << 20
_LISTS_ZH = {Purpose.REVOCATION: "撤销清单", Purpose.SUSPENSION: "暂停清单"}


@click.command("verify")
@click.argument("file", type=_FILE)
@click.option("--did", "did_file", type=_FILE, help="保存的签发者文件（网站的 /.well-known/did.json）；给了就不联网")
@click.option("--status-list", "list_files", type=_FILE, multiple=True, help="保存的状态清单，可以多次给出")
@click.option("--signature", "signature_file", type=_FILE, help="FILE 是名录文件时，它的签名（/register/units.jwt）")
def verify(file: Path, did_file: Path | None, list_files: Sequence[Path], signature_file: Path | None) -> None:
    """核验电子凭证（.jwt），或者名录文件（units.json 加 --signature）。

    不给 --did 时联网取签发者的公钥和状态清单。真实有效时状态码为 0，否则为 1。
    """
    if signature_file is not None:
        _verify_register(file, _text(signature_file), did_file)
        return
    token = _text(file)
    issuer = verifying.issuer_of(token)
    if issuer is None:
        _say(Verdict(Outcome.UNREADABLE), None)
    document = _document(did_file, issuer or "")
    lists = [_text(path) for path in list_files]
    if did_file is None:
        lists += [_fetch(address).decode("utf-8", "replace") for address in _of_issuer(token, document)]
    try:
        verdict = verifying.judge(token, document, lists, SystemClock().now())
    except ValueError:
        raise click.ClickException("签发者文件不对：它不是 DID 文件。") from None
    _say(verdict, str(document["id"]))


def _say(verdict: Verdict, issuer: str | None) -> None:
    good = verdict.outcome is Outcome.GENUINE
    click.echo(f"{verdict.outcome.zh}。{verdict.outcome.advice}", err=not good)
    if issuer is not None:
        click.echo(f"核对所用的签发者：{issuer}（请确认这是主办单位的网站）")
    if verdict.facts is not None:
        facts = verdict.facts
        click.echo(f"单位：{facts.unit}\n证书编号：{facts.number}")
        click.echo(f"有效期：{facts.valid_from.date()} 至 {facts.valid_until.date()}")
    for purpose in Purpose:
        at = verdict.lists.get(purpose)
        if at is not None:
            click.echo(
                f"{_LISTS_ZH[purpose]}：截至 {_local(at)}，已有 {span(SystemClock().now() - at)}，之后的变化看不到"
            )
        elif verdict.facts is not None:
            click.echo(f"{_LISTS_ZH[purpose]}：没有", err=True)
    if not good:
        raise click.exceptions.Exit(1)


def _verify_register(file: Path, signature: str, did_file: Path | None) -> None:
    document = _document(did_file, verifying.issuer_of(signature) or "")
    with file.open("rb") as handle:
        pieces = iter(lambda: handle.read(_PIECE), b"")
        try:
            said = verifying.register_fits(pieces, signature, document)
        except ValueError:
            raise click.ClickException("签发者文件不对：它不是 DID 文件。") from None
    if said is None:
        click.echo("名录文件和签名对不上：文件被改动过，或者签名不是它的。", err=True)
        raise click.exceptions.Exit(1)
    made = datetime.fromtimestamp(int(said["iat"]), SHANGHAI)
    click.echo(f"名录文件真实：{document['id']} 于 {_local(made)} 签发，共 {said['units']} 张证书。")


def _document(did_file: Path | None, issuer: str) -> Mapping[str, Any]:
    try:
        content = did_file.read_bytes() if did_file else _fetch(document_address(issuer))
        document = json.loads(content)
    except (OSError, ValueError):
        raise click.ClickException("签发者文件读不出来：它应当是网站的 /.well-known/did.json。") from None
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        raise click.ClickException("签发者文件不对：它不是 DID 文件。")
    if did_file is None and document["id"] != issuer:
        raise click.ClickException(f"签发者文件不对：网站上的是 {document['id']}，凭证写的是 {issuer}。")
    return document


def _of_issuer(token: str, document: Mapping[str, Any]) -> Iterator[str]:
    """The credential's lists, if they stand on its issuer's own site: what is fetched must not be chosen by a stranger."""
    site = urlsplit(document_address(document["id"]))
    for address in verifying.list_addresses(token):
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) == (site.scheme, site.netloc):
            yield address


def _fetch(address: str) -> bytes:
    try:
        answer = requests.get(address, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        return answer.content
    except requests.RequestException as error:
        raise click.ClickException(f"联网取不到 {address}（{type(error).__name__}）。") from None


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _local(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


COMMANDS = (verify,)
