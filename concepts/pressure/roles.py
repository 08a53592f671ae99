"""The roles that ask something, as a cell shows them: a letter, a word, and a shade."""

from dataclasses import dataclass

from concepts.models import ASKING_ROLES, Role
from eerstelijn.templatetags.texts import ROLE_LETTERS


@dataclass(frozen=True)
class Sign:
    """How a cell shows a role: its letter, one short word, and how strong it looks."""

    letter: str
    word: str
    #: `lead`, `must`, `with` or `project`: a shade, and on paper the thickness of an edge.
    strength: str
    #: What the legend says of it.
    meaning: str


#: By role: the word, the strength, and the meaning.
_SAID = {
    Role.DIRECTION: ("regie", "lead", "leidt: heeft de regie"),
    Role.CHAIR: ("leidt", "lead", "leidt: zit voor"),
    Role.COORDINATION: ("coörd.", "lead", "leidt: coördineert"),
    Role.REQUIRED: ("moet", "must", "verplicht of minstens"),
    Role.PARTICIPANT: ("mee", "with", "deelnemer"),
    Role.PROVIDER: ("biedt", "with", "aanbieder: biedt het aan"),
    Role.FOUNDER: ("sticht", "with", "oprichter: richtte het op"),
    Role.PROJECT_HOLDER: ("trekt", "project", "projecthouder: trekt een project"),
}
SIGNS = {role: Sign(ROLE_LETTERS[role], *_SAID[role]) for role in ASKING_ROLES}
