"""Who decides: people, organisations, bodies, seats, meetings, cases, votes, decisions.

Governance never imports portfolio. What a decision does to an initiative is registered from outside (effects.py).
"""
