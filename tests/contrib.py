"""`make contrib`: the examples for a server, read by systemd and nginx themselves.

They name programs and certificates of a server. Here they are read in a folder of their own, with
what this machine has in those places; nothing is started.
"""

import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

CONTRIB = Path(__file__).resolve().parent.parent / "contrib"
PYTHON = "/srv/eerstelijn/site/.venv/bin/python"
CERTIFICATE, KEY = "/etc/ssl/certs/eerstelijn.pem", "/etc/ssl/private/eerstelijn.key"


def check_units(folder):
    """systemd's own reading of all units together: timers find their services."""
    units = []
    for unit in sorted((CONTRIB / "systemd").iterdir()):
        copy = folder / unit.name
        copy.write_text(unit.read_text(encoding="utf-8").replace(PYTHON, sys.executable))
        units.append(str(copy))
    # A template is read as one of its instances.
    units = [unit.replace("@.service", "@migrate.service") for unit in units]
    return run("systemd-analyze", "verify", "--man=no", *units)


def check_nginx(folder):
    """nginx's own reading, within the frame that its main file gives such a site."""
    certificate(folder / "eerstelijn.pem", folder / "eerstelijn.key")
    site = (CONTRIB / "nginx" / "eerstelijn.conf").read_text(encoding="utf-8")
    for there, here in ((CERTIFICATE, "eerstelijn.pem"), (KEY, "eerstelijn.key")):
        if there not in site:
            raise SystemExit(f"contrib/nginx/eerstelijn.conf names no {there}")
        site = site.replace(there, str(folder / here))
    site = site.replace("/var/lib/nginx/", f"{folder}/")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(
        f"pid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    return run("nginx", "-t", "-q", "-p", str(folder), "-c", str(main))


def certificate(certificate_file, key_file):
    """A certificate signed by itself, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "eerstelijn.example.be")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def run(program, *arguments):
    """What a program has to say; nothing when all is well."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    return said or (f"code {done.returncode}" if done.returncode else "")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, check in (("systemd", check_units), ("nginx", check_nginx)):
            if said := check(Path(folder)):
                raise SystemExit(f"{name}: {said}")
            print(f"{name}: in order")


if __name__ == "__main__":
    main()
