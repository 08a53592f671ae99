"""One line of JSON for each event in the log, for the programs that collect them."""

import json
import logging
from datetime import UTC, datetime


def in_one_line(record):
    """A database that is away says so in a line a request; where in the code is of no use then."""
    if getattr(record, "status_code", None) == 503 and record.exc_info:
        record.msg = f"{record.getMessage()}: {record.exc_info[1]}".strip().partition("\n")[0]
        record.args, record.exc_info = (), None
    return True


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
