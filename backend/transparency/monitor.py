"""What a monitor (监察者) checks, over whatever it fetched: signatures, the tree, that nothing was removed, changed or back-dated. Pure.

It reads every entry and computes every head's root anew, so it needs no proofs: the log is small, and nothing is taken on trust.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise

from . import merkle, notes
from .notes import BadNote, Head
from .rules import LATENESS, MERGE_DELAY

_OPEN = {"certified", "rectifying", "suspended"}


class Tampered(Exception):
    """The log is not what it must be. The text says what is wrong, in Chinese."""


@dataclass(frozen=True)
class Fetched:
    """What a log shows.

    notes     every signed head, in the order of their signing
    entries   contents of the entries from position 0 on
    """

    notes: Sequence[str]
    entries: Iterable[str]


@dataclass(frozen=True)
class Checked:
    """A log that held.

    note   the newest head, to be kept for the next time
    late   how many entries entered the tree later than the log promises
    """

    head: Head
    note: str
    heads: int
    late: int


def check(log: Fetched, keys: Sequence[str], kept: str | None = None) -> Checked:
    """Check the whole log.

    keys     verifier keys that are trusted
    kept     the note that the last check ended with
    raises   Tampered
    """
    heads = _heads(log.notes, keys)
    if kept is not None and kept not in log.notes:
        raise Tampered(f"上次见到的树头不见了：{_said(_read(kept, keys))}。日志被回退，或者给不同的人看不同的内容")
    late = _walk(heads, log.entries)
    return Checked(heads[-1], log.notes[-1], len(heads), late)


def differences(entries: Iterable[str], units: Iterable[Mapping[str, str]], as_of: datetime) -> list[str]:
    """Where a register says something else than the log's last word on a certificate, in Chinese; empty when they agree.

    units   rows of the register's file: certificate, state, valid_until
    as_of   when the register was written; what the log noted later is left out
    An act outside the log, a row changed in the database by hand, is found here.
    """
    last: dict[str, dict[str, str]] = {}
    for content in entries:
        said = json.loads(content)
        if _instant(said) <= as_of:
            last[said["certificate"]] = said
    found = []
    for row in units:
        noted = last.pop(row["certificate"], None)
        if noted is None:
            found.append(f"证书 {row['certificate']} 在名录里，日志里却没有")
        elif (noted["state"], noted["valid_until"]) != (row["state"], row["valid_until"]):
            found.append(
                f"证书 {row['certificate']} 不一致：日志最后记的是 {noted['state']}、有效期至 {noted['valid_until']}，"
                f"名录写的是 {row['state']}、有效期至 {row['valid_until']}"
            )
    missing = (number for number, noted in last.items() if noted["state"] in _OPEN)
    return found + [f"证书 {number} 在日志里有效或待恢复，名录里却没有" for number in missing]


def _heads(signed: Sequence[str], keys: Sequence[str]) -> list[Head]:
    heads = [_read(note, keys) for note in signed]
    if not heads:
        raise Tampered("日志没有树头")
    for before, after in pairwise(heads):
        if after.size < before.size or after.at < before.at or after.origin != before.origin:
            raise Tampered(f"树头倒退：{_said(before)}之后是{_said(after)}")
    return heads


def _read(note: str, keys: Sequence[str]) -> Head:
    try:
        return notes.read_note(note, keys)
    except BadNote as fault:
        raise Tampered(str(fault)) from None


def _walk(heads: Sequence[Head], entries: Iterable[str]) -> int:
    """Compare each head with the tree of the entries before it. returns how many entries came late"""
    edge: list[tuple[int, bytes]] = []
    reading = iter(entries)
    late = position = 0
    before: Head | None = None
    for head in heads:
        new = list(islice(reading, head.size - position))
        if position + len(new) < head.size:
            raise Tampered(f"缺少条目：树头说有 {head.size} 条，只给出 {position + len(new)} 条")
        for content in new:
            _append(edge, merkle.leaf_hash(content.encode()))
        if merkle.fold([digest for _, digest in edge]) != head.root:
            raise Tampered(f"条目与树头不符：{_said(head)}。在此之前的某一条被改动、删除或插入")
        for number, content in enumerate(new, position):
            late += _judge(content, number, before, head)
        position, before = head.size, head
    return late


def _append(edge: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Keep the complete nodes at the tree's right edge, from left to right, as (level, hash)."""
    level, digest = 0, leaf
    while edge and edge[-1][0] == level:
        digest = merkle.node_hash(edge.pop()[1], digest)
        level += 1
    edge.append((level, digest))


def _judge(content: str, position: int, before: Head | None, covering: Head) -> bool:
    """Whether the entry came late. raises Tampered when its instant does not lie between the heads around it"""
    try:
        at = _instant(json.loads(content))
    except (ValueError, LookupError, TypeError):
        raise Tampered(f"第 {position} 条读不懂") from None
    if before is not None and at < before.at - LATENESS:
        raise Tampered(f"第 {position} 条的时间倒签：写的是 {_time(at)}，却在 {_time(before.at)} 的树头之后才出现")
    if at > covering.at + LATENESS:
        raise Tampered(f"第 {position} 条的时间在将来：写的是 {_time(at)}，却已在 {_time(covering.at)} 的树头里")
    return covering.at - at > MERGE_DELAY


def _instant(said: Mapping[str, str]) -> datetime:
    return datetime.strptime(said["at"], "%Y-%m-%dT%H:%M:%S%z")


def _said(head: Head) -> str:
    return f"{_time(head.at)} 签署、共 {head.size} 条的树头"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
