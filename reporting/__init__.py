"""What the board reads: snapshots of the portfolio and the board report made from them."""
