//! Eight weeks of past visits, imperfect as in a real team.

use super::draw::Draw;
use super::roster::Band;
use crate::error::Result;
use crate::model::Calendar;
use crate::model::document::{Care, Client, Days, History, Horizon, Nurse, PastVisit};
use crate::model::recurrence::day_patterns;
use jiff::ToSpan;
use jiff::civil::Date;

/// Weeks of history.
const WEEKS: u16 = 8;
/// Bounds on a random number below 100 that says who came: the first nurse below `BY_FIRST_NURSE`, somebody of the
/// circle below `BY_CIRCLE`, any able nurse below `LEFT`, and otherwise a nurse who has left the team since.
const BY_FIRST_NURSE: usize = 38;
const BY_CIRCLE: usize = 86;
const LEFT: usize = 98;

/// The visits of the weeks before the first day. One client in twenty-five is new; as many came into
/// care three weeks ago.
pub(super) fn past(clients: &[Client], team: &[Nurse], first_day: Date, draw: &mut Draw) -> Result<History> {
    let days = WEEKS * 7;
    let start = first_day.saturating_sub(i64::from(days).days());
    let calendar = Calendar::new(&Horizon { first_day: start, days, time_zone: None })?;
    let mut visits = Vec::new();
    for (i, client) in clients.iter().enumerate() {
        let from = match i % 25 {
            7 => days,
            19 => days - 21,
            _ => 0,
        };
        // On each day, the same nurse makes all visits of one part of the day.
        let mut nurse_of = vec![[None; 3]; usize::from(days)];
        for care in client.care.iter().filter(|care| !matches!(care.days, Days::Dates(_))) {
            let usual = Care { from: None, until: None, ..care.clone() };
            for block in day_patterns(&usual, &[], &calendar)? {
                for &day in draw.pick(&block.patterns).into_iter().flatten().filter(|&&day| day >= from) {
                    let nurse = &mut nurse_of[usize::from(day)][Band::of(care) as usize];
                    let number = *nurse.get_or_insert_with(|| who(client, care, team, draw));
                    visits.push(PastVisit {
                        client: client.id.clone(),
                        nurse: team
                            .get(number)
                            .map_or_else(|| format!("left-{}", number - team.len() + 1), |n| n.id.clone()),
                        date: calendar.date(day.into()),
                    });
                }
            }
        }
    }
    visits.sort_by(|a, b| (a.date, &a.client).cmp(&(b.date, &b.client)));
    Ok(History { weeks: WEEKS, half_life_days: None, visits })
}

/// The number of a nurse in the team, or a number from `team.len()` on for one who has left.
fn who(client: &Client, care: &Care, team: &[Nurse], draw: &mut Draw) -> usize {
    let able = |&i: &usize| {
        let nurse = &team[i];
        nurse.can_give(care)
            && !client.forbidden_nurses.contains(&nurse.id)
            && !nurse.forbidden_clients.contains(&client.id)
    };
    let first: Vec<usize> =
        (0..team.len()).filter(|&i| client.first_nurse.as_ref() == Some(&team[i].id)).collect();
    let circle: Vec<usize> = (0..team.len()).filter(|&i| client.circle.contains(&team[i].id)).collect();
    let others: Vec<usize> = (0..team.len()).filter(able).collect();
    let preferred = match draw.below(100) {
        0..BY_FIRST_NURSE => &first,
        BY_FIRST_NURSE..BY_CIRCLE => &circle,
        BY_CIRCLE..LEFT => &others,
        _ => return team.len() + draw.below(2),
    };
    let lists = [preferred, &circle, &others];
    lists.into_iter().find_map(|list| draw.pick(list).copied()).unwrap_or(team.len())
}
