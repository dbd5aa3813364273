//! Where does it fit: the places of a plan for visits that it does not make.

use super::Cancel;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::cost::{Cost, CostByTerm, Term};
use crate::model::{Moment, Plan, Problem};
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use jiff::civil::Date;
use serde::Serialize;

/// A place for a visit in a plan whose other visits keep nurse, day and order.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Fit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day.
    pub date: Date,
    /// Nurse id.
    pub nurse: String,
    /// When care would start.
    pub start: Moment,
    /// What it would change, term by term: after minus before. Being planned counts as `unplanned` below 0.
    pub cost: CostByTerm,
    /// Seconds more on the road.
    pub road_seconds: i64,
    /// Whether she would be a face more for the client.
    pub face: bool,
}

impl Fit {
    /// Change of cost without what leaving the visit out costs: what the place itself costs.
    pub fn price(&self) -> Cost {
        self.cost.total() - self.cost[Term::Unplanned]
    }
}

/// The cheapest place with each nurse on each day for every visit of a client (of one care line, where that is named) that the
/// plan leaves out; visit by visit, cheapest first.
///
/// Exact for insertions: no other visit changes nurse, day or order. A visit whose days are kring's to choose is tried on all
/// of them where it is alone in its week, else on the days that are left of the pattern of the others.
///
/// # Errors
/// Kind `Plan` for a plan of another version, `Options` for a client or a care line that the document does not have.
///
/// # Complexity
/// The visits left out, times their days, times the stops of the tours of each.
pub fn fits(
    problem: &Problem,
    plan: &Plan,
    client: &str,
    care: Option<&str>,
    cancel: &Cancel,
) -> Result<Vec<Fit>> {
    if plan.kring_plan != Plan::VERSION {
        let mistake = Mistake::new("kring_plan", format!("version {}", plan.kring_plan), "give version 1");
        return Err(Error::new(ErrorKind::Plan, mistake));
    }
    let found = problem.document().clients.iter().find(|one| one.id == client);
    let wrong = |path: &str, id: &str, mend: &str| {
        Error::new(ErrorKind::Options, Mistake::new(path, format!("{id:?} is not in the document"), mend))
    };
    let of_client = found.ok_or_else(|| wrong("client", client, "name a client"))?;
    if let Some(care) = care.filter(|&care| of_client.care.iter().all(|line| line.id != care)) {
        return Err(wrong("care", care, "name a care line of the client"));
    }
    let facts = &problem.facts;
    let evaluator = Evaluator::new(facts);
    let candidates = Candidates::new(facts, &evaluator);
    let mut draft = Draft::empty(facts, &evaluator, &candidates);
    draft.start_from(plan, problem);
    let before = draft.terms();
    let mut all = Vec::new();
    let unplanned = |draft: &Draft<'_>, visit: u32| {
        let is_of = problem.client_id(facts.visits[visit as usize].client) == client;
        is_of && care.is_none_or(|care| problem.care(visit).id == care) && !draft.is_planned(visit)
    };
    for visit in 0..facts.visits.len() as u32 {
        if !unplanned(&draft, visit) || cancel.is_cancelled() {
            continue;
        }
        let of_visit = &facts.visits[visit as usize];
        let chosen = draft.option_of(visit);
        let alone = of_visit.block.is_none_or(|block| facts.blocks[block as usize].visits.len() == 1);
        let options = if alone { of_visit.options.clone() } else { chosen..chosen + 1 };
        let first = all.len();
        for option in options {
            draft.choose(visit, option);
            draft.commit();
            for nurse in 0..facts.nurses.len() as u32 {
                all.extend(fit(&mut draft, problem, &before, option, nurse));
            }
        }
        draft.choose(visit, chosen);
        draft.commit();
        all[first..].sort_by_key(Fit::price);
    }
    Ok(all)
}

/// The cheapest place of a day option with a nurse. The draft is left as it was.
fn fit(
    draft: &mut Draft<'_>,
    problem: &Problem,
    before: &CostByTerm,
    option: u32,
    nurse: u32,
) -> Option<Fit> {
    let facts = &problem.facts;
    let visit = facts.options[option as usize].visit;
    let best = draft.best_with(option, nurse)?;
    let client = facts.visits[visit as usize].client;
    let seconds = |draft: &Draft<'_>| {
        let shift = &facts.shifts[best.shift as usize];
        let tour = draft.tour(best.shift);
        if tour.is_empty() { 0 } else { i64::from(tour.totals(shift).segment.journey.travel) }
    };
    let (excess, road) = (draft.excess(), seconds(draft));
    let cost_before = draft.cost();
    let face = draft.counts().visits(client, nurse) == 0;
    draft.insert(&best);
    let after = draft.terms();
    debug_assert_eq!(draft.cost() - cost_before, after.total() - before.total(), "a place is priced exactly");
    let mut start = 0;
    draft.tour(best.shift).each_start(facts.roads_of(&facts.shifts[best.shift as usize]), |one, _, at| {
        if one == visit {
            start = at;
        }
    });
    let (worse, road) = (draft.excess() > excess, seconds(draft) - road);
    draft.roll_back();
    if worse {
        return None;
    }
    let mut cost = CostByTerm::default();
    for (term, amount) in after.iter() {
        cost[term] = amount - before[term];
    }
    let calendar = problem.calendar();
    Some(Fit {
        client: problem.client_id(client).to_owned(),
        care: problem.care(visit).id.clone(),
        date: calendar.date(i32::from(facts.options[option as usize].day)),
        nurse: problem.nurse_id(nurse).to_owned(),
        start: calendar.moment(i64::from(start)),
        cost,
        road_seconds: road,
        face,
    })
}
