"""`python -m scripts.rules [--check]`: docs/rules.md, the rules of the field as the code holds them.

--check   write nothing; exit status 1 when the file is not what the code says
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import backend
from backend.access.actor import Role
from backend.access.policy import POLICY
from backend.certification.rules import GROUNDS, Standing
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.regulation import ClockRule
from backend.kernel.transitions import Table

TARGET = Path(__file__).resolve().parents[1] / "docs" / "rules.md"


def rules() -> str:
    """The whole document."""
    parts = ["# Rules", "", "Generated from the code by `python -m scripts.rules`; do not edit.", ""]
    for table in _tables():
        parts += _lifecycle(table)
    parts += [*_clocks(), *permissions(), *_standings()]
    return "\n".join(parts).rstrip() + "\n"


def _tables() -> Iterator[Table]:
    for name in sorted(_modules(".lifecycle")):
        yield from (value for value in vars(importlib.import_module(name)).values() if isinstance(value, Table))


def _modules(ending: str) -> Iterator[str]:
    names = (found.name for found in pkgutil.walk_packages(backend.__path__, "backend."))
    return (name for name in names if name.endswith(ending))


def _lifecycle(table: Table) -> list[str]:
    states = "、".join(
        f"`{code}` {zh}" + ("（终）" if code in table.closed else "") for code, zh in table.states.items()
    )
    lines = [f"## Lifecycle: {table.zh} (`{table.name}`)", "", states, ""]
    lines += ["| from | action | to | clocks | guard | by | article |", "|---|---|---|---|---|---|---|"]
    for row in table.rows:
        marks = (("+", row.starts), ("−", row.stops), ("−?", row.ends), ("‖", row.holds), ("▸", row.resumes))
        clocks = " ".join(f"{mark}{code}" for mark, codes in marks for code in codes)
        by = "system" if row.system else "person"
        cells = (row.source or "–", row.action, row.target, clocks, row.guard or "", by, row.article or "")
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _clocks() -> list[str]:
    lines = ["## Clocks of disputes", ""]
    for rules_in_force in RULE_SETS:
        lines += [f"Rule set `{rules_in_force.code}`, for cases received from {rules_in_force.in_force_from}:", ""]
        lines += _clock_table(rules_in_force.clocks.values())
    for name in sorted(_modules(".clocks")):
        for variable, sets in vars(importlib.import_module(name)).items():
            if variable.endswith("CLOCKS"):
                case = variable.removesuffix("CLOCKS").strip("_").lower() or name.split(".")[1]
                lines += [f"## Clocks of a case: `{case}`", "", *_clock_table(list(sets.values())[-1].values())]
    return lines


def _clock_table(rules: Iterable[ClockRule]) -> list[str]:
    lines = ["| code | what | length | note | basis |", "|---|---|---|---|---|"]
    for rule in rules:
        note = "检验检测时暂停" if rule.pausable else "到期不算超期" if rule.window else ""
        lines.append(f"| {rule.code} | {rule.zh} | {rule.length} {rule.unit.zh} | {note} | {rule.basis} |")
    return [*lines, ""]


def permissions() -> list[str]:
    """The policy as a table, line by line."""
    lines = ["## Permissions", "", "Which records a role reaches with an action; empty: not at all.", ""]
    lines += [f"| action | {' | '.join(role.zh for role in Role)} |", "|---" * (len(Role) + 1) + "|"]
    for action, scopes in POLICY.items():
        cells = (scopes[role].value if role in scopes else "" for role in Role)
        lines.append(f"| `{action.value}` | {' | '.join(cells)} |")
    return [*lines, ""]


def _standings() -> list[str]:
    lines = ["## Standings that a scan shows", ""]
    lines += [f"- `{standing.value}` {standing.zh}" for standing in Standing]
    lines += ["", "## Grounds of measures", ""]
    return [*lines, *(f"- `{ground.value}` {zh}" for ground, zh in GROUNDS.items())]


def main() -> None:
    """Write the file, or check it."""
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(rules(), encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != rules():
        sys.exit("docs/rules.md is not what the code says; run: .venv/bin/python -m scripts.rules")


if __name__ == "__main__":
    main()
