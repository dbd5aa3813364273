//! Who comes to a client, and what it would cost without each of them.

use super::super::places::{cheapest, take_out};
use super::scene::{Scene, unknown};
use super::whole::by_bearer;
use crate::error::{Result, Stop};
use crate::model::cost::CostByTerm;
use crate::model::explanation::{
    Audience, ClientExplained, CostBearer, CostPart, FaceExplained, WithoutNurse,
};
use crate::rules::Bearer;
use std::cmp::Reverse;

pub(super) fn explain(scene: &Scene<'_>, client: &str, stop: Stop<'_>) -> Result<ClientExplained> {
    let mut numbers = (0..).zip(&scene.problem.document().clients);
    let Some((number, _)) = numbers.find(|(_, one)| one.id == client) else {
        return unknown("client", client, "name a client");
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
    })
}

/// What is about a client and each of its visits.
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

/// Her visits, each put into its cheapest place with one of the other faces, one after the other.
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
