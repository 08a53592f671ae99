"""Ask the site everything that visitors and editors might, and say what broke.

    .venv/bin/python -m tests.fuzz                   20,000 requests, and editors for a minute
    .venv/bin/python -m tests.fuzz --requests 5000 --seed 7
    .venv/bin/python -m tests.fuzz --only visitors   or editors

Each part has a database of its own, with the whole content, that is thrown away afterwards. The
same seed asks the same. Ends with 1 when anything broke.
"""

import argparse
import signal
import sys


def visitors(options):
    from tests.fuzz import visitors

    return visitors.main(requests=options.requests, seed=options.seed)


def editors(options):
    from tests.fuzz import editors

    return editors.main(minutes=options.minutes)


PARTS = {"visitors": visitors, "editors": editors}


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--requests", type=int, default=20_000, help="requests of visitors")
    parser.add_argument("--seed", type=int, default=1, help="another seed asks something else")
    parser.add_argument("--minutes", type=float, default=1, help="minutes that the editors work")
    parser.add_argument("--only", choices=PARTS, help="one of the two parts")
    options = parser.parse_args()
    # A SIGTERM ends us like an exit does, so that the databases go and their servers stop.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    codes = [PARTS[name](options) for name in PARTS if options.only in (None, name)]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
