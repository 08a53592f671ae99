from django.db import migrations

from eerstelijn.database.stamping import NO_TABLE, TABLE, MoveStamp

PLAIN = [
    "Agency",
    "AgencyLine",
    "AgencyTask",
    "AreaBorder",
    "AreaKind",
    "AreaLine",
    "AreaMembership",
    "AreaName",
    "AreaPart",
    "ChangeEvent",
    "ChangeSubject",
    "Citation",
    "CoverageArea",
    "Decree",
    "DecreeDate",
    "DecreeRelation",
    "OldSlug",
    "Partner",
    "PartnerType",
    "PolicyDomain",
    "Source",
]


class Migration(migrations.Migration):
    """One stamp that every change of the content moves, whoever makes it."""

    dependencies = [("governance", "0011_parts_of_municipalities")]

    operations = [
        migrations.RunSQL(TABLE, NO_TABLE),
        *(MoveStamp(name) for name in PLAIN),
    ]
