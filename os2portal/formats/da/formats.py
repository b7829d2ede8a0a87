"""Danish: 1. december 2026, 01-12-2026, kl. 8.00 and 1.234.567,00. Django's own Danish writes 01.12.2026 and 08:00."""

# The space after the day is a no-break space, so a date is never split (design README, Danish text).
DATE_FORMAT = "j.\u00a0F Y"
LONG_DATE_FORMAT = "l \\d\\e\\n j.\u00a0F Y"
SHORT_DATE_FORMAT = "d-m-Y"
MONTH_DAY_FORMAT = "j.\u00a0F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j.\u00a0F Y \\k\\l.\u00a0G.i"
SHORT_DATETIME_FORMAT = "d-m-Y \\k\\l.\u00a0G.i"
FIRST_DAY_OF_WEEK = 1

# The first one is how a field shows its value; the others are what people also type. A two-digit year is refused:
# 01-12-27 could be a year or a day.
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d/%m %Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "%H:%M:%S", "%H"]
DATETIME_INPUT_FORMATS = ["%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
