//! Who comes: faces and continuity of carer, client by client, from the sequence of visits.

use super::expand::Expanded;
use super::read::{ReadTour, stop_place};
use super::violation::{Findings, Rule};
use crate::model::document::Client;
use crate::model::indicators::{ClientContinuity, Indices, Spread, TeamContinuity};
use crate::model::plan::{ClientFaces, Plan};
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The visits of one client in time order, each by the id of its nurse.
#[derive(Debug, Default)]
pub(super) struct Sequence<'a> {
    /// Nurses of the visits in the history window, by date.
    pub before: Vec<&'a str>,
    /// `ages[i]`: days from the visit `before[i]` to the first day of the horizon.
    ages: Vec<i64>,
    /// Nurses of the visits in the plan, by start.
    pub planned: Vec<&'a str>,
}

impl<'a> Sequence<'a> {
    /// Visits in the plan by nurse.
    pub fn faces(&self) -> BTreeMap<&'a str, u32> {
        let mut faces = BTreeMap::new();
        for nurse in &self.planned {
            *faces.entry(*nurse).or_default() += 1;
        }
        faces
    }

    /// Nurses of the plan who made no visit in the history window.
    pub fn new_faces(&self) -> BTreeSet<&'a str> {
        let known: BTreeSet<&str> = self.before.iter().copied().collect();
        self.planned.iter().copied().filter(|nurse| !known.contains(nurse)).collect()
    }

    /// How much of a stranger a nurse is, 0 to 1: the share of the price of a new face that she costs.
    pub fn strangeness(&self, nurse: &str, half_life_days: Option<f64>) -> f64 {
        let past = self.before.iter().zip(&self.ages).filter(|(by, _)| **by == nurse);
        let Some(half_life) = half_life_days else { return if past.count() > 0 { 0.0 } else { 1.0 } };
        let left = past.map(|(_, &age)| libm::exp2(-(age as f64) / half_life)).sum::<f64>();
        f64::max(0.0, 1.0 - left)
    }

    /// Number of planned visits for which `holds` is true of the nurse.
    pub fn planned_by(&self, holds: impl Fn(&str) -> bool) -> i64 {
        self.planned.iter().filter(|nurse| holds(nurse)).count() as i64
    }
}

/// One sequence for each client of the document. Visits of unknown nurses or care lines are left out.
pub(super) fn sequences<'a>(expanded: &Expanded<'a>, tours: &[ReadTour<'_>]) -> Vec<Sequence<'a>> {
    let document = expanded.document;
    let mut sequences: Vec<Sequence<'a>> = document.clients.iter().map(|_| Sequence::default()).collect();
    let first_day = document.horizon.first_day;
    let earliest = first_day.saturating_sub(i32::from(document.history.weeks).weeks());
    let mut history: Vec<_> = document
        .history
        .visits
        .iter()
        .filter(|past| earliest <= past.date && past.date < first_day)
        .collect();
    history.sort_by_key(|past| past.date);
    for past in history {
        let sequence = expanded.client(&past.client).and_then(|client| sequences.get_mut(client));
        if let Some(sequence) = sequence {
            sequence.before.push(&past.nurse);
            sequence.ages.push(-expanded.calendar.days_from_first(past.date));
        }
    }
    let mut planned = Vec::new();
    for tour in tours {
        let Some(nurse) = tour.nurse else { continue };
        let visits = tour.visits().filter(|(_, visit)| visit.line.is_some());
        planned.extend(visits.filter_map(|(_, visit)| Some((visit.start, visit.client?, nurse))));
    }
    planned.sort_by_key(|&(start, ..)| start);
    for (_, client, nurse) in planned {
        sequences[client].planned.push(&document.nurses[nurse].id);
    }
    sequences
}

/// Checks that short visits are made by known faces, if the client asks for that.
pub(super) fn check_known(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    sequences: &[Sequence<'_>],
    found: &mut Findings,
) {
    for (number, tour) in tours.iter().enumerate() {
        let Some(nurse) = tour.nurse.map(|nurse| expanded.document.nurses[nurse].id.as_str()) else {
            continue;
        };
        for (position, visit) in tour.visits() {
            let Some(line) = visit.line.map(|line| &expanded.lines[line]) else { continue };
            let client = &expanded.document.clients[line.client];
            let Some(under) = client.known_faces_under_minutes else { continue };
            let known = sequences[line.client].before.contains(&nurse)
                || client.first_nurse.as_deref() == Some(nurse)
                || client.circle.iter().any(|member| member == nurse);
            if line.care.minutes < under && !known {
                let message = format!(
                    "client {} does not know nurse {nurse}, who comes for {} minutes, fewer than {under}",
                    client.id, line.care.minutes
                );
                found.add(Rule::KnownFace, stop_place(number, position), 1, message);
            }
        }
    }
}

/// Checks hard limits of faces, and the list of faces if the plan has one.
pub(super) fn check(expanded: &Expanded<'_>, plan: &Plan, sequences: &[Sequence<'_>], found: &mut Findings) {
    for (number, client) in expanded.document.clients.iter().enumerate() {
        let faces = sequences[number].faces().len() as i64;
        if let Some(most) = client.max_faces.filter(|most| most.hard && faces > i64::from(most.count)) {
            let message = format!("client {} sees {faces} faces, {} at most", client.id, most.count);
            let amount = faces - i64::from(most.count);
            found.add(Rule::MaxFaces, format!("document.clients[{number}]"), amount, message);
        }
    }
    if !plan.faces.is_empty() {
        check_list(expanded, plan, sequences, found);
    }
}

fn check_list(expanded: &Expanded<'_>, plan: &Plan, sequences: &[Sequence<'_>], found: &mut Findings) {
    let mut listed: HashMap<usize, usize> = HashMap::new();
    for (number, entry) in plan.faces.iter().enumerate() {
        let place = format!("faces[{number}]");
        let Some(client) = expanded.client(&entry.client) else {
            let message = format!("{:?} is not a client of the document", entry.client);
            found.add(Rule::UnknownClient, place, 1, message);
            continue;
        };
        if let Some(before) = listed.insert(client, number) {
            let message = format!("client {} is listed at faces[{before}] already", entry.client);
            found.add(Rule::FacesList, place, 1, message);
        } else if !agrees(entry, &sequences[client]) {
            let due: Vec<String> =
                sequences[client].faces().iter().map(|(nurse, visits)| format!("{nurse} {visits}")).collect();
            let message = format!("client {}: visits by nurse are {}", entry.client, due.join(", "));
            found.add(Rule::FacesList, place, 1, message);
        }
    }
    for (number, client) in expanded.document.clients.iter().enumerate() {
        if !sequences[number].planned.is_empty() && !listed.contains_key(&number) {
            found.add(Rule::FacesList, "faces", 1, format!("client {} is missing", client.id));
        }
    }
}

/// Whether an entry lists exactly the nurses of the tours, each with the right number of visits and the right mark for
/// a new face.
fn agrees(entry: &ClientFaces, sequence: &Sequence<'_>) -> bool {
    let (faces, new) = (sequence.faces(), sequence.new_faces());
    let listed: BTreeSet<(&str, u32, bool)> =
        entry.faces.iter().map(|face| (face.nurse.as_str(), face.visits, face.new)).collect();
    let due: BTreeSet<(&str, u32, bool)> =
        faces.iter().map(|(&nurse, &visits)| (nurse, visits, new.contains(nurse))).collect();
    listed == due && entry.faces.len() == faces.len()
}

/// Continuity client by client.
pub(super) fn clients(expanded: &Expanded<'_>, sequences: &[Sequence<'_>]) -> Vec<ClientContinuity> {
    expanded.document.clients.iter().zip(sequences).map(|(client, sequence)| of(client, sequence)).collect()
}

fn of(client: &Client, sequence: &Sequence<'_>) -> ClientContinuity {
    let visits = sequence.planned.len();
    let share = |given: bool, by: i64| (given && visits > 0).then(|| by as f64 / visits as f64);
    let circle = sequence.planned_by(|nurse| client.circle.iter().any(|member| member == nurse));
    let first = sequence.planned_by(|nurse| client.first_nurse.as_deref() == Some(nurse));
    let both: Vec<&str> = sequence.before.iter().chain(&sequence.planned).copied().collect();
    ClientContinuity {
        client: client.id.clone(),
        plan: indices(&sequence.planned),
        rolling: indices(&both),
        new_faces: (visits > 0).then(|| sequence.new_faces().len() as u32),
        circle_share: share(!client.circle.is_empty(), circle),
        first_nurse_share: share(client.first_nurse.is_some(), first),
    }
}

/// The indices of a sequence of carers.
///
/// With N visits, n_i of them by carer i, and M carers: UPC = max n_i / N (Breslau and Reeb 1975),
/// COC = (sum n_i^2 - N) / (N (N - 1)) (Bice and Boxerman 1977), SECON = share of the N - 1 pairs of
/// successive visits with the same carer (Steinwachs 1979), K = (N - M) / (N - 1) (Ejlertsson and
/// Berg 1984), MMCI = (1 - M / (N + 0.1)) / (1 - 1 / (N + 0.1)) (Magill and Senf 1987), HHI = sum n_i^2 / N^2
/// (Herfindahl 1950), entropy = -sum (n_i / N) ln(n_i / N), divided by its maximum, ln N (Shannon 1948).
/// All are undefined for N < 2; for N = 1 UPC would be 1, which means nothing.
pub(super) fn indices(carers: &[&str]) -> Indices {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for carer in carers {
        *counts.entry(carer).or_default() += 1;
    }
    let (visits, faces) = (carers.len() as u32, counts.len() as u32);
    let (n, m) = (f64::from(visits), f64::from(faces));
    let squares: u64 = counts.values().map(|count| count * count).sum();
    let largest = counts.values().copied().max().unwrap_or(0);
    let same = carers.windows(2).filter(|pair| pair.first() == pair.last()).count();
    // Summed from the smallest count up, so that the order of names does not change the rounding.
    let mut parts: Vec<f64> = counts.values().map(|&count| count as f64 / n).collect();
    parts.sort_by(f64::total_cmp);
    let disorder: f64 = parts.iter().map(|part| part * libm::log(1.0 / part)).sum();
    let defined = |value: f64| (visits >= 2).then_some(value);
    Indices {
        visits,
        faces: (visits > 0).then_some(faces),
        upc: defined(largest as f64 / n),
        coc: defined((squares as f64 - n) / (n * (n - 1.0))),
        secon: defined(same as f64 / (n - 1.0)),
        k: defined((n - m) / (n - 1.0)),
        mmci: defined((1.0 - m / (n + 0.1)) / (1.0 - 1.0 / (n + 0.1))),
        hhi: defined(squares as f64 / (n * n)),
        entropy: defined(disorder / libm::log(n)),
    }
}

/// Continuity for the team: one vote for each client with a value.
pub(super) fn team(clients: &[ClientContinuity]) -> TeamContinuity {
    let spread = |worst: Worst, value: &dyn Fn(&ClientContinuity) -> Option<f64>| {
        spread(clients.iter().filter_map(value).collect(), worst)
    };
    TeamContinuity {
        faces: spread(Worst::Most, &|client| client.plan.faces.map(f64::from)),
        new_faces: spread(Worst::Most, &|client| client.new_faces.map(f64::from)),
        upc: spread(Worst::Least, &|client| client.plan.upc),
        coc: spread(Worst::Least, &|client| client.plan.coc),
        secon: spread(Worst::Least, &|client| client.plan.secon),
        k: spread(Worst::Least, &|client| client.plan.k),
        mmci: spread(Worst::Least, &|client| client.plan.mmci),
        hhi: spread(Worst::Least, &|client| client.plan.hhi),
        entropy: spread(Worst::Most, &|client| client.plan.entropy),
        circle_share: spread(Worst::Least, &|client| client.circle_share),
        first_nurse_share: spread(Worst::Least, &|client| client.first_nurse_share),
    }
}

/// Which end of the values is the bad one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worst {
    Most,
    Least,
}

/// Mean, tenth from the bad side (nearest rank: position `ceil(n / 10)` from 1) and worst.
pub(super) fn spread(mut values: Vec<f64>, worst: Worst) -> Spread {
    if values.is_empty() {
        return Spread::default();
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.sort_by(f64::total_cmp);
    if worst == Worst::Most {
        values.reverse();
    }
    let tenth = values.get(values.len().div_ceil(10) - 1).copied();
    Spread { mean: Some(mean), tenth, worst: values.first().copied(), clients: values.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Carers written as letters, in the order of their visits.
    fn of_letters(sequence: &str) -> Indices {
        let carers: Vec<&str> = sequence.split("").filter(|letter| !letter.is_empty()).collect();
        indices(&carers)
    }

    #[test]
    fn indices_of_known_sequences() {
        // Sequence, N, M, UPC, COC, SECON, K, MMCI; to four decimals.
        let vectors = [
            ("AA", 2, 1, 1.0, 1.0, 1.0, 1.0, 1.0),
            ("AB", 2, 2, 0.5, 0.0, 0.0, 0.0, 0.0909),
            ("AABAC", 5, 3, 0.6, 0.3, 0.25, 0.5, 0.5122),
            ("ABABAB", 6, 2, 0.5, 0.4, 0.0, 0.8, 0.8039),
            ("AAABBB", 6, 2, 0.5, 0.4, 0.8, 0.8, 0.8039),
            ("ABCDEF", 6, 6, 0.1667, 0.0, 0.0, 0.0, 0.0196),
            ("AAAAAAAAAAAAAB", 14, 2, 0.9286, 0.8571, 0.9231, 0.9231, 0.9237),
            ("AABBCCDDEEFFGG", 14, 7, 0.1429, 0.0769, 0.5385, 0.5385, 0.5420),
        ];
        for (sequence, visits, faces, upc, coc, secon, k, mmci) in vectors {
            let found = of_letters(sequence);
            assert_eq!((found.visits, found.faces), (visits, Some(faces)), "{sequence}");
            let pairs = [
                (found.upc, upc),
                (found.coc, coc),
                (found.secon, secon),
                (found.k, k),
                (found.mmci, mmci),
                (found.hhi, (coc * f64::from(visits - 1) + 1.0) / f64::from(visits)),
            ];
            for (value, expected) in pairs {
                let value = value.expect("defined for two visits and more");
                assert!((value - expected).abs() < 5e-5, "{sequence}: {value} instead of {expected}");
            }
        }
    }

    #[test]
    fn fewer_than_two_visits_have_no_index() {
        assert_eq!(of_letters(""), Indices::default());
        assert_eq!(of_letters("A"), Indices { visits: 1, faces: Some(1), ..Indices::default() });
    }

    #[test]
    fn spreads_are_read_from_the_bad_side() {
        // Eleven clients: the tenth is at position ceil(11 / 10) = 2 from the bad side.
        let values: Vec<f64> = (1..=11).map(f64::from).collect();
        let least = spread(values.clone(), Worst::Least);
        assert_eq!(
            (least.mean, least.tenth, least.worst, least.clients),
            (Some(6.0), Some(2.0), Some(1.0), 11)
        );
        let most = spread(values, Worst::Most);
        assert_eq!((most.tenth, most.worst), (Some(10.0), Some(11.0)));
        // With ten values the worst one is the bad tenth as well.
        assert_eq!(spread((1..=10).map(f64::from).collect(), Worst::Most).tenth, Some(10.0));
        assert_eq!(spread(Vec::new(), Worst::Most), Spread::default());
    }
}
