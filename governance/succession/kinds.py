"""The six things that befall a service: how many there are before and after, and what follows."""

from dataclasses import dataclass

from governance.models import ChangeEvent


@dataclass(frozen=True)
class Kind:
    """One of them, in the words of the form."""

    key: str
    label: str
    hint: str
    #: What the change is called among the changes in the administration.
    event: str
    #: How many services there are before, and how many after: at least, and at most (None: any).
    before: tuple[int, int | None]
    after: tuple[int, int | None]
    #: Whether those before end.
    ends: bool = True
    #: Whether what goes over is ticked: with one successor it nearly always does.
    all_goes_over: bool = True

    def counts(self, side: str) -> str:
        """How many services a side takes, in words."""
        least, most = self.before if side == "before" else self.after
        words = {1: "één", 2: "twee"}
        if most == 0:
            return "geen enkele dienst"
        if least == most:
            return "precies één dienst"
        return f"minstens {words[least]} dienst{'en' if least > 1 else ''}"


MERGED = Kind(
    "samengevoegd",
    "Diensten gaan samen",
    "Twee of meer worden er één.",
    ChangeEvent.Kind.MERGER,
    (2, None),
    (1, 1),
)
RENAMED = Kind(
    "hernoemd",
    "Dienst krijgt een nieuwe naam",
    "De oude naam blijft leesbaar voor wie naar vroeger kijkt.",
    ChangeEvent.Kind.RENAMING,
    (1, 1),
    (1, 1),
)
REPLACED = Kind(
    "vervangen",
    "Dienst wordt vervangen",
    "Eén andere dienst neemt alles over.",
    ChangeEvent.Kind.MERGER,
    (1, 1),
    (1, 1),
)
SPLIT = Kind(
    "gesplitst",
    "Dienst splitst",
    "Eén wordt er twee of meer. De concepten wijs je zelf toe.",
    ChangeEvent.Kind.REDIVISION,
    (1, 1),
    (2, None),
    all_goes_over=False,
)
HANDED_OVER = Kind(
    "taken",
    "Taken verhuizen",
    "De dienst blijft, een deel gaat over.",
    ChangeEvent.Kind.TRANSFER,
    (1, None),
    (1, None),
    ends=False,
    all_goes_over=False,
)
ENDED = Kind(
    "stopgezet",
    "Dienst stopt",
    "Niemand neemt over.",
    ChangeEvent.Kind.ABOLITION,
    (1, None),
    (0, 0),
)

KINDS = {kind.key: kind for kind in (MERGED, RENAMED, REPLACED, SPLIT, HANDED_OVER, ENDED)}
