#!/usr/bin/env python3
"""Calendars: RFC 5545 as two Python parsers see it, the raw lines, and recurrences.

Usage: ics_check.py FILE.ics...
Prints one line a fault; exit 1 if there is any. ics_check.mjs asks a third parser.
"""

import datetime
import sys

import icalendar
import recurring_ical_events
import vobject


def check(path):
    with open(path, "rb") as file:
        raw = file.read()
    if raw.replace(b"\r\n", b"").count(b"\n"):
        yield 1, "a line ends in LF without CR"
    for number, line in enumerate(raw.split(b"\r\n"), 1):
        if len(line) > 75:
            yield number, f"{len(line)} octets in a line, more than 75"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield number, "not UTF-8, or a fold that splits a character"
    try:
        calendar = icalendar.Calendar.from_ical(raw, multiple=False)
    except ValueError as error:
        yield 1, f"icalendar: {error}"
        return
    for key in ("PRODID", "VERSION"):
        if key not in calendar:
            yield 1, f"no {key}"
    zones = {str(zone.get("TZID")) for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    ids, days = set(), []
    for event in events:
        name = f"event {event.get('SUMMARY', '')}"
        for error in event.errors:
            yield 1, f"{name}: icalendar: {error}"
        for key in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            if key not in event:
                yield 1, f"{name}: no {key}"
        own = (str(event.get("UID")), str(event.get("RECURRENCE-ID")))
        if own in ids:
            yield 1, f"{name}: UID {own[0]} is used twice"
        ids.add(own)
        if "DTSTART" in event:
            zone = event["DTSTART"].params.get("TZID")
            if zone and zone not in zones:
                yield 1, f"{name}: TZID {zone} has no VTIMEZONE"
            start = event.decoded("DTSTART")
            start = start.date() if isinstance(start, datetime.datetime) else start
            days.append(start)
            if "DTEND" in event:
                end = event.decoded("DTEND")
                end = end.date() if isinstance(end, datetime.datetime) else end
                if end < start or (end == start and event.decoded("DTSTART") == event.decoded("DTEND")):
                    yield 1, f"{name}: ends on {end}, before or when it starts (an all-day DTEND is the day after)"
    try:
        for component in vobject.readComponents(raw.decode("utf-8", "replace")):
            component.validate(raiseException=True)
    except Exception as error:  # vobject raises many kinds
        yield 1, f"vobject: {error}"
    if days:
        span = recurring_ical_events.of(calendar).between(min(days), max(days) + datetime.timedelta(days=366))
        if len(span) < len(events):
            yield 1, f"{len(events)} events give only {len(span)} occurrences"


if len(sys.argv) < 2:
    sys.exit(__doc__)
count = 0
for path in sys.argv[1:]:
    for line, text in check(path):
        print(f"{path}:{line}: {text}")
        count += 1
print(f"ics: {len(sys.argv) - 1} files, {count} faults")
sys.exit(1 if count else 0)
