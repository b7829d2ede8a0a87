"""Wiring only: settings, addresses, server entry, health checks."""
