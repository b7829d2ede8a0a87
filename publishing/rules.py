"""Who may publish (domain.md section 3)."""

from governance.standing import Standing


def may_publish(standing: Standing) -> bool:
    """The business manager and the secretariat."""
    return standing.manages


def may_see_publications(standing: Standing) -> bool:
    """See what was published when, and from what: those who see everything."""
    return standing.sees_all
