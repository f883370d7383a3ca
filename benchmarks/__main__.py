"""`python -m benchmarks [NAME …] [--database sqlite|postgresql]`: measure and print; all of them when none is named."""

import argparse
from collections.abc import Callable

from benchmarks import badges, complaint, register, scan

ALL: dict[str, Callable[[str], None]] = {
    "scan": scan.measure,
    "complaint": complaint.measure,
    "badges": badges.measure,
    "import": register.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *ALL], metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = parser.parse_args()
    for name in chosen.names or ALL:
        ALL[name](chosen.database)


if __name__ == "__main__":
    main()
