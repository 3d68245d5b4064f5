// With ical.js, the library of Thunderbird and Nextcloud.
'use strict'

const fs = require('fs')
const ICAL = require(process.argv[3])

const root = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], 'utf8')))
root.getAllSubcomponents('vtimezone').forEach(function (zone) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone))
})

function when (time) {
  if (time.isDate) {
    return time.toString()
  }
  return new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z')
}

const found = root.getAllSubcomponents('vevent').map(function (part) {
  const event = new ICAL.Event(part)
  return {
    uid: event.uid,
    start: when(event.startDate),
    summary: event.summary,
    description: event.description,
    status: part.getFirstPropertyValue('status'),
    sequence: event.sequence
  }
})
process.stdout.write(JSON.stringify(found))
