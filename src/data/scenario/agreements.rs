//! An absence, plan reviews with a time agreed, and visits that a certain nurse has promised.

use super::care::{at, line};
use super::draw::Draw;
use super::roster::Band;
use crate::model::Calendar;
use crate::model::document::{Absence, Care, Client, Days, Nurse, Pin, Priority, Shift};
use jiff::ToSpan;

/// One nurse is away for three days of the second week, if the team is large enough to bear it.
pub(super) fn absence(team: &[Nurse], calendar: &Calendar, draw: &mut Draw) -> Option<Absence> {
    let from = calendar.date(draw.between(8, 10) as i32);
    let nurse = draw.pick(team)?.id.clone();
    let until = from.saturating_add(2.days());
    (team.len() >= 6 && calendar.days() >= 14).then_some(Absence { nurse, from, until })
}

/// Adds a review of the care plan for one client in fifteen, by the first nurse at an agreed time,
/// and as many visits promised by the first nurse.
pub(super) fn pins(
    clients: &mut [Client],
    team: &[Nurse],
    calendar: &Calendar,
    away: Option<&Absence>,
    draw: &mut Draw,
) -> Vec<Pin> {
    let wanted = clients.len().div_ceil(15);
    let mut order: Vec<usize> = (0..clients.len()).collect();
    draw.shuffle(&mut order);
    let mut reviews: Vec<Pin> = Vec::new();
    let mut promised: Vec<Pin> = Vec::new();
    for number in order {
        let client = &mut clients[number];
        let Some(nurse) = team.iter().find(|nurse| client.first_nurse.as_ref() == Some(&nurse.id)) else {
            continue;
        };
        // One agreement a nurse, so that they cannot collide.
        if reviews.iter().chain(&promised).any(|pin| pin.nurse.as_ref() == Some(&nurse.id)) {
            continue;
        }
        let present = |shift: &&Shift| {
            !away.is_some_and(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&shift.date))
                && Band::of_shift(shift) == Band::Morning
                && shift.end >= at(13, 0)
        };
        let mornings: Vec<&Shift> = nurse.shifts.iter().filter(present).collect();
        let Some(shift) = draw.pick(&mornings) else { continue };
        let pin = |care: &str, start| Pin {
            client: client.id.clone(),
            care: care.to_owned(),
            date: shift.date,
            nurse: Some(nurse.id.clone()),
            start,
        };
        if reviews.len() < wanted && nurse.level >= 4 {
            let review = line("review", Days::Dates(vec![shift.date]), at(9, 0), at(15, 0), 60);
            reviews.push(pin("review", Some(at(11, 15))));
            client.care.push(Care { level: Some(4), priority: Priority::Wished, ..review });
        } else if promised.len() < wanted
            && let Some(wash) = client.care.iter().find(|care| care.id == "wash" && nurse.can_give(care))
            && calendar.day(shift.date).is_some()
        {
            promised.push(pin(&wash.id, None));
        }
    }
    reviews.extend(promised);
    reviews.sort_by(|a, b| (a.date, &a.client).cmp(&(b.date, &b.client)));
    reviews
}
