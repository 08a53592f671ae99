#!/usr/bin/env python
"""Django's command line for this project; in a checkout it brings its own PostgreSQL."""

import os
import signal
import sys


def main():
    # Ctrl-C while everything is imported: there is nothing to stop yet, and nothing to tell.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eerstelijn.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("EERSTELIJN_OMGEVING", "demo")

    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    from eerstelijn.environment import SettingError
    from eerstelijn.local import server

    # From here on what we started is stopped too: a SIGTERM ends us like an exit does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        with server.session():
            execute_from_command_line(sys.argv)
    except (SettingError, server.LocalDatabaseError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        if connection.connection is not None or "--traceback" in sys.argv:
            raise
        reason = str(error).strip().splitlines()[0]
        sys.exit(f"De databank in DATABASE_URL is niet te bereiken: {reason}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
