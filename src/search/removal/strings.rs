//! Strings: runs of stops of tours near each other, on one day or on two.
//!
//! J. Christiaens and G. Vanden Berghe (2020), "Slack induction by string removals for vehicle routing
//! problems", Transportation Science 54(2), section 4.

use super::visits::{Scratch, random_planned};
use crate::search::draft::Draft;
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;

/// Visits that a step of strings removes on average, in the paper's sense (its c-bar). The first number is for problems
/// in which only the road counts, as in the paper, or most clients may meet one nurse only; the second for others in
/// which it counts who visits whom. Measured: 10 against 7 and 15 on VRPTW of 200 to 600 customers, few runs each; 15
/// against 10 and 20 on `homecare` standard and month; 10 against 4, 7 and 15 on ConVRP, where half of the steps take
/// out all visits of the clients met.
const AVERAGE_REMOVED: (f64, f64) = (10.0, 15.0);
/// The same where most clients meet one nurse about the same hour: there, a step takes long. 6 against 4 and 10 on
/// ConVRP.
const AVERAGE_REMOVED_AT_ONE_HOUR: f64 = 6.0;
/// Longest string removed from one tour.
const LONGEST_STRING: usize = 10;
/// Chance to keep some visits in the middle of a string, and to keep one more of them.
const SPLIT: (f64, f64) = (0.5, 0.01);
/// Where days are chosen, the chance that a step makes room on another day of its visit as well.
const OTHER_DAY: f64 = 0.5;

/// Adjacent strings: from tours near a visit, a run of stops each.
pub(super) fn strings(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let seed = match draft.unplanned().is_empty() || rng.chance(0.5) {
        true => random_planned(draft, rng).map(|(visit, _)| visit),
        // Make room where something is missing.
        false => Some(draft.unplanned()[rng.below(draft.unplanned().len())]),
    };
    let Some(seed) = seed else { return Some(RepairBias::NONE) };
    let option = draft.option_of(seed);
    let average = average_removed(draft);
    if draft.problem.blocks.is_empty() || !rng.chance(OTHER_DAY) {
        return strings_near(draft, rng, scratch, option, average).then_some(RepairBias::NONE);
    }
    // Room on another day as well.
    let options = draft.problem.visits[seed as usize].options.clone();
    let other = options.start + rng.below(options.len()) as u32;
    let sound = strings_near(draft, rng, scratch, option, average / 2.0)
        && (other == option || strings_near(draft, rng, scratch, other, average / 2.0));
    sound.then_some(RepairBias::NONE)
}

fn average_removed(draft: &Draft<'_>) -> f64 {
    let rules = draft.evaluator;
    match rules.mostly_single_nurse() {
        true if rules.counts_starts() => AVERAGE_REMOVED_AT_ONE_HOUR,
        false if rules.counts_assignments() => AVERAGE_REMOVED.1,
        _ => AVERAGE_REMOVED.0,
    }
}

/// Removes [`strings`]; the repair may then open one more tour on each day at a discount.
pub(super) fn strings_and_a_new_tour(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
) -> Option<RepairBias> {
    strings(draft, rng, scratch).map(|_| RepairBias::OPEN)
}

/// Returns false where the draft must be rolled back.
pub(super) fn strings_near(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
    option: u32,
    average: f64,
) -> bool {
    let planned = draft.visit_count() - draft.unplanned().len();
    let tours = draft.used_tours().max(1);
    let longest = LONGEST_STRING.min((planned / tours).max(1));
    let most_strings = 4.0 * average / (1.0 + longest as f64) - 1.0;
    let strings = (rng.unit() * most_strings.max(0.0) + 1.0) as usize;
    let candidates = draft.candidates;
    let mut ruined = 0;
    for &near in std::iter::once(&option).chain(candidates.near(option)) {
        let Some(shift) = draft.shift_of_option(near).filter(|&shift| !draft.is_touched(shift)) else {
            continue;
        };
        let visit = draft.problem.options[near as usize].visit;
        if !remove_string(draft, rng, scratch, shift, visit, longest) {
            return false;
        }
        ruined += 1;
        if ruined >= strings.max(1) {
            break;
        }
    }
    true
}

/// Removes a run of stops that holds a visit. Returns false where the draft must be rolled back.
pub(super) fn remove_string(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
    shift: u32,
    visit: u32,
    longest: usize,
) -> bool {
    let tour = &draft.tour(shift);
    let stops = tour.stops.len() - 2;
    let Some(position) = tour.position(visit) else { return true };
    let length = 1 + rng.below(longest.min(stops));
    let mut kept = 0;
    if length < stops && length > 1 && rng.chance(SPLIT.0) {
        kept = 1;
        while length + kept < stops && rng.chance(SPLIT.1) {
            kept += 1;
        }
    }
    let window = length + kept;
    let lowest = (position + 1).saturating_sub(window).max(1);
    let highest = position.min(stops + 1 - window);
    let first = lowest + rng.below(highest + 1 - lowest);
    let keep_from = if kept > 0 { first + 1 + rng.below(length - 1) } else { 0 };
    scratch.positions.clear();
    scratch.positions.extend(
        (first..first + window)
            .filter(|&p| kept == 0 || p == position || !(keep_from..keep_from + kept).contains(&p)),
    );
    draft.remove(shift, &scratch.positions)
}
