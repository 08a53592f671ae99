"""What concepts have in common: the same partners, audiences, areas, acts, and the same owner."""
