"""Template tags: `os2` is everywhere, `dkfds` belongs to the form pack."""
