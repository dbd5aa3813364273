//! The break of a shift: exactly one, of the length that the shift asks for, in the middle half of the shift, taken at
//! home or where the nurse is.

use super::expand::Given;
use super::read::{ReadStop, ReadTour, stop_place};
use super::violation::{Findings, Rule, apart};

/// Where a break is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// At home, before leaving.
    BeforeLeaving,
    /// Between leaving and being back, at the place of the previous stop.
    OnTheWay,
    /// At home, after being back.
    AfterReturn,
}

/// Where the break at a position of a tour is taken, judged by the times that the plan prints.
pub(super) fn taken(tour: &ReadTour<'_>, position: usize, start: i64) -> Taken {
    if position == 0 {
        Taken::BeforeLeaving
    } else if position + 1 == tour.stops.len() && start >= tour.back {
        Taken::AfterReturn
    } else {
        Taken::OnTheWay
    }
}

/// Seconds that a break counts for. If the tour has one break, as the shift asks, it is the length that the shift asks
/// for, so that a wrong length is only one violation. Otherwise it is the printed length.
pub(super) fn length(tour: &ReadTour<'_>, shift: Option<&Given>, start: i64, end: i64) -> i64 {
    let breaks = tour.stops.iter().filter(|stop| matches!(stop, ReadStop::Break { .. })).count();
    match shift {
        Some(shift) if shift.break_seconds > 0 && breaks == 1 => shift.break_seconds,
        _ => (end - start).max(0),
    }
}

/// Checks the break of a tour; `back` is the time of the return as it follows from the last stop.
pub(super) fn check(tour: &ReadTour<'_>, number: usize, shift: &Given, back: i64, found: &mut Findings) {
    let breaks: Vec<(usize, i64, i64)> = tour
        .stops
        .iter()
        .enumerate()
        .filter_map(|(position, stop)| match stop {
            ReadStop::Break { start, end } => Some((position, *start, *end)),
            ReadStop::Visit(_) | ReadStop::Meeting(_) => None,
        })
        .collect();
    let who = format!("nurse {} in the shift of {}", tour.printed.nurse, tour.printed.shift);
    let wanted = usize::from(shift.break_seconds > 0);
    if breaks.len() != wanted {
        let message = format!("{who} has {} breaks, not {wanted}", breaks.len());
        let amount = apart(breaks.len() as i64, wanted as i64);
        found.add(Rule::BreakCount, format!("tours[{number}]"), amount, message);
        return;
    }
    let Some(&(position, start, end)) = breaks.first() else { return };
    let place = stop_place(number, position);
    if end - start != shift.break_seconds {
        let message = format!("{who}: a break of {} s instead of {} s", end - start, shift.break_seconds);
        found.add(Rule::BreakLength, place.clone(), apart(end - start, shift.break_seconds), message);
    }
    let (earliest, latest) = shift.break_window();
    let ready = match position.checked_sub(1).and_then(|before| tour.stops.get(before)) {
        Some(ReadStop::Visit(visit)) => visit.end,
        Some(ReadStop::Meeting(meeting)) => meeting.end,
        _ => earliest,
    };
    let due = match taken(tour, position, start) {
        Taken::BeforeLeaving => earliest,
        Taken::OnTheWay => earliest.max(ready),
        Taken::AfterReturn => earliest.max(back),
    };
    // A break listed first is taken at home, where it must be over before the nurse leaves.
    let cut = if position == 0 { due + shift.break_seconds - tour.leave } else { 0 };
    if start != due {
        let message = format!("{who}: a break {} s away from its time", apart(start, due));
        found.add(Rule::BreakTime, place, apart(start, due), message);
    } else if start > latest {
        let message = format!("{who}: a break {} s after its latest start", start - latest);
        found.add(Rule::BreakTime, place, start - latest, message);
    } else if cut > 0 {
        found.add(Rule::BreakTime, place, cut, format!("{who} leaves {cut} s before the break is over"));
    }
}
