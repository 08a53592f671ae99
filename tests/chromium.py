"""Where Chromium is, and how to get it: the browser tests use the system's, and download none."""

import os
import shutil
import subprocess
import sys

#: The first has no window to draw: for the same pages it takes two thirds of what the others take
#: (docs/adr/0032-the-time-of-the-tests.md).
NAMES = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
#: What Debian calls the same; Ubuntu lacks the first. With whatever fonts come along: no test rests
#: on those of one family.
PACKAGES = ("chromium-headless-shell", "chromium")
#: Without a network apt-get would try each address for minutes.
IMPATIENT = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10")

# Everything but the pages under test: no look-ups, updates or accounts, so that it works offline.
OFFLINE = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find():
    """The browser named in the environment, or else the first on PATH; None when there is none."""
    if named := os.environ.get("EERSTELIJN_CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch_arguments():
    # Chromium's sandbox does not start as root.
    return [*OFFLINE, "--no-sandbox"] if os.geteuid() == 0 else list(OFFLINE)


def main():
    """Make sure that there is a Chromium; root on Debian gets it, others are told how."""
    if find():
        return
    if named := os.environ.get("EERSTELIJN_CHROMIUM"):
        sys.exit(f"EERSTELIJN_CHROMIUM={named} is geen programma.")
    advice = f"apt-get update && apt-get install --no-install-recommends {PACKAGES[-1]}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            "De tests hebben Chromium nodig. Op Debian en Ubuntu, als root:\n"
            f"    {advice}\n"
            "Staat het elders, noem het programma dan in EERSTELIJN_CHROMIUM."
        )
    print("Chromium wordt geïnstalleerd ...", flush=True)
    refusal = _apt("update") or _first_that_installs()
    if refusal:
        sys.exit(
            "Chromium is niet geïnstalleerd geraakt; daarvoor is internet nodig. "
            f"Probeer zelf: {advice}\napt-get zegt: {refusal}"
        )
    if not find():
        sys.exit(
            "Chromium is geïnstalleerd, maar staat niet op PATH: noem het in EERSTELIJN_CHROMIUM."
        )


def _first_that_installs():
    """Why the last of the packages was not installed; nothing when one of them was."""
    refusal = ""
    for package in PACKAGES:
        refusal = _apt("install", "--yes", "--no-install-recommends", package)
        if not refusal:
            break
    return refusal


def _apt(*step):
    """The last line of what apt-get objects to; nothing when it did as asked."""
    done = subprocess.run(
        ["apt-get", "--quiet", *IMPATIENT, *step],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        check=False,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = done.stderr.strip().rpartition("\n")[2]
    return (said or f"{step[0]} failed") if done.returncode else ""


if __name__ == "__main__":
    main()
