"""Papers of one meeting: the agenda and the minutes, as frozen values and set as tagged PDF."""
