from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The exclusion constraints on dated rows compare plain columns inside a GiST index."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
