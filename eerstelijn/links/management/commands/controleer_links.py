"""Ask every web address that records keep whether it still leads somewhere."""

import datetime as dt
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eerstelijn.links.asking import Asker
from eerstelijn.links.checking import check
from eerstelijn.links.models import CheckedLink
from eerstelijn.release import release


def name_of_site() -> str:
    """How we call ourselves to other sites, with the address where they read who we are."""
    host = next((host for host in settings.ALLOWED_HOSTS if host not in ("*", "")), "localhost")
    return f"EerstelijnLinkcontrole/{release()} (+https://{host.lstrip('.')}/over/)"


class Command(BaseCommand):
    help = (
        "Vraagt elk webadres van bronnen, regelgeving, diensten en partners of het nog antwoordt. "
        "Afbreken mag: de volgende keer gaat het verder waar het stopte."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dagen", type=int, default=6, help="Sla over wat minder dagen geleden gevraagd is."
        )
        parser.add_argument(
            "--pauze", type=float, default=5, help="Seconden tussen twee vragen aan één site."
        )
        parser.add_argument(
            "--wacht", type=float, default=15, help="Seconden om op een antwoord te wachten."
        )

    def handle(self, dagen, pauze, wacht, **options):
        if dagen < 0 or pauze < 0 or wacht <= 0:
            raise CommandError("Geef geen getal onder nul, en wacht langer dan nul seconden.")
        asker = Asker(name_of_site(), wacht, may_ask_inside=settings.LINKS_INSIDE)
        older_than = dt.timedelta(days=dagen)
        numbers: dict[str, int] = {}
        for number, of, link in check(asker, older_than, pauze, time.monotonic, time.sleep):
            numbers[link.state] = numbers.get(link.state, 0) + 1
            self.stdout.write(f"{number}/{of} {link.url}: {link.answer}")
            self.stdout.flush()
        said = [f"{CheckedLink.State(state).label}: {n}" for state, n in sorted(numbers.items())]
        self.stdout.write(f"Klaar. {'; '.join(said) or 'Er was niets te vragen'}.")
