"""Whether the web addresses that records keep still lead somewhere."""
