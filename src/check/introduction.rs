//! Who stands in during planned leave: what strangers cost, and the list of stand-ins if the plan has one.

use super::continuity::Sequence;
use super::expand::Expanded;
use super::read::ReadTour;
use super::violation::{Findings, Rule};
use crate::model::cost::{Cost, cost_of_minutes};
use crate::model::plan::{Plan, StandIn};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A nurse who comes during a leave of somebody the client counts on.
pub(super) struct Presence {
    client: usize,
    nurse: usize,
    /// The days of the leave, and who is away on some of them.
    leave: BTreeSet<Date>,
    away: BTreeSet<usize>,
    visits: u32,
    /// Her last visit before the leave.
    before: Option<Date>,
}

/// Everybody who comes during a leave, by client, nurse and leave.
pub(super) fn presences(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    sequences: &[Sequence<'_>],
) -> Vec<Presence> {
    let mut dates: BTreeMap<(usize, usize), Vec<Date>> = BTreeMap::new();
    for tour in tours {
        let Some(nurse) = tour.nurse else { continue };
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let date = expanded.document.horizon.first_day.saturating_add(i64::from(day).days());
            dates.entry((expanded.lines[line].client, nurse)).or_default().push(date);
        }
    }
    let mut all = Vec::new();
    for ((client, nurse), dates) in dates {
        for (leave, away) in leaves(expanded, client, &sequences[client]) {
            let visits = dates.iter().filter(|date| leave.contains(date)).count() as u32;
            let before = dates.iter().filter(|&date| leave.first().is_some_and(|begins| date < begins)).max();
            let before = before.copied();
            if visits > 0 {
                all.push(Presence { client, nurse, leave, away, visits, before });
            }
        }
    }
    all
}

/// The days of each leave of somebody the client counts on, and who is away.
fn leaves(
    expanded: &Expanded<'_>,
    client: usize,
    sequence: &Sequence<'_>,
) -> Vec<(BTreeSet<Date>, BTreeSet<usize>)> {
    let document = expanded.document;
    let facts = &document.clients[client];
    let named: Vec<&str> = facts.first_nurse.iter().chain(&facts.circle).map(String::as_str).collect();
    let counted_on = if named.is_empty() { &sequence.before } else { &named };
    let away_on = |date: Date| -> Vec<usize> {
        let absences = document.agreements.absences.iter().filter(|a| a.from <= date && date <= a.until);
        let of_theirs = absences.filter(|a| counted_on.contains(&a.nurse.as_str()));
        of_theirs.filter_map(|a| document.nurses.iter().position(|nurse| nurse.id == a.nurse)).collect()
    };
    let mut leaves = vec![(BTreeSet::new(), BTreeSet::new())];
    for day in 0..i64::from(document.horizon.days) {
        let date = document.horizon.first_day.saturating_add(day.days());
        let away = away_on(date);
        match leaves.last_mut() {
            Some((days, nurses)) if !away.is_empty() => {
                days.insert(date);
                nurses.extend(away);
            }
            _ => leaves.push((BTreeSet::new(), BTreeSet::new())),
        }
    }
    leaves.retain(|(days, _)| !days.is_empty());
    leaves
}

/// What each stranger costs who stands in.
pub(super) fn costs<'a>(
    expanded: &'a Expanded<'_>,
    presences: &'a [Presence],
    sequences: &'a [Sequence<'_>],
) -> impl Iterator<Item = Cost> + 'a {
    let document = expanded.document;
    presences.iter().filter(|presence| presence.before.is_none()).map(move |presence| {
        let nurse = &document.nurses[presence.nurse].id;
        let sequence = &sequences[presence.client];
        let strangeness = sequence.strangeness(nurse, document.history.half_life_days);
        cost_of_minutes(document.prices.unintroduced * document.clients[presence.client].weight * strangeness)
    })
}

/// Checks the list of stand-ins, if the plan has one.
pub(super) fn check(
    expanded: &Expanded<'_>,
    plan: &Plan,
    presences: &[Presence],
    sequences: &[Sequence<'_>],
    found: &mut Findings,
) {
    if plan.stand_ins.is_empty() {
        return;
    }
    let document = expanded.document;
    let id = |nurse: usize| document.nurses[nurse].id.clone();
    let unknown =
        presences.iter().filter(|one| !sequences[one.client].before.contains(&id(one.nurse).as_str()));
    let mut due: Vec<StandIn> = unknown
        .filter_map(|one| {
            Some(StandIn {
                client: document.clients[one.client].id.clone(),
                nurse: id(one.nurse),
                away: one.away.iter().map(|&nurse| id(nurse)).collect(),
                from: *one.leave.first()?,
                until: *one.leave.last()?,
                visits: one.visits,
                introduced: one.before,
            })
        })
        .collect();
    for (number, listed) in plan.stand_ins.iter().enumerate() {
        match due.iter().position(|one| one == listed) {
            Some(at) => drop(due.swap_remove(at)),
            None => {
                let message =
                    format!("{} does not stand in for {} as the list says", listed.nurse, listed.client);
                found.add(Rule::FacesList, format!("stand_ins[{number}]"), 1, message);
            }
        }
    }
    for one in due {
        found.add(Rule::FacesList, "stand_ins", 1, format!("{} for {} is missing", one.nurse, one.client));
    }
}
