//! Every priced term, from the definitions of the price list.

use super::concentration;
use super::continuity::Sequence;
use super::expand::Expanded;
use super::hours::overtime;
use super::household;
use super::read::ReadTour;
use super::regular;
use super::tours::Worked;
use super::visits::Made;
use crate::model::cost::{Cost, CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::document::{Priority, Weekday};
use crate::model::indicators::NurseHours;

/// Most that one term can cost here, so that the total of hostile numbers does not overflow.
const CEILING: Cost = i64::MAX / 16;

/// Adds `pieces` at a price to a term; costs past the ceiling stay there.
pub(super) fn charge(cost: &mut CostByTerm, term: Term, pieces: i64, price: Cost) {
    let more = pieces.saturating_mul(price).clamp(-CEILING, CEILING);
    cost[term] = (cost[term] + more).clamp(-CEILING, CEILING);
}

/// The cost of a plan, term by term.
pub(super) fn cost(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    made: &Made,
    sequences: &[Sequence<'_>],
    spreads: &[i64],
    worked: &[Worked],
    hours: &[NurseHours],
) -> CostByTerm {
    let prices = &expanded.document.prices;
    let mut cost = CostByTerm::default();
    for priority in [Priority::Vital, Priority::Needed, Priority::Wished] {
        let price = cost_of_minutes(prices.unplanned.of(priority));
        charge(&mut cost, Term::Unplanned, made.missing_of(priority).into(), price);
    }
    for (client, sequence) in expanded.document.clients.iter().zip(sequences) {
        let faces = sequence.faces().len() as i64;
        let weighted = |price: f64, part: f64| cost_of_minutes(price * client.weight * part);
        charge(&mut cost, Term::Faces, (faces - 1).max(0), weighted(prices.face, 1.0));
        for nurse in sequence.faces().into_keys() {
            let strangeness = sequence.strangeness(nurse, expanded.document.history.half_life_days);
            charge(&mut cost, Term::NewFaces, 1, weighted(prices.new_face, strangeness));
        }
        if let Some(first) = client.first_nurse.as_deref() {
            let others = sequence.planned_by(|nurse| nurse != first);
            charge(&mut cost, Term::NotFirstNurse, others, cost_of_minutes(prices.not_first_nurse));
        }
        if !client.circle.is_empty() {
            let others = sequence.planned_by(|nurse| client.circle.iter().all(|member| member != nurse));
            charge(&mut cost, Term::NotCircle, others, cost_of_minutes(prices.not_circle));
        }
        if let Some(most) = client.max_faces.filter(|most| !most.hard) {
            let over = (faces - i64::from(most.count)).max(0);
            charge(&mut cost, Term::FacesOverMax, over, weighted(prices.face_over_max, 1.0));
        }
        if !client.preferred_nurses.is_empty() {
            let others =
                sequence.planned_by(|nurse| client.preferred_nurses.iter().all(|wish| wish != nurse));
            charge(&mut cost, Term::NotPreferred, others, cost_of_minutes(prices.not_preferred));
        }
    }
    let extra = household::extra_nurses(expanded, tours);
    charge(&mut cost, Term::Households, extra, cost_of_minutes(prices.household));
    for (term, amount) in concentration::costs(expanded, tours, sequences) {
        charge(&mut cost, term, 1, amount);
    }
    for away in away_from_preferred(expanded, tours) {
        charge(&mut cost, Term::PreferredStart, away, cost_per_second(prices.preferred_start));
    }
    for (line, &spread) in spreads.iter().enumerate() {
        if let Some((beyond, false)) = regular::beyond(expanded, line, spread) {
            charge(&mut cost, Term::IrregularHour, beyond, cost_per_second(prices.irregular_hour));
        }
    }
    for week in hours {
        let Some(contract) = week.contract else { continue };
        let over = week.paid.saturating_sub(contract);
        let under = contract.saturating_sub(week.paid);
        charge(&mut cost, Term::OverContract, over.max(0), cost_per_second(prices.over_contract));
        charge(&mut cost, Term::UnderContract, under.max(0), cost_per_second(prices.under_contract));
    }
    for beyond in fair_load(hours) {
        charge(&mut cost, Term::FairLoad, beyond, cost_per_second(prices.fair_load));
    }
    let least_tour = (prices.least_tour * 60.0).round() as i64;
    for work in worked {
        charge(&mut cost, Term::Overtime, overtime(expanded, work), cost_per_second(prices.overtime));
        charge(&mut cost, Term::Travel, work.travel, cost_per_second(prices.travel));
        charge(&mut cost, Term::Waiting, work.waiting, cost_per_second(prices.waiting));
        charge(&mut cost, Term::UsedShifts, 1, cost_of_minutes(prices.used_shift));
        let wished = is_wished_off(expanded, work);
        charge(&mut cost, Term::WishedOff, wished.into(), cost_of_minutes(prices.wished_off));
        let missing = least_tour.saturating_sub(work.back.saturating_sub(work.leave)).max(0);
        charge(&mut cost, Term::ShortTours, missing, cost_per_second(prices.short_tour));
    }
    cost
}

/// For each week, the seconds by which nurses with a contract are paid more than their fair share, summed and rounded
/// down. The fair share divides the paid time of all these nurses in proportion to their contracts.
fn fair_load(hours: &[NurseHours]) -> impl Iterator<Item = i64> + '_ {
    let weeks = hours.iter().map(|row| row.week).max().unwrap_or(0);
    (1..=weeks).map(move |week| {
        let rows = || {
            let rows = hours.iter().filter(move |row| row.week == week);
            rows.filter_map(|row| Some((i128::from(row.paid), i128::from(row.contract.filter(|&c| c > 0)?))))
        };
        let (team, all) = rows().fold((0, 0), |(team, all), (paid, contract)| (team + paid, all + contract));
        let beyond: i128 = rows().map(|(paid, contract)| (paid * all - contract * team).max(0)).sum();
        if all == 0 { 0 } else { (beyond / all).min(i64::MAX.into()) as i64 }
    })
}

/// Whether the nurse of a tour wished to be off on that day, by its date or its weekday.
fn is_wished_off(expanded: &Expanded<'_>, work: &Worked) -> bool {
    let Some(shift) = work.shift.and_then(|shift| expanded.shifts.get(shift)) else { return false };
    let wished = &expanded.document.nurses[work.nurse].wished_off;
    wished.dates.contains(&shift.date) || wished.weekdays.contains(&Weekday::of(shift.date))
}

/// For each visit with a preferred start, the seconds between start and preferred start beyond the tolerance.
fn away_from_preferred(expanded: &Expanded<'_>, tours: &[ReadTour<'_>]) -> impl Iterator<Item = i64> {
    let tolerance = (expanded.document.prices.preferred_start_tolerance * 60.0).round() as i64;
    tours.iter().filter(|tour| tour.nurse.is_some()).flat_map(|tour| tour.visits()).filter_map(
        move |(_, visit)| {
            let line = &expanded.lines[visit.line?];
            let preferred = line.moment(&expanded.calendar, visit.day?, line.care.preferred_start?);
            Some((visit.start - preferred).abs().saturating_sub(tolerance).max(0))
        },
    )
}
