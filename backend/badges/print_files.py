"""What a printer takes of an order: the pictures of its plates and a list of them, in parts (包) of five hundred plates.

A part is cut by where a plate stands in the order, void plates counted: a plate that is voided leaves its part and moves no other.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import ObjectStorage
from backend.merchants.model import Unit

from . import queries
from .model import Plate, PlateOrder

LIST_NAME = "清单.csv"
#: Plates of a part: some 70 MB, which a slow line and a printer's mail can bear.
PART = 500
_HEADER = (
    "文件",
    "标牌编号",
    "单位",
    "县（市、区）代码",
    "地址",
    "位置",
    "名称",
    "代替的标牌",
    "码里的网址",
    "小程序码文件",
)


@dataclass(frozen=True)
class PrintFiles:
    """Files of a part of an order. They are read when asked for, outside any transaction.

    count     files, with the list
    undrawn   plates that are in the list but not drawn yet
    """

    count: int
    undrawn: int
    _rows: Sequence[Sequence[str]]
    _keys: Sequence[tuple[str, str]]
    _storage: ObjectStorage

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Pairs (name, content), the list first."""
        yield LIST_NAME, _list_file(self._rows)
        for name, key in self._keys:
            yield name, self._storage.get(key)

    def zipped(self) -> Iterator[bytes]:
        """A zip file in pieces of one picture each; pictures are compressed already."""
        pipe = _Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.files():
                archive.writestr(zipfile.ZipInfo(name), content)
                yield pipe.taken()
        yield pipe.taken()


class _Pipe(io.RawIOBase):
    """Holds what was written until it is taken, so that a whole archive is never in memory."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._held += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since."""
        content, self._held = bytes(self._held), bytearray()
        return content


def parts(order: PlateOrder) -> int:
    """How many parts the order's plates fill."""
    return max(1, -(-order.issued // PART))


def name_of(order: PlateOrder, part: int) -> str:
    """What a part's folder or zip file is called."""
    return f"{order.number}-{part}"


def of_part(order: PlateOrder, part: int) -> PrintFiles:
    """The files of the plates of a part that are not void, in the order of their issue.

    part   1 to `parts`
    """
    statement = sa.select(Plate, Unit).join(Unit, Unit.id == Plate.unit_id).where(Plate.order_id == order.id)
    statement = statement.order_by(Plate.id).offset((part - 1) * PART).limit(PART)
    found = [(row.Plate, row.Unit) for row in session().execute(statement) if row.Plate.voided_at is None]
    replaced = session().get(Plate, order.replaces_id) if order.replaces_id else None
    rows, keys = [], []
    for plate, unit in found:
        picture = f"{plate.serial}.png" if plate.artwork_key else ""
        code = f"{plate.serial}-mini.{plate.mini_code_key.rpartition('.')[2]}" if plate.mini_code_key else ""
        keys += [(name, key) for name, key in ((picture, plate.artwork_key), (code, plate.mini_code_key)) if key]
        rows.append(
            (
                picture or "还没有画好",
                plate.serial,
                unit.name,
                unit.county_code,
                unit.address,
                plate.placement.zh,
                plate.label or "",
                replaced.serial if replaced else "",
                queries.address_of(plate),
                code,
            )
        )
    undrawn = sum(1 for plate, _ in found if plate.artwork_key is None)
    return PrintFiles(len(keys) + 1, undrawn, rows, keys, current.runtime().storage)


def _list_file(rows: Sequence[Sequence[str]]) -> bytes:
    """CSV as Excel reads it: with a byte order mark, and without formulas out of names."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_HEADER)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in row])
    return held.getvalue().encode("utf-8-sig")
