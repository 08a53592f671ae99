"""A process that publishes, to be killed while it does: `python -m tests.publisher`.

It reads lines of JSON: the address of a step, the fields of its form, and the session of an editor.
For each it makes a process that sends that form, as a worker of the site would; it says the number
of that process, and how it ended. So Django is loaded once for all that are killed.
"""

import json
import os
import sys

import django


def main():
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    for line in sys.stdin:
        if not (worker := os.fork()):
            _send(**json.loads(line))
        print(worker, flush=True)
        _, status = os.waitpid(worker, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _send(url, fields, cookie, session):
    """Send the form, and end: with 0 when it was done."""
    from django.test import Client

    client = Client()
    client.cookies[cookie] = session
    answer = client.post(url, fields)
    os._exit(0 if answer.status_code == 302 else 1)


if __name__ == "__main__":
    main()
