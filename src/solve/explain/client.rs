//! Who comes to a client, and what it would cost without each of them; and why a nurse whom the client knows does not come.

use super::super::places::{cheapest, take_out};
use super::scene::Scene;
use super::visit::way;
use super::whole::by_bearer;
use crate::error::{Result, Stop};
use crate::model::cost::CostByTerm;
use crate::model::explanation::{
    Audience, ClientExplained, CostBearer, CostPart, FaceExplained, MissingFace, Placement, VisitAndPlace,
    WhyOfVisits, WithoutNurse,
};
use crate::rules::Bearer;
use std::cmp::Reverse;

/// Most nurses of whom it is said why they do not come.
const MOST_MISSING: usize = 3;

pub(super) fn explain(scene: &Scene<'_>, client: &str, stop: Stop<'_>) -> Result<ClientExplained> {
    let mut numbers = (0..).zip(&scene.problem.document().clients);
    let Some((number, _)) = numbers.find(|(_, one)| one.id == client) else {
        let ids = scene.problem.document().clients.iter().map(|one| one.id.as_str());
        return scene.unknown("client", client, ids, "name a client");
    };
    let draft = &scene.draft;
    let visits = draft.candidates.visits_of(number);
    let planned = visits.iter().filter(|&&visit| draft.is_planned(visit)).count();
    let counts = draft.counts().of_client(number);
    let mut nurses: Vec<u32> = (0..counts.len() as u32).filter(|&nurse| counts[nurse as usize] > 0).collect();
    nurses.sort_by_key(|&nurse| Reverse(counts[nurse as usize]));
    Ok(ClientExplained {
        audience: Audience::Team,
        client: client.to_owned(),
        days: scene.problem.calendar().days(),
        visits: planned as u32,
        left_out: (visits.len() - planned) as u32,
        cost: CostPart::new(CostBearer::Client { client: client.to_owned() }, &cost(scene, number)),
        faces: nurses.iter().map(|&nurse| face(scene, number, nurse, &nurses, stop)).collect(),
        missing: missing(scene, number, stop),
    })
}

/// Cost of what is about a client or one of its visits.
fn cost(scene: &Scene<'_>, client: u32) -> CostByTerm {
    let mut cost = CostByTerm::default();
    for (of, part) in by_bearer(scene) {
        let is_of_client = match of {
            Bearer::Client(one) => one == client,
            Bearer::Visit(visit) => scene.draft.client_of(visit) == client,
            Bearer::Nurse(_) | Bearer::Team => false,
        };
        if is_of_client {
            part.iter().for_each(|(term, amount)| cost[term] += amount);
        }
    }
    cost
}

fn face(scene: &Scene<'_>, client: u32, nurse: u32, faces: &[u32], stop: Stop<'_>) -> FaceExplained {
    let draft = &scene.draft;
    let facts = &draft.problem.clients[client as usize];
    let is_hers =
        |visit: &u32| draft.shift_of(*visit).is_some_and(|shift| draft.candidates.nurse(shift) == nurse);
    let visits: Vec<u32> = draft.candidates.visits_of(client).iter().copied().filter(is_hers).collect();
    let others: Vec<u32> = faces.iter().copied().filter(|&other| other != nurse).collect();
    FaceExplained {
        nurse: scene.problem.nurse_id(nurse).to_owned(),
        visits: visits.len() as u32,
        is_first_nurse: facts.first_nurse == Some(nurse),
        is_of_circle: facts.circle.contains(&nurse),
        is_new: !draft.problem.acquaintance.has_met(client, nurse),
        without: without(scene, &visits, &others, stop),
    }
}

/// What the client would cost without a nurse: her visits are put, one after the other, into their cheapest places with
/// the other faces.
fn without(scene: &Scene<'_>, visits: &[u32], others: &[u32], stop: Stop<'_>) -> WithoutNurse {
    if others.is_empty() {
        return WithoutNurse::OnlyFace;
    }
    let mut draft = scene.draft.clone();
    if !visits.iter().all(|&visit| take_out(&mut draft, visit)) {
        return WithoutNurse::Unknown;
    }
    draft.commit();
    let excess = scene.draft.excess();
    let mut stranded = 0;
    for &visit in visits {
        let option = draft.option_of(visit);
        let mut best = None;
        for &other in others {
            if stop() {
                return WithoutNurse::Unknown;
            }
            let Some(place) = cheapest(&mut draft, option, other) else { continue };
            draft.insert(&place);
            if draft.excess() <= excess && best.is_none_or(|(cost, _)| draft.cost() < cost) {
                best = Some((draft.cost(), place));
            }
            draft.roll_back();
        }
        match best {
            Some((_, place)) => draft.insert(&place),
            None => stranded += 1,
        }
        draft.commit();
    }
    match stranded {
        0 => WithoutNurse::ByOthers(scene.difference(&draft)),
        visits => WithoutNurse::NoPlace { visits },
    }
}

/// The nurses whom the client might expect and who do not come: each planned visit is put in with each of them, by itself.
fn missing(scene: &Scene<'_>, client: u32, stop: Stop<'_>) -> Vec<MissingFace> {
    let draft = &scene.draft;
    let facts = &draft.problem.clients[client as usize];
    let rank = |&nurse: &u32| match nurse {
        _ if facts.first_nurse == Some(nurse) => Some(0),
        _ if facts.circle.contains(&nurse) => Some(1),
        _ => draft.problem.acquaintance.has_met(client, nurse).then_some(2),
    };
    let absent = |nurse: &u32| draft.counts().visits(client, *nurse) == 0 && rank(nurse).is_some();
    let mut nurses: Vec<u32> = (0..draft.problem.nurses.len() as u32).filter(absent).collect();
    nurses.sort_by_key(|nurse| (rank(nurse), *nurse));
    nurses.truncate(MOST_MISSING);
    let mut found: Vec<MissingFace> = nurses
        .iter()
        .map(|&nurse| MissingFace {
            nurse: scene.problem.nurse_id(nurse).to_owned(),
            is_first_nurse: facts.first_nurse == Some(nurse),
            is_of_circle: facts.circle.contains(&nurse),
            places: 0,
            cheapest: None,
            reasons: Vec::new(),
        })
        .collect();
    if !draft.candidates.visits_of(client).iter().any(|&visit| draft.is_planned(visit)) {
        return Vec::new();
    }
    for &visit in draft.candidates.visits_of(client).iter().filter(|&&visit| draft.is_planned(visit)) {
        let mut without = draft.clone();
        let is_tied = !take_out(&mut without, visit);
        without.commit();
        for (&nurse, missing) in nurses.iter().zip(&mut found) {
            let placement =
                if is_tied { Placement::Tied } else { way(scene, &mut without, visit, nurse, stop) };
            missing.add(scene, visit, placement);
        }
    }
    found.iter_mut().for_each(|missing| missing.reasons.sort_by_key(|reason| Reverse(reason.visits)));
    found
}

impl MissingFace {
    /// Adds what was found for one visit.
    fn add(&mut self, scene: &Scene<'_>, visit: u32, placement: Placement) {
        if let Placement::Place(place) = placement {
            self.places += 1;
            let is_cheaper = |known: &VisitAndPlace| place.cost.price() < known.place.cost.price();
            if self.cheapest.as_ref().is_none_or(is_cheaper)
                && let Some((_, care, date)) = scene.name(visit)
            {
                self.cheapest = Some(VisitAndPlace { care, date, place });
            }
            return;
        }
        match self.reasons.iter_mut().find(|reason| reason.placement == placement) {
            Some(reason) => reason.visits += 1,
            None => self.reasons.push(WhyOfVisits { placement, visits: 1 }),
        }
    }
}
