"""A process of the web server ends when the server's main process is gone.

The main process shares its port with its workers. Killed outright (kill -9, out of memory), it
cannot stop them, and they would go on serving what was installed then, beside whatever starts next.
"""

import multiprocessing
import os
import signal
import threading
import time

#: What requests that are being answered get, before the process ends whatever it does.
PATIENCE = 3  # seconds


def end_with_main_process():
    """Watch the main process from here on; outside a worker there is none to watch."""
    main = multiprocessing.parent_process()
    if main is not None:
        threading.Thread(target=_outlive, args=[main], daemon=True).start()


def _outlive(main):
    main.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
