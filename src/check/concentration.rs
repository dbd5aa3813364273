//! How the visits of each client are divided among nurses: the prices of COC, UPC and hand-overs.

use super::continuity::Sequence;
use super::expand::Expanded;
use super::read::ReadTour;
use crate::model::cost::{Cost, Term, cost_of_minutes};

/// The cost of each client by how its visits are divided among nurses, term by term.
pub(super) fn costs(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    sequences: &[Sequence<'_>],
) -> Vec<(Term, Cost)> {
    let prices = &expanded.document.prices;
    let mut costs = Vec::new();
    if prices.coc == 0.0 && prices.upc == 0.0 && prices.handover == 0.0 {
        return costs;
    }
    let handovers = handovers(expanded, tours);
    // Number of visits to plan for each client, whether the plan makes them or not.
    let mut asked = vec![0; expanded.document.clients.len()];
    for line in &expanded.lines {
        asked[line.client] += line.blocks.iter().map(|block| i64::from(block.visits())).sum::<i64>();
    }
    for (number, client) in expanded.document.clients.iter().enumerate() {
        let asked = asked[number];
        if asked < 2 {
            continue;
        }
        let by: Vec<i64> = sequences[number].faces().into_values().map(i64::from).collect();
        let pairs_apart = by.iter().enumerate().map(|(i, n)| n * by[..i].iter().sum::<i64>()).sum();
        let not_usual = by.iter().sum::<i64>() - by.iter().max().copied().unwrap_or(0);
        let weighted = |price: f64| cost_of_minutes(price * client.weight);
        costs.push((Term::Coc, share(weighted(prices.coc), pairs_apart, asked * (asked - 1) / 2)));
        costs.push((Term::Upc, share(weighted(prices.upc), not_usual, asked)));
        costs.push((Term::Handovers, weighted(prices.handover).saturating_mul(handovers[number])));
    }
    costs
}

/// A price times `some / all`, rounded down.
fn share(price: Cost, some: i64, all: i64) -> Cost {
    let cost = i128::from(price) * i128::from(some) / i128::from(all);
    cost.clamp(i64::MIN.into(), i64::MAX.into()) as Cost
}

/// For each client, the number of planned visits whose previous visit is by another nurse. Visits are ordered by day,
/// start of the window and care line.
fn handovers(expanded: &Expanded<'_>, tours: &[ReadTour<'_>]) -> Vec<i64> {
    let mut visits = Vec::new();
    for tour in tours {
        let Some(nurse) = tour.nurse else { continue };
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let (opens, _) = expanded.lines[line].window(&expanded.calendar, day);
            visits.push((expanded.lines[line].client, day, opens, line, nurse));
        }
    }
    visits.sort_unstable();
    let mut handovers = vec![0; expanded.document.clients.len()];
    for pair in visits.windows(2) {
        let [(before, .., one), (client, .., other)] = pair else { continue };
        handovers[*client] += i64::from(before == client && one != other);
    }
    handovers
}
