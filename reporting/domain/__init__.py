"""Taking snapshots and making the board report."""
