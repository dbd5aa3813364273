//! What a nurse does in the plan, and what that costs.

use super::super::checking::check;
use super::scene::Scene;
use super::whole::by_bearer;
use crate::error::Result;
use crate::model::Plan;
use crate::model::explanation::{Audience, CostBearer, CostPart, NurseExplained, NurseWeek};
use crate::rules::Bearer;

pub(super) fn explain(scene: &Scene<'_>, plan: &Plan, nurse: &str) -> Result<NurseExplained> {
    let mut numbers = (0..).zip(&scene.problem.document().nurses);
    let Some((number, _)) = numbers.find(|(_, one)| one.id == nurse) else {
        let ids = scene.problem.document().nurses.iter().map(|one| one.id.as_str());
        return scene.unknown("nurse", nurse, ids, "name a nurse");
    };
    let draft = &scene.draft;
    let facts = draft.problem;
    let of_nurse = &facts.nurses[number as usize];
    let cost = by_bearer(scene).remove(&Bearer::Nurse(number)).unwrap_or_default();
    let clients = 0..scene.problem.document().clients.len() as u32;
    let mut explained = NurseExplained {
        audience: Audience::Team,
        nurse: nurse.to_owned(),
        shifts: of_nurse.shifts.len() as u32,
        used_shifts: 0,
        visits: 0,
        clients: clients.filter(|&client| draft.counts().visits(client, number) > 0).count() as u32,
        care_seconds: 0,
        road_seconds: 0,
        waiting_seconds: 0,
        weeks: Vec::new(),
        cost: CostPart::new(CostBearer::Nurse { nurse: nurse.to_owned() }, &cost),
    };
    for shift in of_nurse.shifts.clone() {
        let (tour, shift) = (draft.tour(shift), &facts.shifts[shift as usize]);
        if tour.is_empty() {
            continue;
        }
        let totals = tour.totals(shift);
        explained.used_shifts += 1;
        explained.visits +=
            tour.visits_and_options().filter(|&(visit, _)| scene.name(visit).is_some()).count() as u32;
        explained.care_seconds += i64::from(tour.care);
        explained.road_seconds += i64::from(totals.segment.journey.travel);
        explained.waiting_seconds += i64::from(totals.waiting());
    }
    // Paid hours come from the second opinion: the evaluator knows them only where they have a price.
    let checked = check(scene.problem, plan)?;
    let of_nurse = checked.indicators.hours.iter().filter(|hours| hours.nurse == nurse);
    let weeks = of_nurse.map(|hours| NurseWeek {
        week: hours.week,
        paid_seconds: hours.paid,
        contract_seconds: hours.contract,
    });
    explained.weeks = weeks.collect();
    Ok(explained)
}
