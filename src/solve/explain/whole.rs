//! What the plan costs, in parts.

use super::scene::Scene;
use crate::model::cost::CostByTerm;
use crate::model::explanation::{CostBearer, CostPart, PlanExplained};
use crate::model::problem::Task;
use crate::rules::Bearer;
use std::collections::BTreeMap;

pub(super) fn explain(scene: &Scene<'_>) -> PlanExplained {
    let draft = &scene.draft;
    let is_care = |visit: &u32| scene.name(*visit).is_some();
    let left_out = draft.unplanned().iter().copied().filter(is_care).count();
    PlanExplained {
        days: scene.problem.calendar().days(),
        visits: (scene.problem.visit_count() - left_out) as u32,
        left_out: left_out as u32,
        cost: scene.cost,
        parts: by_bearer(scene)
            .into_iter()
            .map(|(of, cost)| CostPart::new(part_of(scene, of), &cost))
            .collect(),
    }
}

/// The cost of each bearer that costs anything. The nurse bears the cost of her meetings.
pub(super) fn by_bearer(scene: &Scene<'_>) -> BTreeMap<Bearer, CostByTerm> {
    let mut parts: BTreeMap<Bearer, CostByTerm> = BTreeMap::new();
    scene.draft.shares(&mut |of, term, cost| {
        if cost != 0 {
            parts.entry(bearer(scene, of)).or_default()[term] += cost;
        }
    });
    parts
}

fn bearer(scene: &Scene<'_>, of: Bearer) -> Bearer {
    let facts = scene.draft.problem;
    match of {
        Bearer::Visit(visit) if scene.name(visit).is_none() => {
            facts.options[scene.draft.option_of(visit) as usize].pinned.map_or(Bearer::Team, Bearer::Nurse)
        }
        // The facts hold the meetings of a nurse as a client without wishes, which costs nothing.
        Bearer::Client(client) if client as usize >= scene.problem.document().clients.len() => Bearer::Team,
        _ => of,
    }
}

fn part_of(scene: &Scene<'_>, of: Bearer) -> CostBearer {
    let problem = scene.problem;
    match of {
        Bearer::Visit(visit) => match problem.task(visit) {
            Task::Care { client, care } => CostBearer::Visit {
                client: client.to_owned(),
                care: care.to_owned(),
                date: scene.date(visit),
                nurse: scene.made(&scene.draft, visit).map(|made| made.nurse),
            },
            Task::Meeting { nurse, .. } => CostBearer::Nurse { nurse: nurse.to_owned() },
        },
        Bearer::Client(client) => CostBearer::Client { client: problem.client_id(client).to_owned() },
        Bearer::Nurse(nurse) => CostBearer::Nurse { nurse: problem.nurse_id(nurse).to_owned() },
        Bearer::Team => CostBearer::Team,
    }
}
