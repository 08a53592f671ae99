"""One line of JSON for each event in the log, for the programs that collect them."""

import json
import logging
from datetime import UTC, datetime

from django.core.exceptions import SuspiciousOperation
from django.utils.encoding import escape_uri_path


def in_one_line(record):
    """What is no fault of the code is a line a request; where in the code is of no use then.

    That is a database that is away, and what Django refuses to read: a form with too many fields.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, SuspiciousOperation):
        _shorten(record, f"{record.getMessage()} {_asked(record)}")
    elif error and getattr(record, "status_code", None) == 503:
        _shorten(record, f"{record.getMessage()}: {error}")
    return True


def _shorten(record, text):
    record.msg, record.args, record.exc_info = text.strip().partition("\n")[0], (), None


def _asked(record):
    """What was asked, as far as there was a request; an address may hold anything."""
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    return f"({request.method} {escape_uri_path(path)})" if path else ""


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message; for a request also what was asked and answered."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        # Django hands over the request, or while serving a socket: only a request has a path.
        if path := getattr(getattr(record, "request", None), "path", None):
            line |= {"method": record.request.method, "path": path}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
