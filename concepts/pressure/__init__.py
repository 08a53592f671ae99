"""The pressure on partners: who is asked how often, and as what, over all concepts."""

from concepts.pressure.views import PressureView

__all__ = ["PressureView"]
