"""OS2's real portfolio as it was before the portal, and examples in every stage for trying things out.

`facts/` holds what is known of the real one, row by row with its source. Everything else here is made up and marked.
"""
