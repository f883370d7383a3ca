"""Brings a register file in: units, certificates, plates and cards, in batches that each commit whole or not at all."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from xlsxwriter.exceptions import FileCreateError

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificate_queries
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import Conflict
from backend.merchants import service as merchants
from backend.merchants.model import Merchant, Unit
from backend.merchants.register_file import RowFault, UnitRow, read_register, write_faults
from backend.merchants.register_file.columns import HEADER_OF
from backend.merchants.register_file.faults_report import faults_path

from . import service
from .model import Plate

_BATCH = 500
Progress = Callable[[str, int, int], None]


@dataclass
class Imported:
    """What an import did.

    faults_file   None when nothing was wrong, or when it could not be written
    """

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
    raises           InvalidInput when the file as a whole cannot be read; Conflict when another import collides with it:
                     what was stored before stands, and the same file may be imported again
    """
    register = read_register(path, lambda done, total: progress("检查", done, total))
    done = Imported(total=register.total, faults=[*register.faults, *register.warnings])
    if register.faults and all_or_nothing:
        done.kept, done.refused = False, register.total
    elif all_or_nothing:
        try:
            with _storing():
                for batch in _batches(register.rows):
                    _store(actor, batch, done, progress)
                if done.refused:
                    raise _Abandoned
        except _Abandoned:
            done = Imported(total=register.total, faults=done.faults, refused=register.total, kept=False)
    else:
        for batch in _batches(register.rows):
            with _storing():
                _store(actor, batch, done, progress)
        done.refused += len({fault.row for fault in register.faults})
    if done.faults:
        try:
            write_faults(faults_path(path), done.faults)
            done.faults_file = faults_path(path)
        except (OSError, FileCreateError):
            done.faults_file = None  # what was stored stands; the caller shows the faults another way
    return done


@contextmanager
def _storing() -> Generator[None]:
    try:
        with unit_of_work():
            yield
    except IntegrityError:
        raise Conflict("register_import_collided", "有另一个导入正在进行，请等它结束后再运行一次。") from None


def _batches(rows: Sequence[UnitRow]) -> Iterator[Sequence[UnitRow]]:
    """Pieces that a statement can name each row of: databases bound the number of parameters."""
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _store(actor: Actor, rows: Sequence[UnitRow], done: Imported, progress: Progress) -> None:
    held = _Standing.of(rows)
    admitted = [row for row in rows if held.admits(row, done)]
    stored = merchants.store(admitted)
    session().flush()
    plated = set(
        session().scalars(sa.select(Plate.unit_id).where(Plate.unit_id.in_([item.unit.id for item in stored])))
    )
    before, bare = done.new + done.changed, list[tuple[Unit, str]]()
    for item in stored:
        certificate = _store_one(actor, item, held.numbers.get(item.row.certificate_no), done)
        if item.unit.id not in plated:
            bare.append((item.unit, certificate.number))
        progress("入库", done.new + done.changed + done.same + done.refused, done.total)
    if bare:
        done.plates += len(service.issue_plates(actor, bare))
    beside = merchants.units_beside(stored)
    certificates = certificate_queries.newest_of_units([unit.id for unit in beside])
    for unit in beside:
        if unit.id not in certificates:
            continue  # came in by request and was not certified yet: no card shows it
        service.refresh_unit(unit, certificates[unit.id])
    changed = done.new + done.changed - before
    if changed:
        audit.record(actor, Action.UNIT_IMPORT, "register", "file", after={"rows": len(rows), "changed": changed})


_Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Standing:
    """What the database holds of a batch's numbers and entities.

    numbers   certificate number → certificate
    keys      certificate number → its unit as a row names it
    open      unit as a row names it → its open certificate
    """

    numbers: dict[str, Certificate]
    keys: dict[str, _Key]
    open: dict[_Key, Certificate]

    @classmethod
    def of(cls, rows: Sequence[UnitRow]) -> "_Standing":
        found = session().execute(
            sa.select(Certificate, Unit)
            .join(Unit, Unit.id == Certificate.unit_id)
            .join(Merchant, Merchant.id == Unit.merchant_id)
            .where(
                Certificate.number.in_([row.certificate_no for row in rows])
                | sa.and_(
                    Merchant.uscc.in_({row.uscc for row in rows}), Certificate.state.in_(certificate_queries.OPEN)
                )
            )
        )
        numbers, keys, opened = {}, {}, {}
        for certificate, unit in found:
            key = (unit.merchant.uscc, unit.name, unit.county_code)
            numbers[certificate.number], keys[certificate.number] = certificate, key
            if certificate.state in certificate_queries.OPEN:
                opened[key] = certificate
        return cls(numbers, keys, opened)

    def admits(self, row: UnitRow, done: Imported) -> bool:
        """Whether the row agrees with what stands; otherwise it is refused before anything of it is stored."""
        key = (row.uscc, row.unit_name, row.county_code)
        same, held = self.numbers.get(row.certificate_no), self.open.get(key)
        if same is not None and self.keys[same.number] != key:
            _refuse(done, row, "certificate_no", "这个编号已经发给另一家单位", "请核对证书编号。")
        elif held is not None and held.number != row.certificate_no:
            _refuse(done, row, "certificate_no", f"这家单位已有证书 {held.number}", "换发新证前请先注销旧证。")
        elif same is not None and same.state not in certificate_queries.OPEN and same.valid_until != row.valid_until:
            ended = same.standing_on(current.today()).zh
            _refuse(done, row, "valid_until", f"{ended}，不能再改有效期", "重新认定后请用新的证书编号。")
        else:
            return True
        return False


def _store_one(
    actor: Actor, item: merchants.Stored[UnitRow], same_number: Certificate | None, done: Imported
) -> Certificate:
    row, unit = item.row, item.unit
    certificate, change = same_number, item.change
    if certificate is None:
        certificate = certification.award(actor, unit, row.certificate_no, row.issued_on, row.valid_until)
        change = "new" if change == "new" else "changed"
    elif (certificate.issued_on, certificate.valid_until) != (row.issued_on, row.valid_until) and (
        certificate.state in certificate_queries.OPEN
    ):
        certification.renew(actor, certificate, row.valid_until, issued_on=row.issued_on)
        change = "changed" if change == "same" else change
    if change == "changed":
        service.follow_station(unit, certificate)
    if change != "same":
        service.refresh_unit(unit, certificate)
    setattr(done, change, getattr(done, change) + 1)
    return certificate


def _refuse(done: Imported, row: UnitRow, key: str, problem: str, advice: str) -> None:
    done.refused += 1
    done.faults.append(RowFault(row.row, HEADER_OF[key], str(getattr(row, key)), problem, advice))
