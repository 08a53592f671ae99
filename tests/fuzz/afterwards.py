"""What must hold after editors have worked at the same time: nothing of which they were told."""

import re
from collections import Counter, defaultdict

#: A word that an editor leaves in a field, and finds there again.
WORD = re.compile(r"\bwoord\d+[a-z]+\b")


def lost(saved, unsure, standing):
    """What was acknowledged and is gone, as sentences; `standing` are the words by field."""
    for name, rows in saved.items():
        known = [*rows, *unsure.get(name, ())]
        followed = Counter(before for before, _ in rows)
        replaced = {before for before, _ in known}
        for _, word in rows:
            if word not in standing[name] and word not in replaced:
                yield f"{name}: {word} was bewaard en is weg"
        for before, times in followed.items():
            if before and times > 1:
                yield f"{name}: {before} werd {times} keer vervangen, eens ongezien"


def standing_words(concept):
    """The words that stand in each field now, in any version; and whether those are as they must.

    One version is on the site, and at most one is open.
    """
    from concepts.models import Alias, ConceptVersion, Passage, Status
    from governance.models import Partner

    texts = defaultdict(list)
    versions = ConceptVersion.objects.filter(concept__slug=concept)
    texts["versie"] = list(versions.values_list("summary", flat=True))
    for row in Passage.objects.filter(version__in=versions):
        texts[f"tekst {row.key}"].append(row.text)
    texts["alias"] = list(Alias.objects.filter(key="fuzz-naam").values_list("note", flat=True))
    texts["partner"] = list(Partner.objects.filter(slug="ocmw").values_list("note", flat=True))
    statuses = Counter(versions.values_list("status", flat=True))
    open_ones = statuses[Status.WORKING_COPY] + statuses[Status.IN_REVIEW]
    whole = statuses[Status.PUBLISHED] == 1 and open_ones <= 1
    return {name: set(WORD.findall(" ".join(rows))) for name, rows in texts.items()}, whole


def untaken(acknowledged):
    """Steps that were acknowledged with a save and are not on record, as sentences."""
    taken = steps_on_record()
    for step, times in acknowledged.items():
        if times > taken[step]:
            yield f"{step}: {times} keer aanvaard, {taken[step]} keer gedaan"


def steps_on_record():
    """How often each step with a version was taken, as the log of the desk tells."""
    from django.contrib.admin.models import LogEntry

    from concepts.admin.steps import VERSION_STEPS

    told = Counter(LogEntry.objects.values_list("change_message", flat=True))
    return Counter({step.name: told[f"{step.label}: gedaan."] for step in VERSION_STEPS})


def deadlocks():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]
