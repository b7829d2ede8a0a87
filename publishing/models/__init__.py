"""What is public, stored apart from what is not."""

from .publications import Publication, PublishedInitiative
from .record import DecisionWithdrawal, PublishedDecision, PublishedMinutes, PublishedMinutesFile

__all__ = [
    "DecisionWithdrawal",
    "Publication",
    "PublishedDecision",
    "PublishedInitiative",
    "PublishedMinutes",
    "PublishedMinutesFile",
]
