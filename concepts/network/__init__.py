"""The network: whose each concept is, and which partners it names, as one drawing and its table."""

from concepts.network.views import NetworkView

__all__ = ["NetworkView"]
