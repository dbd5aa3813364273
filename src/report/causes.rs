//! Which event caused a change of the plan, in words.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let plan = kring::solve(&problem, &kring::Options::default().with_iterations(200))?.plan;
//! use kring::model::Event;
//! use kring::model::plan::Stop;
//! use kring::report::causes::{Cause, causes};
//! use kring::report::changes::changes;
//!
//! let visit = plan.tours[0].visits().next().expect("a visit");
//! let (client, care, date) = (visit.client.clone(), visit.care.clone(), visit.date);
//! let mut new = plan.clone();
//! new.tours[0].stops.retain(|stop| !matches!(stop, Stop::Visit(of) if of.client == client && of.care == care));
//! let cancelled = Event::VisitCancelled { client, care, date };
//! let changes = changes(&plan, &new);
//! assert_eq!(causes(&changes, &[cancelled])[0], Cause::Event(0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::changes::Change;
use crate::model::Event;
use jiff::civil::Date;
use std::collections::HashMap;

/// What a change has to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The event at this position in the list: it is about the nurse who was to come or who comes now, about the visit,
    /// or about the client.
    Event(usize),
    /// The visit changed as a consequence of the event at this position: another change by the event is in the same
    /// tour, or else the event is on the day of the visit.
    Follows(usize),
    /// No event lies on that day: the change saves more than its price.
    Saving,
}

/// The cause of each change, in their order.
///
/// # Complexity
/// Changes times events.
pub fn causes(changes: &[Change<'_>], events: &[Event]) -> Vec<Cause> {
    causes_beside(changes, events, &[])
}

/// As [`causes`], but events at the positions `without_effect` are never a cause, such as those
/// [without effect](crate::model::Events::without_effect).
///
/// # Complexity
/// Changes times events times those without effect.
pub fn causes_beside(changes: &[Change<'_>], events: &[Event], without_effect: &[usize]) -> Vec<Cause> {
    let events: Vec<(usize, &Event)> =
        events.iter().enumerate().filter(|(number, _)| !without_effect.contains(number)).collect();
    let direct: Vec<Option<usize>> = changes.iter().map(|change| cause_of(change, &events)).collect();
    // The tours that these events changed.
    let mut of_tour: HashMap<(&str, Date), usize> = HashMap::new();
    for (change, event) in changes.iter().zip(&direct) {
        for tour in event.iter().flat_map(|_| tours(change)) {
            of_tour.entry(tour).or_insert(event.unwrap_or_default());
        }
    }
    let follows = |change: &Change<'_>| {
        let same_tour = tours(change).find_map(|tour| of_tour.get(&tour).copied());
        same_tour.or_else(|| tours(change).find_map(|(_, day)| position(&events, |one| one.is_on(day))))
    };
    let cause = |(change, direct): (&Change<'_>, &Option<usize>)| match *direct {
        Some(event) => Cause::Event(event),
        None => follows(change).map_or(Cause::Saving, Cause::Follows),
    };
    changes.iter().zip(&direct).map(cause).collect()
}

/// The event that explains a change directly: the first about the visit or its client on the old or new day of the
/// visit; else one about the nurse; else the first about the visit or its client on any day.
fn cause_of(change: &Change<'_>, events: &[(usize, &Event)]) -> Option<usize> {
    let is_of_visit = |event: &Event| event.is_of_visit(change.client, change.care);
    let is_on = |event: &Event| event.is_on(change.date) || event.is_on(change.to);
    let is_of_nurse = |event: &Event| tours(change).any(|(nurse, day)| event.is_of_nurse(nurse, day));
    let exact = position(events, |event| is_of_visit(event) && is_on(event));
    // A nurse's return explains nothing if a later event says that she is late or away again.
    let is_back = |event: &Event| matches!(event, Event::NurseBack { .. });
    let of_nurse = || match events.iter().rfind(|(_, event)| is_of_nurse(event)) {
        Some((_, last)) if !is_back(last) => position(events, |event| is_of_nurse(event) && !is_back(event)),
        last => last.map(|&(number, _)| number),
    };
    exact.or_else(of_nurse).or_else(|| position(events, is_of_visit))
}

/// The position of the first event for which `is_asked` holds.
fn position(events: &[(usize, &Event)], is_asked: impl Fn(&Event) -> bool) -> Option<usize> {
    events.iter().find(|(_, event)| is_asked(event)).map(|&(number, _)| number)
}

/// The nurse and day of a visit as it was published and as it is now.
fn tours<'p>(change: &Change<'p>) -> impl Iterator<Item = (&'p str, Date)> + use<'p> {
    change.before.into_iter().chain(change.now).map(|planned| (planned.nurse, planned.start.date()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::changes::ScheduledVisit;

    #[test]
    fn what_follows_is_in_a_tour_that_an_event_changed() {
        let planned = |nurse, time: &str| {
            let moment = |end: &str| format!("2026-03-03T{time}:{end}Z").parse().expect("a moment");
            Some(ScheduledVisit { nurse, start: moment("00:00"), end: moment("30:00") })
        };
        let change = |client, before, now| {
            let date = jiff::civil::date(2026, 3, 3);
            Change { client, care: "wash", date, to: date, before, now }
        };
        let date = jiff::civil::date(2026, 3, 3);
        let absent =
            Event::NurseAbsent { nurse: "late".into(), date, until: None, from_time: None, to_time: None };
        let cancelled = Event::VisitCancelled { client: "c1".into(), care: "wash".into(), date };
        let changes = [
            change("c1", planned("early", "08"), None),
            change("c2", planned("early", "09"), planned("early", "10")),
            change("c3", planned("late", "19"), planned("other", "19")),
            change("c4", planned("other", "20"), planned("other", "21")),
            change("c5", planned("third", "20"), planned("third", "21")),
            // The event is not about another care line of the client whose visit was cancelled.
            Change { care: "pills", ..change("c1", planned("early", "12"), planned("early", "13")) },
            Change {
                care: "wash@2026-03-03",
                ..change("c1", planned("third", "12"), planned("third", "13"))
            },
        ];
        let found = causes(&changes, &[absent, cancelled]);
        let due = [
            Cause::Event(1),
            Cause::Follows(1),
            Cause::Event(0),
            Cause::Follows(0),
            Cause::Follows(1),
            Cause::Follows(1),
            Cause::Event(1),
        ];
        assert_eq!(found, due);
        assert_eq!(causes(&changes[4..5], &[]), [Cause::Saving]);
        let early = Event::NurseLate { nurse: "early".into(), date, start: "05:00".parse().expect("a time") };
        let late =
            Event::NurseAbsent { nurse: "late".into(), date, until: None, from_time: None, to_time: None };
        let events = [early, late];
        assert_eq!(causes(&changes[..1], &events), [Cause::Event(0)]);
        assert_eq!(causes_beside(&changes[..1], &events, &[0]), [Cause::Follows(1)]);
        assert_eq!(causes_beside(&changes[..1], &events, &[0, 1]), [Cause::Saving]);
    }

    #[test]
    fn a_return_explains_what_no_later_absence_does() {
        let date = jiff::civil::date(2026, 3, 3);
        let start = "2026-03-03T08:00:00Z".parse().expect("a moment");
        let before = Some(ScheduledVisit { nurse: "n", start, end: start });
        let changes = [Change { client: "c", care: "wash", date, to: date, before, now: None }];
        let back = Event::NurseBack { nurse: "n".into(), date };
        let late = Event::NurseLate { nurse: "n".into(), date, start: "10:00".parse().expect("a time") };
        assert_eq!(causes(&changes, &[back.clone(), late.clone()]), [Cause::Event(1)]);
        assert_eq!(causes(&changes, &[late, back]), [Cause::Event(1)]);
    }
}
