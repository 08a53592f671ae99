"""The columns of other names, in tables that come and go."""

from concepts.models import NAMED, Alias, Concept
from eerstelijn.desk.exchange import Column, Linked, TableResource, choice
from eerstelijn.desk.forms import new_key
from governance.models import Agency, CoverageArea, Decree, Partner


class AliasResource(TableResource):
    key = ("sleutel",)
    needed = "naam"

    text = Column("text", "naam")
    kind = Column("kind", "soort", choice(Alias._meta.get_field("kind")))
    concept = Column("concept", "concept", Linked(Concept))
    agency = Column("agency", "dienst", Linked(Agency))
    partner = Column("partner", "partner", Linked(Partner))
    area = Column("area", "gebied", Linked(CoverageArea))
    decree = Column("decree", "regelgeving", Linked(Decree))
    note = Column("note", "toelichting")
    row_key = Column("key", "sleutel")

    class Meta(TableResource.Meta):
        model = Alias
        fields = (
            "text",
            "kind",
            "concept",
            "agency",
            "partner",
            "area",
            "decree",
            "note",
            "row_key",
        )

    def find(self, row):
        key = row.get("sleutel", "")
        return Alias.objects.filter(key=key).first() if key else None

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """A new name gets its key from what it says, as on the form."""
        if not instance.key and instance.text:
            named = next(
                (field for field in NAMED.fields if getattr(instance, f"{field}_id")), None
            )
            parts = [named, named and getattr(instance, named), instance.text]
            taken = set(Alias.objects.values_list("key", flat=True))
            instance.key = new_key(parts, taken, 120)
        super().validate_instance(instance, import_validation_errors, validate_unique)
