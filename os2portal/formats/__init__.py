"""How dates and numbers look and may be typed, per language (FORMAT_MODULE_PATH)."""
