"""Every rule and every write that touches more than one row. Never a request, never HTML."""
