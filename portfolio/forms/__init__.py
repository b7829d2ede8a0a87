"""Forms of the portfolio, one file per noun."""
