// Calendars by a second, independent parser: ical.js (Thunderbird's).
//
// Usage: node ics_check.mjs FILE.ics...
// Prints one line a fault; exit 1 if there is any.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const files = process.argv.slice(2);
if (!files.length) {
  console.error('usage: node ics_check.mjs FILE.ics...');
  process.exit(2);
}
let faults = 0;
let count = 0;
ICAL.design.strict = true;
for (const file of files) {
  const fault = (text) => { faults += 1; console.log(`${file}: ${text}`); };
  try {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')));
    if (calendar.name !== 'vcalendar') fault(`holds a ${calendar.name}, not a VCALENDAR`);
    for (const part of calendar.getAllSubcomponents('vevent')) {
      count += 1;
      const event = new ICAL.Event(part);
      if (!event.uid) fault(`event ${event.summary}: no UID`);
      if (!event.summary) fault(`event ${event.uid}: no SUMMARY`);
      if (!event.startDate) fault(`event ${event.summary}: no DTSTART`);
      else if (part.hasProperty('dtend') && event.endDate.compare(event.startDate) <= 0) fault(`event ${event.summary}: ends when or before it starts`);
    }
  } catch (error) {
    fault(`ical.js: ${error.message}`);
  }
}
console.log(`ics: ${files.length} files, ${count} events, ${faults} faults`);
process.exit(faults ? 1 : 0);
