"""Puts the town's facts into the peers' tables."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from benchmarks.town import Twin

_HERE = Path(__file__).parent


class PeerTables:
    """The schema `peer` of a database, filled batch by batch."""

    def __init__(self, url: str) -> None:
        """url   a libpq address"""
        self._link = psycopg.connect(url)
        self._link.execute((_HERE / "tables.sql").read_text())  # type: ignore[arg-type]
        self._merchants: dict[str, int] = {}
        self._stations: dict[tuple[str, str], int] = {}

    def write(self, twins: Sequence["Twin"]) -> None:
        """Store units with all that was said of them."""
        sections = [twin.card["sections"]["unit"] for twin in twins]
        units = [
            (
                twin.number,
                self._merchants.setdefault(section["merchant"], len(self._merchants)),
                self._stations.setdefault((section["station"], section["station_phone"]), len(self._stations)),
                twin.unit["name"],
                str(twin.unit["category"].value),
                *(
                    twin.unit[name]
                    for name in ("county_code", "address", "lng", "lat", "phone", "website", "opening_hours")
                ),
            )
            for twin, section in zip(twins, sections, strict=True)
        ]
        self._copy("unit", "", units)
        self._copy(
            "commitment",
            "unit_id, position, code, days",
            (
                (twin.number, position, promise["code"], promise["days"])
                for twin in twins
                for position, promise in enumerate(twin.unit["commitments"])
            ),
        )
        names = ("number", "state", "issued_on", "valid_until", "ground", "reason_on")
        self._copy(
            "certificate",
            f"unit_id, {', '.join(names)}",
            ((twin.number, *(twin.certificate[name] for name in names)) for twin in twins),
        )
        self._copy(
            "badge",
            "unit_id, token, serial, placement, voided_at",
            (
                (twin.number, twin.token, twin.plate["serial"], twin.plate["placement"].value, twin.plate["voided_at"])
                for twin in twins
            ),
        )
        self._copy(
            "rating",
            "unit_id, stars, proof, rated_on",
            ((twin.number, stars, proof.value, on) for twin in twins for stars, proof, on in twin.ratings),
        )
        self._copy(
            "complaint",
            "unit_id, state, unanswered",
            ((twin.number, state, late) for twin in twins for state, late in twin.complaints),
        )

    def finish(self) -> None:
        """Indexes, foreign keys and statistics."""
        self._copy("merchant", "", ((number, name) for name, number in self._merchants.items()))
        self._copy("station", "", ((number, *who) for who, number in self._stations.items()))
        self._link.execute((_HERE / "indexes.sql").read_text())  # type: ignore[arg-type]
        self._link.commit()
        self._link.autocommit = True
        self._link.execute("VACUUM ANALYZE")
        self._link.execute("CHECKPOINT")
        self._link.close()

    def _copy(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        named = f"({columns})" if columns else ""
        statement = sql.SQL(f"COPY peer.{table} {named} FROM STDIN")  # type: ignore[arg-type]
        with self._link.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
