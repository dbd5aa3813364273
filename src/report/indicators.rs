//! The indicators of a plan, from document and plan alone.

use super::indices::indices;
use super::reading::Reading;
use crate::error::Result;
use crate::model::Plan;
use crate::model::document::{Document, Priority};
use crate::model::indicators::{
    ClientContinuity, Indicators, NurseHours, Spread, TeamContinuity, TimeUse, VisitCounts,
};
use crate::model::weeks::{contract_seconds, week_of};

/// Continuity, hours and visits of a plan; no rule is checked.
///
/// The visits of a client are ordered by start, then by the order of nurses in the document; visits of the history by
/// date, then by their order in the document. Every presence counts as a visit. Waiting is what remains of a tour after
/// travel (as the plan states it), care, meetings and the break.
///
/// # Errors
/// The plan does not belong to the document: unknown nurse, shift, client, care line or day; two
/// tours in a shift. A horizon or a shift that cannot be read.
///
/// # Complexity
/// O(V log V + H log H + S log S) time for V visits, H visits of the history, S shifts.
pub fn indicators(document: &Document, plan: &Plan) -> Result<Indicators> {
    Ok(of_reading(&Reading::new(document, plan)?))
}

pub(super) fn of_reading(reading: &Reading) -> Indicators {
    let clients: Vec<ClientContinuity> =
        (0..reading.document.clients.len()).map(|client| client_continuity(reading, client)).collect();
    Indicators {
        continuity: team_continuity(&clients),
        clients,
        time: time_use(reading),
        hours: nurse_hours(reading),
        visits: visit_counts(reading),
    }
}

fn client_continuity(reading: &Reading, number: usize) -> ClientContinuity {
    let client = &reading.document.clients[number];
    let nurses = &reading.document.nurses;
    let planned: Vec<&str> =
        reading.visits[number].iter().map(|visit| nurses[visit.nurse].id.as_str()).collect();
    let past = &reading.past[number];
    let rolling: Vec<&str> = past.iter().chain(&planned).copied().collect();
    let share = |belongs: &dyn Fn(&str) -> bool| {
        let visits = planned.iter().filter(|nurse| belongs(nurse)).count();
        (!planned.is_empty()).then(|| visits as f64 / planned.len() as f64)
    };
    let mut faces = planned.clone();
    faces.sort_unstable();
    faces.dedup();
    let new_faces = faces.iter().filter(|nurse| !past.contains(nurse)).count() as u32;
    ClientContinuity {
        client: client.id.clone(),
        plan: indices(&planned),
        rolling: indices(&rolling),
        new_faces: (!planned.is_empty()).then_some(new_faces),
        circle_share: if client.circle.is_empty() {
            None
        } else {
            share(&|nurse| client.circle.iter().any(|of_circle| of_circle == nurse))
        },
        first_nurse_share: client.first_nurse.as_deref().and_then(|first| share(&|nurse| nurse == first)),
    }
}

fn team_continuity(clients: &[ClientContinuity]) -> TeamContinuity {
    let more_is_better =
        |value: fn(&ClientContinuity) -> Option<f64>| spread(clients.iter().filter_map(value).collect(), 1.0);
    let more_is_worse = |value: fn(&ClientContinuity) -> Option<u32>| {
        spread(clients.iter().filter_map(value).map(f64::from).collect(), -1.0)
    };
    TeamContinuity {
        faces: more_is_worse(|client| client.plan.faces),
        new_faces: more_is_worse(|client| client.new_faces),
        upc: more_is_better(|client| client.plan.upc),
        coc: more_is_better(|client| client.plan.coc),
        secon: more_is_better(|client| client.plan.secon),
        k: more_is_better(|client| client.plan.k),
        mmci: more_is_better(|client| client.plan.mmci),
        hhi: more_is_better(|client| client.plan.hhi),
        entropy: spread(clients.iter().filter_map(|client| client.plan.entropy).collect(), -1.0),
        circle_share: more_is_better(|client| client.circle_share),
        first_nurse_share: more_is_better(|client| client.first_nurse_share),
    }
}

/// Mean, bad tenth and worst. `sign` is 1 where more is better and -1 where more is worse.
fn spread(mut values: Vec<f64>, sign: f64) -> Spread {
    let clients = values.len();
    let mean = (clients > 0).then(|| values.iter().sum::<f64>() / clients as f64);
    values.sort_by(|a, b| (sign * a).total_cmp(&(sign * b)));
    let tenth = clients.div_ceil(10).checked_sub(1).and_then(|at| values.get(at).copied());
    Spread { mean, tenth, worst: values.first().copied(), clients }
}

fn time_use(reading: &Reading) -> TimeUse {
    let mut time = TimeUse::default();
    for (_, tour) in reading.tours() {
        time.care += tour.care;
        time.travel += tour.travel;
        time.waiting += tour.waiting;
        time.breaks += tour.inner_break;
        time.meetings += tour.meetings;
    }
    for shift in &reading.shifts {
        time.overtime += shift.overtime();
        time.shift += shift.length();
        time.paid += shift.paid(reading.document);
    }
    time.other = time.shift - time.care - time.travel - time.waiting - time.breaks - time.meetings;
    let percent_of = |all: i64| (all > 0).then(|| 100.0 * time.care as f64 / all as f64);
    time.client_facing_paid = percent_of(time.paid);
    time.client_facing_shift = percent_of(time.shift);
    time
}

fn nurse_hours(reading: &Reading) -> Vec<NurseHours> {
    let nurses = &reading.document.nurses;
    let weeks = reading.weeks();
    let days = reading.calendar.days();
    let mut rows: Vec<NurseHours> = nurses
        .iter()
        .flat_map(|nurse| {
            (0..weeks).map(move |week| NurseHours {
                nurse: nurse.id.clone(),
                week: week + 1,
                paid: 0,
                contract: nurse.contract_hours.map(|hours| contract_seconds(hours, week, days)),
            })
        })
        .collect();
    for shift in &reading.shifts {
        let row = shift.nurse * usize::from(weeks) + usize::from(week_of(shift.day));
        if let Some(row) = rows.get_mut(row) {
            row.paid += shift.paid(reading.document);
        }
    }
    rows
}

fn visit_counts(reading: &Reading) -> VisitCounts {
    let planned = reading.visits.iter().map(Vec::len).sum::<usize>() as u32;
    let mut counts = VisitCounts { planned, ..VisitCounts::default() };
    for left_out in &reading.unplanned {
        match reading.document.clients[left_out.client].care[left_out.care].priority {
            Priority::Vital => counts.unplanned_vital += 1,
            Priority::Needed => counts.unplanned_needed += 1,
            Priority::Wished => counts.unplanned_wished += 1,
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::golden;
    use super::*;
    use crate::error::ErrorKind;
    use crate::model::document::Paid;
    use crate::model::indicators::Indices;
    use crate::model::plan::Stop;

    const MINUTE: i64 = 60;

    fn of_fixture() -> Indicators {
        indicators(&golden::document(), &golden::plan()).expect("the plan belongs to the document")
    }

    fn close(value: Option<f64>, expected: f64) {
        assert!((value.expect("defined") - expected).abs() < 1e-12, "{value:?} is not {expected}");
    }

    // client-1 sees nurses 1 2 1 3 1: 3 of 5; S2 = 9 + 1 + 1, (11 - 5) / 20; nobody twice running;
    // (5 - 3) / 4. nurse-2 came last in December, before the 8 weeks, and nurse-3 never: both are new.
    #[test]
    fn continuity_of_a_client_is_over_the_visits_in_time_order() {
        let client = &of_fixture().clients[0];
        let plan = Indices {
            visits: 5,
            faces: Some(3),
            upc: Some(0.6),
            coc: Some(0.3),
            secon: Some(0.0),
            k: Some(0.5),
            ..client.plan
        };
        // (1 - 3/5.1) / (1 - 1/5.1); 11/25; 0.6 ln(5/3) + 0.4 ln 5 over ln 5.
        close(client.plan.mmci, 2.1 / 4.1);
        close(client.plan.hhi, 0.44);
        close(client.plan.entropy, (0.6 * (5.0_f64 / 3.0).ln() + 0.4 * 5.0_f64.ln()) / 5.0_f64.ln());
        assert_eq!(client.plan, plan);
        assert_eq!(client.new_faces, Some(2));
        assert_eq!((client.circle_share, client.first_nurse_share), (Some(0.8), Some(0.6)));
    }

    // With the history by date: 9 1 | 1 2 1 3 1. S2 = 16 + 1 + 1 + 1, (19 - 7) / 42; only 1 | 1 is by
    // the same nurse, of 6; (7 - 4) / 6.
    #[test]
    fn the_rolling_window_begins_with_the_history() {
        let rolling = of_fixture().clients[0].rolling;
        assert_eq!((rolling.visits, rolling.faces, rolling.k), (7, Some(4), Some(0.5)));
        close(rolling.upc, 4.0 / 7.0);
        close(rolling.coc, 2.0 / 7.0);
        close(rolling.secon, 1.0 / 6.0);
    }

    #[test]
    fn a_client_with_one_visit_has_faces_and_shares_but_no_index() {
        let client = &of_fixture().clients[2];
        assert_eq!(client.plan, Indices { visits: 1, faces: Some(1), ..Indices::default() });
        assert_eq!(client.new_faces, Some(1)); // no history at all: every face is new
        assert_eq!((client.circle_share, client.first_nurse_share), (Some(1.0), Some(0.0)));
    }

    #[test]
    fn a_client_without_visits_has_no_value() {
        let client = &of_fixture().clients[3];
        let empty = ClientContinuity { client: "client-4".to_owned(), ..ClientContinuity::default() };
        assert_eq!(*client, empty);
    }

    // Faces 3, 2, 1 and none; new faces 2, 1, 1; COC 0.3, 0; circle 0.8, 1; first nurse 0.6, 0. Of
    // three or two clients the bad tenth is the worst one.
    #[test]
    fn team_values_leave_out_clients_without_a_value() {
        let team = of_fixture().continuity;
        let spread = |mean, worst, clients| Spread {
            mean: Some(mean),
            tenth: Some(worst),
            worst: Some(worst),
            clients,
        };
        assert_eq!(team.faces, spread(2.0, 3.0, 3));
        assert_eq!(team.new_faces, spread(4.0 / 3.0, 2.0, 3));
        assert_eq!(team.upc, spread(0.55, 0.5, 2));
        assert_eq!(team.coc, spread(0.15, 0.0, 2));
        assert_eq!(team.secon, spread(0.0, 0.0, 2));
        assert_eq!(team.k, spread(0.25, 0.0, 2));
        assert_eq!(team.circle_share, spread(0.9, 0.8, 2));
        assert_eq!(team.first_nurse_share, spread(0.3, 0.0, 2));
    }

    // 11 clients: the bad tenth is the ceil(11 / 10) = second worst.
    #[test]
    fn the_bad_tenth_is_the_nearest_rank_from_the_bad_side() {
        let values = || (1..=11).map(f64::from).collect::<Vec<_>>();
        let (better, worse) = (spread(values(), 1.0), spread(values(), -1.0));
        assert_eq!((better.tenth, better.worst, better.mean), (Some(2.0), Some(1.0), Some(6.0)));
        assert_eq!((worse.tenth, worse.worst, worse.clients), (Some(10.0), Some(11.0), 11));
        assert_eq!(spread((1..=10).map(f64::from).collect(), 1.0).tenth, Some(1.0));
        assert_eq!(spread(Vec::new(), 1.0), Spread::default());
    }

    // Care 70 + 15 + 30 + 40 + 15 + 30 + 30; shifts 3 * 360 + 240 + 300 + 70 + 480 and 10 of overtime;
    // paid without the four breaks of 30.
    #[test]
    fn hours_of_the_shifts_add_up() {
        let time = of_fixture().time;
        let minutes = [time.care, time.travel, time.waiting, time.breaks, time.other, time.overtime];
        assert_eq!(minutes.map(|seconds| seconds / MINUTE), [230, 74, 56, 30, 1790, 10]);
        assert_eq!((time.shift, time.paid), (2180 * MINUTE, 2060 * MINUTE));
        close(time.client_facing_paid, 23_000.0 / 2_060.0);
        close(time.client_facing_shift, 23_000.0 / 2_180.0);
    }

    // Tours last 170, 40, 40, 25, 50, 25, 40 minutes; one break of 30 lies within a tour; home legs
    // are 10 of each tour. Breaks at home are never paid by span.
    #[test]
    fn paid_by_span_counts_the_tours() {
        let mut document = golden::document();
        let mut paid = |set: &dyn Fn(&mut crate::model::document::WorkingTime)| {
            set(&mut document.working_time);
            let time = indicators(&document, &golden::plan()).expect("the plan belongs to the document").time;
            time.paid / MINUTE
        };
        assert_eq!(paid(&|time| time.breaks_paid = true), 2180);
        assert_eq!(paid(&|time| time.paid = Paid::Span), 390);
        assert_eq!(paid(&|time| time.breaks_paid = false), 360);
        assert_eq!(paid(&|time| time.home_legs_unpaid = true), 290);
    }

    // The second block has 3 days: 12 h * 3 / 7 = 18,514.3 s, 4 h * 3 / 7 = 6,171.4 s.
    #[test]
    fn hours_are_by_nurse_and_week_against_a_shortened_contract() {
        let hours = of_fixture().hours;
        let row =
            |nurse: &str, week, paid, contract| NurseHours { nurse: nurse.to_owned(), week, paid, contract };
        let expected = [
            row("nurse-1", 1, 660 * MINUTE, Some(12 * 3600)),
            row("nurse-1", 2, 330 * MINUTE, Some(18_514)),
            row("nurse-2", 1, 240 * MINUTE, Some(4 * 3600)),
            row("nurse-2", 2, 0, Some(6_171)),
            row("nurse-3", 1, 380 * MINUTE, None),
            row("nurse-3", 2, 450 * MINUTE, None),
        ];
        assert_eq!(hours, expected);
    }

    #[test]
    fn visits_are_counted_by_priority() {
        let expected = VisitCounts { planned: 8, unplanned_vital: 1, ..VisitCounts::default() };
        assert_eq!(of_fixture().visits, expected);
    }

    #[test]
    fn an_empty_plan_has_hours_but_no_continuity() {
        let empty =
            indicators(&golden::document(), &Plan::default()).expect("an empty plan belongs anywhere");
        assert_eq!(empty.continuity, TeamContinuity::default());
        assert_eq!((empty.time.shift, empty.time.other), (2170 * MINUTE, 2170 * MINUTE));
        assert_eq!(empty.time.client_facing_paid, Some(0.0));
        let mut document = golden::document();
        document.nurses.clear();
        let nobody = indicators(&document, &Plan::default()).expect("an empty plan belongs anywhere");
        assert_eq!((nobody.time.client_facing_paid, nobody.time.client_facing_shift), (None, None));
    }

    // The clock goes forward in the night of 28 March 2026: from 22:00 to 06:00 are 7 hours, of which
    // the break of 30 minutes is not paid.
    #[test]
    fn hours_are_elapsed_not_read_from_the_clock() {
        let mut document = golden::document();
        document.horizon.first_day = jiff::civil::date(2026, 3, 28);
        document.nurses.drain(..2);
        document.nurses[0].shifts.drain(..2);
        document.nurses[0].shifts[0].date = document.horizon.first_day;
        let time = indicators(&document, &Plan::default()).expect("an empty plan belongs anywhere").time;
        assert_eq!((time.shift, time.paid), (420 * MINUTE, 390 * MINUTE));
    }

    // The order of the tours in the file must not matter; the order of the visits in time does.
    #[test]
    fn the_order_of_the_tours_does_not_matter() {
        let mut plan = golden::plan();
        plan.tours.reverse();
        let turned = indicators(&golden::document(), &plan).expect("the plan belongs to the document");
        assert_eq!(turned, of_fixture());
    }

    #[test]
    fn a_plan_of_another_document_is_refused_with_every_mistake() {
        let mut plan = golden::plan();
        plan.tours[0].nurse = "nurse-7".to_owned();
        plan.tours[1].shift = plan.tours[1].leave;
        plan.tours[2].travel_seconds = i64::MAX;
        if let Stop::Visit(visit) = &mut plan.tours[3].stops[0] {
            visit.care = "lunch".to_owned();
        }
        let again = plan.tours[4].clone();
        plan.tours.push(again);
        plan.unplanned[0].client = "client-9".to_owned();
        let error = indicators(&golden::document(), &plan).expect_err("the plan is broken");
        assert_eq!(error.kind(), ErrorKind::Plan);
        let paths: Vec<&str> = error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
        let expected = [
            "tours[0].nurse",
            "tours[1].shift",
            "tours[2].travel_seconds",
            "tours[3].stops[0].visit.care",
            "tours[7].shift",
            "unplanned[0].client",
        ];
        assert_eq!(paths, expected);
    }
}
