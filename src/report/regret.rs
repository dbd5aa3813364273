//! How far the faces of a plan are from what is attainable.

use crate::model::attainable::{Attainable, ClientAttainable, Regret};
use crate::model::cost::Cost;
use crate::model::indicators::ClientContinuity;
use crate::model::{CostByTerm, Term};

/// What is attainable for a client, where it was computed for the same document.
pub(super) fn of_client<'a>(
    attainable: &'a Attainable,
    number: usize,
    client: &str,
) -> Option<&'a ClientAttainable> {
    attainable.clients.get(number).filter(|found| found.client == client)
}

pub(super) fn regret(attainable: &Attainable, clients: &[ClientContinuity], cost: &CostByTerm) -> Regret {
    let mut regret = Regret { least_cost: attainable.face_cost, ..Regret::default() };
    let (mut faces, mut possible) = (0, 0);
    for (number, client) in clients.iter().enumerate() {
        let Some(found) = of_client(attainable, number, &client.client) else { continue };
        let Some(fewest) = found.faces else { continue };
        match client.plan.faces.filter(|_| client.plan.visits >= found.visits) {
            None => regret.with_visits_left_out += 1,
            Some(planned) => {
                regret.clients += 1;
                faces += planned;
                possible += fewest;
                regret.at_least += usize::from(planned <= fewest);
            }
        }
    }
    let mean = |sum: u32| (regret.clients > 0).then(|| f64::from(sum) / regret.clients as f64);
    (regret.faces, regret.possible) = (mean(faces), mean(possible));
    let terms = [Term::Faces, Term::NewFaces, Term::FacesOverMax, Term::Unplanned];
    regret.cost = terms.iter().map(|&term| cost[term]).sum::<Cost>() - attainable.left_out;
    regret
}
