//! Writes iCalendar text: lines, values, and the time zone. It knows nothing of plans.
//!
//! The crate `icalendar` was tried. It folds lines after 75 octets without counting the blank that begins the next
//! line, and it puts UID and DTSTAMP into time zones; RFC 5545 allows neither. The tests use it to read what is written
//! here.
//!
//! # References
//! B. Desruisseaux (ed., 2009): Internet Calendaring and Scheduling Core Object Specification. RFC 5545. Folding:
//! section 3.1; text: 3.3.11; time zones: 3.6.5.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// At most this many octets in a line, without its line end.
const LINE: usize = 75;

/// Lines of a calendar, folded, each with CR and LF.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line as it is: its name, parameters and value need no escapes.
    pub(super) fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A line with a text value.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Text with backslashes, semicolons, commas and line breaks escaped; other control characters become blanks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// `20260302T073000`.
pub(super) fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// `20260302T063000Z`.
pub(super) fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A time zone with its IANA name.
pub(super) struct Zone<'a> {
    pub(super) id: &'a str,
    pub(super) zone: TimeZone,
}

impl Zone<'_> {
    /// A moment as a property, in local time with its zone. It is in UTC if the clock shows that local time twice and
    /// the second one is meant.
    pub(super) fn moment(&self, name: &str, at: Timestamp) -> String {
        let time = self.zone.to_datetime(at);
        match self.zone.to_timestamp(time) {
            Ok(first) if first == at && self.zone != TimeZone::UTC => {
                format!("{name};TZID={}:{}", self.id, local(time))
            }
            _ => format!("{name}:{}", utc(at)),
        }
    }

    /// Describes the zone for a period of time: the offset at its start, and each change until its end.
    pub(super) fn describe(&self, lines: &mut Lines, from: Timestamp, to: Timestamp) {
        let Self { id, zone } = self;
        if *zone == TimeZone::UTC {
            return;
        }
        let before = zone.preceding(from).next();
        let epoch = Timestamp::UNIX_EPOCH;
        let start = before.as_ref().map_or(epoch, jiff::tz::TimeZoneTransition::timestamp);
        let after = zone
            .following(from)
            .take_while(|change| change.timestamp() <= to)
            .map(|change| change.timestamp());
        lines.line("BEGIN:VTIMEZONE");
        lines.line(&format!("TZID:{id}"));
        for at in std::iter::once(start).chain(after) {
            // The local time of a change is given by the offset just before it.
            let old = at
                .checked_sub(jiff::SignedDuration::from_secs(1))
                .map_or(zone.to_offset(at), |at| zone.to_offset(at));
            let info = zone.to_offset_info(at);
            let kind = if info.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
            lines.line(&format!("BEGIN:{kind}"));
            lines.line(&format!("DTSTART:{}", local(old.to_datetime(at))));
            lines.line(&format!("TZOFFSETFROM:{}", offset(old)));
            lines.line(&format!("TZOFFSETTO:{}", offset(info.offset())));
            lines.text("TZNAME", info.abbreviation());
            lines.line(&format!("END:{kind}"));
        }
        lines.line("END:VTIMEZONE");
    }
}

/// `+0100`, with seconds where there are any.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, all) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let text = format!("{sign}{:02}{:02}", all / 3600, all % 3600 / 60);
    if all % 60 == 0 { text } else { format!("{text}{:02}", all % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_after_75_octets_between_characters() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"é".repeat(80));
        let text = lines.finish();
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(80)));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\r\u{7}"), "a\\,b\\;c\\\\d\\ne  ");
    }

    // On 25 October 2026 at 01:00 UTC the clock in Amsterdam goes back from 03:00 to 02:00.
    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let id = "Europe/Amsterdam";
        let zone = Zone { id, zone: TimeZone::get(id).expect("a zone") };
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let first = zone.moment("DTSTART", at("2026-10-25T00:30:00Z"));
        assert_eq!(first, "DTSTART;TZID=Europe/Amsterdam:20261025T023000");
        assert_eq!(zone.moment("DTSTART", at("2026-10-25T01:30:00Z")), "DTSTART:20261025T013000Z");
        let mut lines = Lines::default();
        zone.describe(&mut lines, at("2026-10-20T00:00:00Z"), at("2026-10-30T00:00:00Z"));
        let text = lines.finish();
        assert_eq!(text.matches("BEGIN:DAYLIGHT").count(), 1, "{text}");
        assert!(text.contains("DTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100"), "{text}");
    }
}
