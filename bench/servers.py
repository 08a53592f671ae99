"""What is measured side by side: each as its own processes on the loopback, and what they weigh."""

import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psutil

PATIENCE = 60  # seconds for a server to answer

NGINX = """
pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 2; daemon off;
events {{}}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  proxy_cache_path {folder}/pages keys_zone=eerstelijn:10m max_size=200m use_temp_path=off;
  upstream site {{ server 127.0.0.1:{behind}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host localhost; proxy_set_header Accept-Encoding gzip;
      proxy_cache eerstelijn; proxy_cache_key "$scheme://$host$request_uri";
      proxy_cache_lock on; proxy_cache_revalidate on;
      proxy_ignore_headers Cache-Control Expires Vary;
    }}
  }}
}}
"""


class Server:
    """Something on a port, asked over one connection that stays open, as a browser does."""

    def __init__(self, port, process=None):
        self.port = port
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path, **headers):
        """Milliseconds, status, headers (named in capitals or not) and body."""
        sent = {"Host": "localhost", "Accept-Encoding": "gzip"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        start = time.perf_counter()
        try:
            answer = self._ask(path, sent)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            start = time.perf_counter()  # it was closed while nobody asked
            answer = self._ask(path, sent)
        body = answer.read()
        return 1000 * (time.perf_counter() - start), answer.status, answer.headers, body

    def _ask(self, path, headers):
        try:
            self.connection.request("GET", path, headers=headers)
            return self.connection.getresponse()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise


@contextmanager
def running(command, port, **options):
    """A program, from its first answer until we leave."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    server = Server(port, process)
    deadline = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                server.get("/")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        process.wait(timeout=PATIENCE)


def floor(port):
    program = (sys.executable, "-m", "granian", "bench.floor:application", "--interface", "wsgi")
    options = ("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--log-level", "error")
    return running([*program, *options, "--blocking-threads", "8"], port)


@contextmanager
def in_front(port, behind, folder):
    """nginx as in contrib/, without its limits on one visitor, and without https.

    None where it is not installed.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield None
        return
    store = Path(tempfile.mkdtemp(dir=folder))
    (store / "nginx.conf").write_text(NGINX.format(folder=store, port=port, behind=behind))
    store.chmod(0o711)  # its processes run as another account
    with running([program, "-p", str(store), "-c", str(store / "nginx.conf")], port) as server:
        yield server


def memory(*roots):
    """MB of these processes and all that they started: what is shared counts once (PSS)."""
    total = 0
    for root in map(psutil.Process, roots):
        for process in (root, *root.children(recursive=True)):
            try:
                told = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
                continue
            if found := re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE):
                total += int(found[1])
    return total / 1024
