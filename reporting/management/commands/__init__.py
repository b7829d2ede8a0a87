"""`manage.py board_report`."""
