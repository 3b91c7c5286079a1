"""Where things stand on a screen: found by their geometry, never by a template."""
