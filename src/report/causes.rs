//! Which event caused a change of the plan, in words.

use super::changes::Change;
use crate::model::Event;

/// What a change has to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The event is about the nurse who was to come, or about the client: its position in the list.
    Event(usize),
    /// The visit made room for others on a day of this event.
    MadeRoom(usize),
    /// No event lies on that day: the change saves more than its price.
    Saving,
}

/// The cause of a change.
///
/// # Complexity
/// The events.
pub fn cause(change: &Change<'_>, events: &[Event]) -> Cause {
    let nurses = change.before.into_iter().chain(change.now);
    let is_about = |event: &Event| {
        event.client() == Some(change.client)
            || nurses.clone().any(|planned| event.is_of_nurse(planned.nurse, planned.start.date()))
    };
    if let Some(at) = events.iter().position(is_about) {
        return Cause::Event(at);
    }
    let mut days = change.before.into_iter().chain(change.now).map(|planned| planned.start.date());
    let on_day = days.find_map(|day| events.iter().position(|event| event.is_on(day)));
    on_day.map_or(Cause::Saving, Cause::MadeRoom)
}
