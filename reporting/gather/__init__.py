"""Reading the portfolio into frozen values, in a number of queries that does not grow with the initiatives."""
