"""Measurements. Each is run from the repository's root: `.venv/bin/python -m bench.pages`. Figures in README.md."""
