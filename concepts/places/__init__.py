"""What holds in a place on a day: municipalities, areas, and how areas lie against each other."""
