"""Passwords that are too easy, in Dutch.

Django's own list is English, and compares the whole password: it lets `Zomer2026!!` through. Here a
password is brought back to its letters first: without accents, `3` read as `e`, digits and signs
dropped. What is left must be more than one or two common words.
"""

import gzip
import re
import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

#: One word a line; its README says from where.
LIST = Path(__file__).with_name("woorden") / "nederlands.txt.gz"

#: What this site would make people think of, and what lies next to each other on a keyboard.
OWN = frozenset(
    "eerstelijn eerste lijn wegwijzer samvzw beheer beheerder redacteur eindredacteur redactie "
    "wegwijzereerstelijn vlaanderen brussel wachtwoord paswoord "
    "azerty azertyuiop qwerty qwertyuiop qsdf qsdfghjklm asdf asdfghjkl wxcvbn zxcvbnm abcd "
    "abcdef abcdefgh abcdefghijkl".split()
)

#: Signs that people write for a letter.
INSTEAD = str.maketrans("0134578@$€!", "oieastbasei")


class LengthValidator(password_validation.MinimumLengthValidator):
    """Django's, spoken to "je"."""

    def get_help_text(self):
        return f"Minstens {self.min_length} tekens. Drie of vier losse woorden onthoud je goed."

    def get_error_message(self):
        return f"Je wachtwoord is te kort. Neem er een van minstens {self.min_length} tekens."


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Django's, spoken to "je"."""

    def get_help_text(self):
        return "Niet je naam of je e-mailadres."

    def get_error_message(self):
        return "Je wachtwoord lijkt te veel op je naam of je e-mailadres."


class CommonValidator(password_validation.CommonPasswordValidator):
    """Django's list of English passwords, spoken to "je"."""

    def get_help_text(self):
        return "Geen wachtwoord dat veel mensen gebruiken."

    def get_error_message(self):
        return "Dit wachtwoord gebruiken veel mensen. Kies een ander."


class NumericValidator(password_validation.NumericPasswordValidator):
    """Django's, spoken to "je"."""

    def get_help_text(self):
        return "Niet enkel cijfers."

    def get_error_message(self):
        return "Je wachtwoord bestaat enkel uit cijfers. Kies een ander."


class DutchValidator:
    """Refuse one or two common Dutch words, whatever digits and signs stand around them."""

    def validate(self, password, user=None):
        if any(is_easy(letters) for letters in letters_of(password)):
            raise ValidationError(
                "Je wachtwoord is makkelijk te raden: het bestaat uit één of twee gewone woorden, "
                "met cijfers of tekens erbij. Neem drie of vier losse woorden.",
                code="password_too_easy",
            )

    def get_help_text(self):
        return "Niet één of twee gewone woorden met cijfers erbij: die zijn makkelijk te raden."


def letters_of(password):
    """What a password says, with digits and signs dropped, and with them read as letters."""
    plain = unicodedata.normalize("NFKD", password.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    return {re.sub(r"[^a-z]", "", plain), re.sub(r"[^a-z]", "", core.translate(INSTEAD))}


def is_easy(letters):
    """Whether these letters are hardly a word, common words, or one thing over and over."""
    letters = _once(letters)
    if len(letters) < 4 or letters in words():
        return True
    return any(
        letters[:cut] in words() and letters[cut:] in words() for cut in range(3, len(letters) - 2)
    )


def _once(letters):
    """`zomerzomer` is `zomer`, and `aaaa` is `a`."""
    repeated = re.fullmatch(r"(.+?)\1+", letters)
    return repeated[1] if repeated else letters


@cache
def words():
    english = {word for word in CommonValidator().passwords if word.isalpha() and len(word) > 3}
    return OWN | english | frozenset(gzip.decompress(LIST.read_bytes()).decode().split())
