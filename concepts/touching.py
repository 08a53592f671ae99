"""What a change of services touches among what is described: concepts, names, acts, areas.

Concepts follow by themselves (`governance.derived`), and no sentence is rewritten: their box puts
them aside for the editor, with the change as the cause. So does that of acts and areas.
"""

from collections import Counter

from django.contrib.admin.models import CHANGE

from concepts.models import Alias, ConceptVersion, Passage, Status, ToCheck
from concepts.touched import as_whole_words, names_of, naming
from governance.models import CoverageArea, Decree, PolicyDomain
from governance.succession import HANDED_OVER, Changed, Row, Touching, desk_url

#: What the box of something that is put aside means.
ASIDE = "Wat je aanvinkt, komt in jouw lijst “na te kijken”."


class PutAside(Touching):
    """Something that an editor looks at again."""

    goes_over = False
    means = ASIDE
    field = ""

    def carry_out(self, change, pk, successor, user):
        link = {f"{self.field}_id": pk, "event": change.event}
        ToCheck.objects.get_or_create(**link, defaults={"editor": user})
        return []


class Concepts(PutAside):
    key = "concept"
    field = "concept"
    title = title_without = "Concepten: kijk je ze zelf na?"
    plural = "concepten"

    def meaning(self, change):
        if change.goes_on:
            said = "Ze gaan in de lijsten vanzelf mee. Wij herschrijven geen zinnen."
        elif change.is_done and change.kind.ends:
            said = "Hun eigenaar blijft wie hij was: wijs zelf een andere aan."
        else:
            said = "In de lijsten verandert er niets."
        return f"{said} {ASIDE}"

    def rows(self, change):
        public = ConceptVersion.objects.filter(status=Status.PUBLISHED).defer("search")
        owned = public.filter(ownerships__agency__in=change.leaving).distinct()
        versions = {version.concept_id: version for version in owned}
        texts = _texts_naming(names_of(change.leaving))
        named = public.filter(concept__in=[pk for pk in texts if pk not in versions])
        versions |= {version.concept_id: version for version in named}
        for pk, version in sorted(versions.items(), key=lambda pair: pair[1].name.casefold()):
            number = texts[pk]
            reason = f"oude naam in {number} tekst{'en' if number > 1 else ''}" if number else ""
            is_left = change.is_done and change.kind.ends and not change.goes_on
            yield Row(
                pk,
                version.name,
                desk_url(version),
                reason,
                is_ticked=bool(number) or is_left,
            )


def _texts_naming(names):
    """In how many texts of its published version a concept names one of these; by concept."""
    pattern = as_whole_words(names)
    found = Counter()
    passages = Passage.objects.filter(version__status=Status.PUBLISHED).order_by()
    for text in ("text", "headline"):
        rows = passages.filter(**{f"{text}__regex": pattern})
        found.update(rows.values_list("version__concept", flat=True))
    public = ConceptVersion.objects.filter(status=Status.PUBLISHED, summary__regex=pattern)
    found.update(public.order_by().values_list("concept", flat=True))
    return found


class Placed(PutAside):
    """Concepts that name a municipality that ends, as an area or in a text."""

    key = "concept"
    field = "concept"
    title = title_without = "Concepten: kijk je ze zelf na?"
    means = f"Wie de nieuwe gemeente kiest, vindt ze vanzelf. {ASIDE}"
    plural = "concepten"

    def rows(self, change):
        public = ConceptVersion.objects.filter(status=Status.PUBLISHED).defer("search")
        placed = public.filter(coverages__territory__in=change.before).distinct()
        versions = {version.concept_id: version for version in placed}
        texts = _texts_naming([town.name for town in change.before])
        named = public.filter(concept__in=[pk for pk in texts if pk not in versions])
        reasons = dict.fromkeys(versions, "noemt ze als gebied")
        reasons |= {pk: f"naam in {n} tekst{'en' if n > 1 else ''}" for pk, n in texts.items()}
        versions |= {version.concept_id: version for version in named}
        for pk, version in sorted(versions.items(), key=lambda pair: pair[1].name.casefold()):
            yield Row(pk, version.name, desk_url(version), reasons[pk], is_ticked=pk in texts)


class Acts(PutAside):
    key = "akte"
    field = "decree"
    title = title_without = "Regelgeving die ze noemt: kijk je ze na?"
    plural = "regelgeving"

    def rows(self, change):
        for act in naming(Decree, names_of(change.leaving), "name", "description", "note"):
            yield Row(act.pk, str(act), desk_url(act))


class Areas(PutAside):
    key = "gebied"
    field = "area"
    title = title_without = "Gebieden die ze noemen: kijk je ze na?"
    plural = "gebieden"

    def rows(self, change):
        for area in naming(CoverageArea, names_of(change.leaving), "name", "note"):
            yield Row(area.pk, str(area), desk_url(area))


class Aliases(Touching):
    key = "naam"
    title = "Andere namen: welke gaan over?"
    title_without = "Andere namen: kijk ze zelf na"
    means = "Zoeken op deze naam leidt voortaan naar de opvolger."
    plural = "andere namen"

    def rows(self, change):
        if change.kind is HANDED_OVER:
            return
        domains = set(PolicyDomain.objects.values_list("abbreviation", flat=True))
        taken = Alias.objects.filter(agency__in=[a.pk for a in change.after if a.pk])
        theirs = {text.casefold() for text in taken.values_list("text", flat=True)}
        for alias in Alias.objects.filter(agency__in=change.ending).select_related("agency"):
            row = Row(alias.pk, alias.text, desk_url(alias))
            text = alias.text.casefold()
            if text in theirs:
                row.is_open, row.reason = False, "heeft de opvolger al"
            elif alias.text in domains:
                row.reason = "ook naam van een beleidsdomein"
            else:
                row.is_ticked = change.kind.all_goes_over
            theirs.add(text)
            yield row

    def carry_out(self, change, pk, successor, user):
        alias = Alias.objects.filter(pk=pk, agency__in=change.before).first()
        if alias is None:
            return []
        former, alias.agency = alias.agency, successor
        alias.full_clean()
        alias.save(update_fields=["agency"])
        said = [{"changed": {"fields": ["dienst"]}}]
        # The former service is named too: search forgets this name of it.
        return [Changed(alias, CHANGE, said), Changed(former, CHANGE, [])]


CONCEPTS, ALIASES, ACTS, AREAS = Concepts(), Aliases(), Acts(), Areas()
PLACED = Placed()
