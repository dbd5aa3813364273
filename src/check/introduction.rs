//! Stand-ins during planned leave: what those cost who are strangers to the client, and the list of stand-ins if the
//! plan has one.

use super::continuity::Sequence;
use super::expand::Expanded;
use super::read::ReadTour;
use super::violation::{Findings, Rule};
use crate::model::cost::{Cost, cost_of_minutes};
use crate::model::plan::{Plan, StandIn};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A nurse who comes to a client during the leave of a nurse whom the client counts on, without being counted on
/// herself.
pub(super) struct Presence {
    client: usize,
    nurse: usize,
    leave: Leave,
    visits: u32,
    /// Her last visit before the leave.
    before: Option<Date>,
}

/// All presences, in the order of client, nurse and leave.
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
    let absent = absent_days(expanded);
    let mut all = Vec::new();
    let mut of_client: (Option<usize>, Vec<Leave>) = (None, Vec::new());
    for ((client, nurse), dates) in dates {
        if of_client.0 != Some(client) {
            of_client = (Some(client), leaves(expanded, &absent, client, &sequences[client]));
        }
        for leave in of_client.1.iter().filter(|leave| !leave.counted_on.contains(&nurse)) {
            let visits =
                dates.iter().filter(|date| leave.from <= **date && **date <= leave.until).count() as u32;
            let before = dates.iter().filter(|date| **date < leave.from).max().copied();
            if visits > 0 {
                all.push(Presence { client, nurse, leave: leave.clone(), visits, before });
            }
        }
    }
    all
}

/// `absent[day]`: the nurses who are away on a day of the horizon.
fn absent_days(expanded: &Expanded<'_>) -> Vec<BTreeSet<usize>> {
    let horizon = &expanded.document.horizon;
    let mut absent = vec![BTreeSet::new(); usize::from(horizon.days)];
    for absence in &expanded.document.agreements.absences {
        let Some(nurse) = expanded.nurse(&absence.nurse) else { continue };
        for (day, absent) in (0..).zip(&mut absent) {
            let date = horizon.first_day.saturating_add(jiff::Span::new().days(day));
            if absence.from <= date && date <= absence.until {
                absent.insert(nurse);
            }
        }
    }
    absent
}

/// Days in a row on which a nurse is away whom a client counts on: its first nurse or one of its circle, or if the
/// document names neither, a nurse of its history.
#[derive(Clone)]
struct Leave {
    from: Date,
    until: Date,
    counted_on: BTreeSet<usize>,
    away: BTreeSet<usize>,
}

fn leaves(
    expanded: &Expanded<'_>,
    absent: &[BTreeSet<usize>],
    client: usize,
    sequence: &Sequence<'_>,
) -> Vec<Leave> {
    let facts = &expanded.document.clients[client];
    let named: Vec<&str> = facts.first_nurse.iter().chain(&facts.circle).map(String::as_str).collect();
    let ids = if named.is_empty() { &sequence.before } else { &named };
    let counted_on: BTreeSet<usize> = ids.iter().filter_map(|id| expanded.nurse(id)).collect();
    let mut leaves: Vec<Leave> = Vec::new();
    let mut goes_on = false;
    for (day, absent) in (0..).zip(absent) {
        let date = expanded.document.horizon.first_day.saturating_add(jiff::Span::new().days(day));
        let away: BTreeSet<usize> = absent.intersection(&counted_on).copied().collect();
        let is_leave = !away.is_empty();
        match leaves.last_mut() {
            Some(leave) if is_leave && goes_on => {
                leave.until = date;
                leave.away.extend(away);
            }
            _ if is_leave => {
                leaves.push(Leave { from: date, until: date, counted_on: counted_on.clone(), away });
            }
            _ => {}
        }
        goes_on = is_leave;
    }
    leaves
}

/// The cost of each stand-in whom the plan does not send to the client before the leave.
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
    let mut due: BTreeMap<(&str, &str, Date), StandIn> = BTreeMap::new();
    for one in unknown {
        let (client, nurse) = (&document.clients[one.client].id, &document.nurses[one.nurse].id);
        let stand_in = StandIn {
            client: client.clone(),
            nurse: nurse.clone(),
            away: one.leave.away.iter().map(|&nurse| id(nurse)).collect(),
            from: one.leave.from,
            until: one.leave.until,
            visits: one.visits,
            introduced: one.before,
        };
        due.insert((client, nurse, one.leave.from), stand_in);
    }
    for (number, listed) in plan.stand_ins.iter().enumerate() {
        let key = (listed.client.as_str(), listed.nurse.as_str(), listed.from);
        if due.remove(&key).is_none_or(|one| one != *listed) {
            let message =
                format!("{} does not stand in for {} as the list says", listed.nurse, listed.client);
            found.add(Rule::FacesList, format!("stand_ins[{number}]"), 1, message);
        }
    }
    for one in due.into_values() {
        let message = format!("{} for {} from {} on is missing", one.nurse, one.client, one.from);
        found.add(Rule::FacesList, "stand_ins", 1, message);
    }
}
