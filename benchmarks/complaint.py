"""A settlement request filed over HTTP, everything on, against a plain Flask-SQLAlchemy application that writes one row (`peers.filing`)."""

import json
import tempfile
import uuid
from pathlib import Path

import sqlalchemy as sa

from backend.access.actor import Role
from backend.accounts import service as accounts
from backend.accounts.model import Account, RoleGrant
from backend.badges import queries
from backend.badges.model import Plate
from backend.infrastructure import current
from backend.infrastructure.database import db, session, unit_of_work
from backend.kernel.clock import SystemClock, local_date
from backend.merchants.model import Unit
from benchmarks import report
from benchmarks.installation import Installation, fill, installation
from benchmarks.load import Case, Ratio, write_paths
from benchmarks.peers import filing
from benchmarks.processes import OURS, SERVING, THREADS, Server, pin, serving

_CONSUMERS, _EACH = 800, 10
#: Who writes at a time: as many as the issue of the embedded database asks for.
_WRITERS = 24
_FACTS = (
    "十月三日在店里买了一台电饭煲，用了三天就不通电。拿小票去店里，店员说要自己寄回厂家修，来回运费自理，不同意退货。"
    * 3
)


def measure(database: str, rounds: int) -> None:
    """Print and keep the rates and their ratio."""
    with installation(database) as made, tempfile.TemporaryDirectory(prefix="fangxin-bench-lists-") as lists:
        fill(made)
        tokens, bearers = _people(made)
        peer_url = made.environment["FANGXIN_DATABASE_URL"]
        if database == "sqlite":
            peer_url = f"sqlite:///{made.folder / 'peer.sqlite3'}"
        filing.fill(peer_url, tokens, bearers)
        if made.postgresql is not None:
            pin(made.postgresql.pid, SERVING)
        with (
            serving(
                (*THREADS, "benchmarks.peers.filing:create_app()"), {"PEER_DATABASE_URL": peer_url}, behind=made.behind
            ) as plain,
            serving(OURS, {**made.environment, "FANGXIN_WEB_WORKERS": "1"}, behind=made.behind) as ours,
        ):
            ratio = Ratio(
                _case("settlement request", ours, Path(lists), tokens, bearers),
                _case("one row", plain, Path(lists), tokens, bearers),
            )
            for number in range(rounds):
                ratio.round(number)
    (by_cpu, spread), (by_rate, _) = ratio.by_cpu(), ratio.by_rate()
    rows = [
        {
            "": name,
            "÷ one row by CPU": factor,
            "± %": around,
            "by req/s": rate,
            "req/s": slot.per_s,
            "us": slot.cpu_us,
            "of it database": slot.behind_us,
            "p50 ms": slot.p50_ms,
            "p99 ms": slot.p99_ms,
        }
        for name, slot, factor, around, rate in (
            ("settlement request", ratio.slot(), by_cpu, 100 * spread, by_rate),
            ("one row", ratio.reference_slot(), 1.0, None, 1.0),
        )
    ]
    report.show(f"complaint; {database}, 1 worker, {_WRITERS} connections, medians of {rounds} rounds", rows)
    report.keep(f"complaint-{database}", {"rows": rows})


def _case(name: str, server: Server, lists: Path, tokens: list[str], bearers: list[str]) -> Case:
    """Requests of many consumers, each filing against different units; every one can be filed once."""
    lines = []
    for turn in range(_EACH):
        for number, bearer in enumerate(bearers):
            body = {
                "token": tokens[(number * _EACH + turn) % len(tokens)],
                "nature": "quality",
                "wanted": ["refund"],
                "amount_fen": 12800,
                "happened_on": local_date(SystemClock().now()).isoformat(),
                "facts": _FACTS,
            }
            head = f"/api/v1/settlements\tAuthorization: Bearer {bearer}\tIdempotency-Key: {uuid.uuid4()}"
            lines.append(f"{head}\t{json.dumps(body)}")
    case = Case(name, server, write_paths(lists, name, lines), len(lines), once=True, slot_s=2, connections=_WRITERS)
    case.slot()  # what is made at the first request is made
    return case


def _people(made: Installation) -> tuple[list[str], list[str]]:
    """Tokens of badges and bearer tokens of consumers; every station has a member of its own, who is told of each request."""
    with made.app.app_context():
        with unit_of_work():
            tokens = [queries.token_of(plate) for plate in session().scalars(sa.select(Plate))]
            for number, station_id in enumerate(session().scalars(sa.select(Unit.station_id).distinct()).all()):
                member = Account(alias=f"站点成员{number}", created_at=current.now())
                session().add(member)
                session().flush()
                grant = RoleGrant(account_id=member.id, role=Role.STATION_MEMBER, station_id=station_id)
                grant.granted_at = current.now()
                session().add(grant)
        bearers = [
            accounts.sign_in_by_wechat(made.double.code(f"consumer-{number}")).token for number in range(_CONSUMERS)
        ]
        db.session.remove()
    return tokens, bearers
