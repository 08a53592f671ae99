"""The project package: settings, and the ideas that both apps share."""
