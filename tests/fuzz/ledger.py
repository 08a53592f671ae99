"""What the editors did, what the site said to it, and the report of both."""

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """What the editors did, and what the site said to it."""

    counts: Counter = field(default_factory=Counter)
    #: Of each field, the words of acknowledged saves with the word that the page showed before.
    saved: dict = field(default_factory=lambda: defaultdict(list))
    #: The same of saves of which no answer came: they may stand or not.
    unsure: dict = field(default_factory=lambda: defaultdict(list))
    #: The steps that were acknowledged together with a save.
    steps: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def acknowledge(self, step):
        with self.lock:
            self.steps[step] += 1

    def note(self, kept, name, before, word):
        with self.lock:
            kept[name].append((before, word))


def report(minutes, seed, ledger, gone, is_whole):
    """Print what happened; returns 0 when nothing broke and nothing was lost."""
    words = sum(map(len, ledger.saved.values()))
    print(f"Vier redacteurs, {minutes:g} minuten, seed {seed}:")
    must_be_nought = {"5xx": 0, "vastgelopen (deadlock)": 0} | ledger.counts
    told = must_be_nought | {"woorden nagekeken": words, "woorden verloren": len(gone)}
    for what, number in sorted(told.items()):
        print(f"  {number:>6}  {what}")
    for text in [*ledger.faults, *gone][:50]:
        print(f"! {text}")
    if not is_whole:
        print("! Er is meer dan één werkversie, of niet precies één versie op de site.")
    if not words:
        print("! Er is niets bewaard: deze proef zegt niets.")
    broken = ledger.faults or gone or not is_whole or ledger.counts["vastgelopen (deadlock)"]
    return 1 if broken or not words else 0
