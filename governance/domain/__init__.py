"""Every rule of the association, and every write of more than one row."""
