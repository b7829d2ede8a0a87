"""Who may see, take and make what the board reads (domain.md section 3)."""

from governance.standing import Standing


def may_read_snapshots(standing: Standing) -> bool:
    """Read snapshots and board reports: the board, the business manager and the secretariat."""
    return standing.sees_all


def may_take_snapshots(standing: Standing) -> bool:
    """Take a snapshot and have the board report made: the business manager and the secretariat."""
    return standing.manages
