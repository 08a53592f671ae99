"""A key figure that two others add up to, drawn as dots: 58 = 27 + 31."""

from dataclasses import dataclass
from itertools import permutations

from eerstelijn.templatetags.trees import MOST_DOTS


@dataclass
class Dots:
    """The whole, and the two parts in the order in which the page gives them."""

    whole: object
    full: object
    open: object

    @classmethod
    def of(cls, figures):
        """The first countable figure that two beside it add up to; None when there is none."""
        for triple in zip(figures, figures[1:], figures[2:], strict=False):
            for whole, full, open_part in permutations(triple):
                if whole.value == full.value + open_part.value and whole.value <= MOST_DOTS:
                    return cls(whole, *sorted((full, open_part), key=triple.index))
        return None
