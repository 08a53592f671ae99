"""Who handed a version in, took it back, sent it back or approved it; and what that says of it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import eerstelijn.choices
from concepts.models.guards import StampPublished
from eerstelijn.database.migrating import at_once


class Migration(migrations.Migration):

    dependencies = [
        ('concepts', '0015_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.AddField(
            model_name='conceptversion',
            name='alone_because',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='zonder tweede lezer, omdat'),
        ),
        migrations.AddField(
            model_name='conceptversion',
            name='minor',
            field=models.BooleanField(default=False, editable=False, help_text='Niet melden aan wie de wijzigingen volgt.', verbose_name='kleine verbetering'),
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ingediend', 'ingediend'), ('teruggenomen', 'teruggenomen'), ('teruggestuurd', 'teruggestuurd'), ('goedgekeurd', 'goedgekeurd')], max_length=20, verbose_name='wat')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('by', models.CharField(max_length=150, verbose_name='door')),
                ('note', models.TextField(blank=True, verbose_name='briefje')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='concepts.conceptversion', verbose_name='versie')),
            ],
            options={
                'verbose_name': 'stap van een versie',
                'verbose_name_plural': 'stappen van een versie',
                'ordering': ['version', 'at', 'pk'],
                'constraints': [eerstelijn.choices.OneOf(condition=models.Q(('kind__in', ['ingediend', 'teruggenomen', 'teruggestuurd', 'goedgekeurd'])), name='concepts_handover_kind_of_list', violation_error_message='Kies bij “wat” een woord uit de lijst.')],
            },
        ),
        StampPublished('Handover'),
    ])
