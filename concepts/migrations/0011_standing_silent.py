"""A concept that ran, and of which nothing was found since."""

from django.db import migrations, models

import eerstelijn.choices

STATES = [
    ("loopt", "loopt"),
    ("proef", "loopt als proef"),
    ("gepland", "gepland"),
    ("afgelopen", "afgelopen"),
    ("opgegaan", "opgegaan in een ander concept"),
    ("stil", "niets meer over gevonden"),
]
RULE = "concepts_standing_state_of_list"


class Migration(migrations.Migration):
    dependencies = [("concepts", "0010_access_in_words_and_roles_of_acts")]

    operations = [
        migrations.RemoveConstraint(model_name="standing", name=RULE),
        migrations.AlterField(
            model_name="standing",
            name="state",
            field=models.CharField(choices=STATES, max_length=20, verbose_name="stand"),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=eerstelijn.choices.OneOf(
                condition=models.Q(state__in=[word for word, _ in STATES]),
                name=RULE,
                violation_error_message="Kies bij “stand” een woord uit de lijst.",
            ),
        ),
    ]
