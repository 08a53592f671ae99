"""What a migration does with names that stand twice, and addresses in capitals, of before.

Which of two records stays, only people can say. So the migration stops and names them all.
"""

from collections import defaultdict

from django.core.management import CommandError
from django.db.models import F
from django.db.models.functions import Lower

from eerstelijn.rules import SameName

STOPPED = (
    "Deze namen staan er meer dan één keer, en dat kan niet meer: hoofdletters, spaties en "
    "onzichtbare tekens maken geen verschil. Er is niets gewijzigd. Zet de vorige versie van de "
    "site terug, hernoem of verwijder er in het beheer telkens één, en voer de migraties opnieuw "
    "uit."
)


def refuse_doubles(doubles):
    """Stop a migration when it met records of the same name, told as lines of Dutch."""
    if doubles:
        raise CommandError("\n- ".join([STOPPED, *doubles]))


def doubles_of(records, field, *within, name=SameName, what="pk"):
    """Records of the same name, as a line for each name; of a whole model, or some of its rows.

    Those that have `within` in common are compared; `what` tells one record from another: rows
    that have it in common may be called the same.
    """
    groups = defaultdict(list)
    records = getattr(records, "_base_manager", records)
    rows = records.annotate(same_name=name(field), as_written=F(field))
    keys = {"same_name", "as_written", "pk", what, *within}
    for row in rows.order_by("pk").values(*keys):
        groups[(row["same_name"], *(row[key] for key in within))].append(row)
    for rows in groups.values():
        if len({row[what] for row in rows}) > 1:
            names = ", ".join(f"“{row['as_written']}” (nummer {row['pk']})" for row in rows)
            yield f"{records.model._meta.verbose_name}: {names}"


def in_small_letters(model, field="slug"):
    """Give addresses of before small letters, and say so; yield those that are taken already."""
    with_capitals = model._base_manager.exclude(**{field: Lower(field)}).order_by("pk")
    for pk, slug in list(with_capitals.values_list("pk", field)):
        if model._base_manager.filter(**{field: slug.lower()}).exists():
            yield f"{model._meta.verbose_name}: het adres “{slug}” naast “{slug.lower()}”"
        else:
            model._base_manager.filter(pk=pk).update(**{field: slug.lower()})
            print(f"Adres in kleine letters: {model._meta.verbose_name} {slug.lower()}")
