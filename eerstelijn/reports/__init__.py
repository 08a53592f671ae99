"""What readers report: that something is not right, and what the editors did with it."""
