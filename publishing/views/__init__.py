"""Pages of the public side, and the pages from which it is published."""
