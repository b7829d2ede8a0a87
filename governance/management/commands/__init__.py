"""Loaders, the gate on the command line, the first business manager."""
