#!/usr/bin/env python3
"""usage: ics_events.py FILE.ics  prints first day, last day and title of each event, one a line."""
import datetime
import sys

import icalendar

with open(sys.argv[1], "rb") as file:
    calendar = icalendar.Calendar.from_ical(file.read())
for event in calendar.walk("VEVENT"):
    last = event.decoded("DTEND") - datetime.timedelta(days=1)
    print(event.decoded("DTSTART"), last, event["SUMMARY"])
