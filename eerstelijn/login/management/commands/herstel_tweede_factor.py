"""A lost phone: take away someone's second step, so that they set up a new one."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from eerstelijn.login.events import by_command, record
from eerstelijn.login.lost_phone import take_off
from eerstelijn.login.models import LoginEvent


class Command(BaseCommand):
    help = (
        "Wist de tweede stap en de herstelcodes van een account, bijvoorbeeld na een verloren "
        "telefoon, en meldt het overal af. Het staat bij de aanmeldingen."
    )

    def add_arguments(self, parser):
        parser.add_argument("account", help="de gebruikersnaam")

    @transaction.atomic
    def handle(self, account, **options):
        try:
            user = get_user_model().objects.get(username=account)
        except get_user_model().DoesNotExist:
            raise CommandError(f"Er is geen account {account!r}.") from None
        if not take_off(user):
            raise CommandError(f"{account} heeft geen tweede stap.")
        record(LoginEvent.Kind.SECOND_STEP_REMOVED, account, by=by_command())
        self.stdout.write(
            f"De tweede stap van {account} is gewist. Bij de volgende aanmelding met het "
            "wachtwoord wordt een nieuwe gevraagd, als die verplicht is."
        )
