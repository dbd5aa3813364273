//! Who cares for whom: circles by distance and load, and the pairs of client and nurse that are preferred or forbidden.

use super::draw::Draw;
use super::map::{distance, point};
use super::roster::Band;
use crate::model::document::{Care, Client, Days, MaxFaces, Nurse, Priority};

/// Draws the first nurse and the circle of every client, and some wishes.
pub(super) fn draw_circles(clients: &mut [Client], team: &mut [Nurse], draw: &mut Draw) {
    let mut load = vec![0.0; team.len()];
    for client in clients.iter_mut() {
        let weekly = visits_a_week(client);
        let size = match weekly {
            0.0..2.5 => 3,
            2.5..10.0 => 4,
            _ => 5,
        };
        let mut ranked: Vec<(f64, usize)> = Vec::new();
        for (i, nurse) in team.iter().enumerate() {
            let jitter = draw.unit() * 0.2;
            let hours = nurse.contract_hours.unwrap_or(1.0).max(1.0);
            if client.care.iter().all(|care| nurse.can_give(care)) && works_when_needed(nurse, client) {
                let way = distance(point(&nurse.home), point(&client.location)) / 1_000.0;
                ranked.push((way * 0.4 + load[i] / hours + jitter, i));
            }
        }
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let circle: Vec<usize> = ranked.into_iter().take(size).map(|(_, i)| i).collect();
        circle.iter().for_each(|&i| load[i] += weekly / size as f64);
        client.first_nurse = circle.iter().find(|&&i| team[i].level >= 3).map(|&i| team[i].id.clone());
        client.circle = circle.iter().map(|&i| team[i].id.clone()).collect();
        if let [first, second, ..] = client.circle.as_slice()
            && draw.chance(0.12)
        {
            client.preferred_nurses = vec![first.clone(), second.clone()];
        }
        // Clients with dementia are those who most need a small circle.
        if client.care.iter().any(|care| care.id == "support") {
            client.max_faces = Some(MaxFaces { count: 4, hard: false });
        }
    }
    limit_faces(clients);
    forbid_pairs(clients, team, draw);
}

/// Gives one client with at most two visits a week a hard limit of four faces. In 14 days these are at most four
/// visits, to which only a review by the first nurse may be added.
fn limit_faces(clients: &mut [Client]) {
    let few =
        |client: &&mut Client| client.max_faces.is_none() && (1.0..=2.0).contains(&visits_a_week(client));
    if let Some(client) = clients.iter_mut().find(few) {
        client.max_faces = Some(MaxFaces { count: 4, hard: true });
    }
}

/// Forbids at most one pair for every ten clients, in turn from the client's side and from the nurse's, outside the
/// circle.
fn forbid_pairs(clients: &mut [Client], team: &mut [Nurse], draw: &mut Draw) {
    // In a small team every nurse is needed.
    if team.len() < 6 {
        return;
    }
    for pair in 0..clients.len().div_ceil(10) {
        let number = draw.below(clients.len());
        let client = &mut clients[number];
        let nurse = draw.below(team.len());
        let nurse = &mut team[nurse];
        let near =
            [&client.circle, &client.preferred_nurses].into_iter().any(|list| list.contains(&nurse.id));
        let twice =
            client.forbidden_nurses.contains(&nurse.id) || nurse.forbidden_clients.contains(&client.id);
        // At some hours only one nurse works, so a client with vital care gets no forbidden nurse.
        let vital = client.care.iter().any(|care| care.priority == Priority::Vital);
        if near || twice || vital || client.first_nurse.as_ref() == Some(&nurse.id) {
            continue;
        }
        if pair % 2 == 0 {
            client.forbidden_nurses.push(nurse.id.clone());
        } else {
            nurse.forbidden_clients.push(client.id.clone());
        }
    }
}

/// Whether some shift is at a time at which the client needs care.
fn works_when_needed(nurse: &Nurse, client: &Client) -> bool {
    let is_evening = |band| band == Band::Evening;
    nurse.shifts.iter().any(|shift| {
        let shift = is_evening(Band::of_shift(shift));
        client.care.iter().any(|care| is_evening(Band::of(care)) == shift)
    })
}

fn visits_a_week(client: &Client) -> f64 {
    let line = |care: &Care| match &care.days {
        Days::Daily => 7.0,
        Days::PerWeek(per_week) => f64::from(per_week.times),
        Days::Weekdays(weekdays) => weekdays.len() as f64,
        Days::Dates(_) | Days::Monthly(_) | Days::Patterns(_) => 0.0,
    };
    client.care.iter().map(line).sum()
}
