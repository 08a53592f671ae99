"""What is asked of who works in one place: what obliges, what invites, and on what ground."""

from concepts.asking.views import AskedView
from concepts.asking.who import Who

__all__ = ["AskedView", "Who"]
