"""Making the abridged portfolio public."""
