"""The work of editors: what is theirs to do, and the lists of what needs attention."""
