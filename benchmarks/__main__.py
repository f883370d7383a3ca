"""`python -m benchmarks [NAME …] [--database sqlite|postgresql] [--rounds N]`: measure and print; all of them when none is named."""

import argparse
import logging
from collections.abc import Callable

from benchmarks import badges, caseload, complaint, freshness, losses, orders, register, scan
from scripts.debian import MEASURING, provide_packages

#: Name → what measures it, given the database and the number of rounds.
ALL: dict[str, Callable[[str, int], None]] = {
    "scan": scan.measure,
    "freshness": freshness.measure,
    "losses": losses.measure,
    "complaint": complaint.measure,
    "caseload": lambda database, _rounds: caseload.measure(database),
    "badges": lambda database, _rounds: badges.measure(database),
    "orders": lambda database, _rounds: orders.measure(database),
    "import": lambda database, _rounds: register.measure(database),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *ALL], metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    if provide_packages(MEASURING):
        parser.exit(1)
    logging.disable(logging.INFO)
    for name in chosen.names or ALL:
        ALL[name](chosen.database, chosen.rounds)


if __name__ == "__main__":
    main()
