"""Brings a register file in: units, certificates, plates and cards, in batches that each commit whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.infrastructure import audit
from backend.infrastructure.database import session, unit_of_work
from backend.merchants import service as merchants
from backend.merchants.register_file import RowFault, UnitRow, read_register, write_faults
from backend.merchants.register_file.columns import HEADER_OF
from backend.merchants.register_file.faults_report import faults_path

from . import service
from .model import Plate

_BATCH = 500
_OPEN = ("certified", "rectifying", "suspended")
Progress = Callable[[str, int, int], None]


@dataclass
class Imported:
    """What an import did. faults_file is None when nothing was wrong"""

    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    plates: int = 0
    faults: list[RowFault] = field(default_factory=list)
    faults_file: Path | None = None
    kept: bool = True


class _Abandoned(Exception):
    """Rolls an all-or-nothing import back."""


def import_register(
    actor: Actor, path: Path, *, all_or_nothing: bool = False, progress: Progress = lambda step, done, total: None
) -> Imported:
    """Read, check and store a register file; opens its own units of work.

    all_or_nothing   one transaction, and none of it when any row has a fault
    progress         called with (step in Chinese, done, total)
    raises           InvalidInput when the file as a whole cannot be read
    """
    register = read_register(path, lambda done, total: progress("检查", done, total))
    done = Imported(total=register.total, faults=[*register.faults, *register.warnings])
    if register.faults and all_or_nothing:
        done.kept, done.refused = False, register.total
    elif all_or_nothing:
        try:
            with unit_of_work():
                _store(actor, register.rows, done, progress)
                if done.refused:
                    raise _Abandoned
        except _Abandoned:
            done = Imported(total=register.total, faults=done.faults, refused=register.total, kept=False)
    else:
        for start in range(0, len(register.rows), _BATCH):
            with unit_of_work():
                _store(actor, register.rows[start : start + _BATCH], done, progress)
        done.refused += len({fault.row for fault in register.faults})
    if done.faults:
        done.faults_file = faults_path(path)
        write_faults(done.faults_file, done.faults)
    return done


def _store(actor: Actor, rows: Sequence[UnitRow], done: Imported, progress: Progress) -> None:
    numbers = {
        certificate.number: certificate
        for certificate in session().scalars(
            sa.select(Certificate).where(Certificate.number.in_([row.certificate_no for row in rows]))
        )
    }
    stored = merchants.store(rows)
    session().flush()
    held = {
        certificate.unit_id: certificate
        for certificate in session().scalars(
            sa.select(Certificate).where(
                Certificate.unit_id.in_([item.unit.id for item in stored]), Certificate.state.in_(_OPEN)
            )
        )
    }
    plated = set(
        session().scalars(sa.select(Plate.unit_id).where(Plate.unit_id.in_([item.unit.id for item in stored])))
    )
    for item in stored:
        _store_one(actor, item, numbers.get(item.row.certificate_no), held.get(item.unit.id), plated, done)
        progress("入库", done.new + done.changed + done.same + done.refused, done.total)
    audit.record(actor, Action.UNIT_IMPORT, "register", "file", after={"rows": len(rows), "new": done.new})


def _store_one(
    actor: Actor,
    item: merchants.Stored,
    same_number: Certificate | None,
    held: Certificate | None,
    plated: set[str],
    done: Imported,
) -> None:
    row, unit = item.row, item.unit
    if same_number is not None and same_number.unit_id != unit.id:
        _refuse(done, row, "这个编号已经发给另一家单位", "请核对证书编号。")
        return
    if same_number is None and held is not None:
        _refuse(done, row, f"这家单位已有证书 {held.number}", "换发新证前请先注销旧证。")
        return
    certificate, change = same_number, item.change
    if certificate is None:
        certificate = certification.award(actor, unit, row.certificate_no, row.issued_on, row.valid_until)
        session().flush()
    elif certificate.valid_until != row.valid_until and certificate.state in _OPEN:
        certification.renew(actor, certificate, row.valid_until)
        change = "changed" if change == "same" else change
    if unit.id not in plated:
        service.issue_plate(actor, unit, certificate.number)
        done.plates += 1
    if change != "same":
        service.refresh_unit(unit, certificate)
    setattr(done, change, getattr(done, change) + 1)


def _refuse(done: Imported, row: UnitRow, problem: str, advice: str) -> None:
    done.refused += 1
    done.faults.append(RowFault(row.row, HEADER_OF["certificate_no"], row.certificate_no, problem, advice))
