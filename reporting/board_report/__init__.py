"""The board report: a snapshot's frozen values as one tagged PDF. Reads nothing but the snapshot.

What the board meets first is built in front.py, changes.py and deviations.py, the portfolio in portfolio.py, cases in
cases.py, and the serial pages in projects.py and products.py; pdf.py sets it.
"""
