//! From a draft to the plan that people read.

use super::draft::Draft;
use super::explain::{reasons, why_missed};
use crate::error::Stop as Ended;
use crate::model::calendar::Moment;
use crate::model::facts::ShiftFacts;
use crate::model::plan::{
    Break, ClientFaces, Face, MissedMeeting, Plan, PlannedMeeting, PlannedVisit, Route, StandIn, Stop,
    Tour as PlanTour, Unplanned,
};
use crate::model::problem::{Problem, Task};
use crate::rules::{BreakAt, Departure, Piece, StopKind, Tour, walk};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Most reasons of a plan: visits left out beyond that have none. (A plan must not be too long to be read again.)
const MOST_REASONS: usize = 20_000;

/// The plan of a draft, with the reasons for what is unplanned, as far as they are known before `stop`: the dearest to leave out come
/// first. `problem` is what the facts of the draft were made from.
pub(crate) fn plan(draft: &mut Draft<'_>, problem: &Problem, stop: Ended<'_>) -> Plan {
    let tours = draft.tours().iter().zip(&draft.problem.shifts).filter(|(tour, _)| !tour.is_empty());
    let tours = tours.map(|(tour, shift)| tour_of(problem, tour, shift)).collect();
    let mut out = draft.unplanned().to_vec();
    // The dearest to leave out are explained first: vital ones.
    out.sort_unstable_by_key(|&visit| (Reverse(problem.facts.visits[visit as usize].unplanned), visit));
    let most = MOST_REASONS / draft.problem.nurses.len().max(1);
    let is_care = |visit: u32| matches!(problem.task(visit), Task::Care { .. });
    let mut why = FxHashMap::default();
    for &visit in out.iter().take(most).filter(|&&visit| is_care(visit)).take_while(|_| !stop()) {
        why.insert(visit, reasons(draft, problem, visit));
    }
    out.sort_unstable();
    let (mut unplanned, mut missed) = (Vec::new(), Vec::new());
    for visit in out {
        let date = date_of(draft.option_of(visit), problem);
        match problem.task(visit) {
            Task::Care { client, care } => {
                let reasons = why.remove(&visit).unwrap_or_default();
                unplanned.push(Unplanned { client: client.to_owned(), care: care.to_owned(), date, reasons });
            }
            Task::Meeting { nurse, meeting } => {
                let why = why_missed(draft, problem, visit);
                missed.push(MissedMeeting {
                    meeting: meeting.to_owned(),
                    nurse: nurse.to_owned(),
                    date,
                    why,
                });
            }
        }
    }
    Plan {
        kring_plan: Plan::VERSION,
        document: Some(problem.document().made_for()),
        tours,
        unplanned,
        missed,
        faces: faces(draft, problem),
        stand_ins: stand_ins(draft, problem),
        circles: Vec::new(),
    }
}

/// The routes of a draft of the literature, and the customers of the unplanned visits.
pub(crate) fn routes(draft: &Draft<'_>) -> (Vec<Route>, Vec<u32>) {
    let customer = |visit: u32| draft.problem.visits[visit as usize].client;
    let route = |(tour, shift): (&Tour, &ShiftFacts)| {
        let customers: Vec<u32> = tour.visits_and_options().map(|(visit, _)| customer(visit)).collect();
        let (depot, driver, day) = (shift.leaves_from, shift.nurse, shift.day);
        (!customers.is_empty()).then_some(Route { depot, driver, day, customers })
    };
    let mut unplanned: Vec<u32> = draft.unplanned().iter().map(|&visit| customer(visit)).collect();
    unplanned.sort_unstable();
    (draft.tours().iter().zip(&draft.problem.shifts).filter_map(route).collect(), unplanned)
}

/// The date of an option.
fn date_of(option: u32, problem: &Problem) -> Date {
    problem.calendar().date(i32::from(problem.facts.options[option as usize].day))
}

/// A visit or a meeting as a plan has it, from its start to its end.
pub(super) fn stop_of(
    problem: &Problem,
    visit: u32,
    option: u32,
    travel_seconds: i64,
    [start, end]: [Moment; 2],
) -> Stop {
    let date = date_of(option, problem);
    match problem.task(visit) {
        Task::Care { client, care } => {
            let (client, care) = (client.to_owned(), care.to_owned());
            Stop::Visit(PlannedVisit { client, care, date, travel_seconds, start, end })
        }
        Task::Meeting { meeting, .. } => {
            let meeting = meeting.to_owned();
            Stop::Meeting(PlannedMeeting { meeting, date, travel_seconds, start, end })
        }
    }
}

fn tour_of(problem: &Problem, tour: &Tour, shift: &ShiftFacts) -> PlanTour {
    let moment = |seconds: i32| problem.calendar().moment(i64::from(seconds));
    let total = tour.stops[0].suffix;
    let (leave, back) = (tour.leave, tour.leave + total.schedule.duration);
    let mut stops = Vec::with_capacity(tour.stops.len());
    if let (BreakAt::Before, Some(break_facts)) = (tour.break_at, shift.break_facts) {
        let end = break_facts.earliest + break_facts.seconds;
        stops.push(Stop::Break(Break { start: moment(break_facts.earliest), end: moment(end) }));
    }
    let roads = problem.facts.roads_of(shift);
    let mut before = shift.leaves_from;
    walk(roads, Departure::home(leave), [Piece::Suffix(&tour.stops)], |stop, start| {
        let end = start + stop.own.duration;
        match stop.kind {
            StopKind::Home => {}
            StopKind::Break => stops.push(Stop::Break(Break { start: moment(start), end: moment(end) })),
            StopKind::Visit { visit, option } => {
                // A break is taken before the way, where the visit before it is.
                let travel_seconds = i64::from(roads.leg(before, stop.place));
                stops.push(stop_of(problem, visit, option, travel_seconds, [moment(start), moment(end)]));
            }
        }
        before = stop.place;
        true
    });
    if let (BreakAt::After, Some(break_facts)) = (tour.break_at, shift.break_facts) {
        let start = back.max(break_facts.earliest);
        stops.push(Stop::Break(Break { start: moment(start), end: moment(start + break_facts.seconds) }));
    }
    PlanTour {
        nurse: problem.nurse_id(shift.nurse).to_owned(),
        shift: moment(shift.start),
        leave: moment(leave),
        back: moment(back),
        travel_seconds: i64::from(total.journey.travel),
        waiting_seconds: i64::from(tour.totals(shift).waiting()),
        stops,
    }
}

fn faces(draft: &Draft<'_>, problem: &Problem) -> Vec<ClientFaces> {
    let of_client = |client: u32| {
        let mut faces: Vec<Face> = (0..)
            .zip(draft.counts().of_client(client))
            .filter(|(_, visits)| **visits > 0)
            .map(|(nurse, &visits)| Face {
                nurse: problem.nurse_id(nurse).to_owned(),
                visits: u32::from(visits),
                new: !draft.problem.acquaintance.has_met(client, nurse),
            })
            .collect();
        faces.sort_by_key(|face| std::cmp::Reverse(face.visits));
        ClientFaces { client: problem.client_id(client).to_owned(), faces }
    };
    // The entries behind the clients of the document are the meetings of nurses.
    (0..problem.document().clients.len() as u32)
        .map(of_client)
        .filter(|client| !client.faces.is_empty())
        .collect()
}

/// Who stands in during leave without being known from the history window, by client, leave and nurse.
fn stand_ins(draft: &Draft<'_>, problem: &Problem) -> Vec<StandIn> {
    let facts = draft.problem;
    let nurses = facts.nurses.len();
    let date = |day: u16| problem.calendar().date(i32::from(day));
    let id = |nurse: u32| problem.nurse_id(nurse).to_owned();
    let mut found = Vec::new();
    for leave in &facts.leaves {
        let mut during = vec![0; nurses];
        let mut introduced: Vec<Option<u16>> = vec![None; nurses];
        for &visit in draft.candidates.visits_of(leave.client) {
            let day = facts.options[draft.option_of(visit) as usize].day;
            let Some(shift) = draft.shift_of(visit) else { continue };
            let nurse = draft.candidates.nurse(shift) as usize;
            if day < leave.from {
                introduced[nurse] = introduced[nurse].max(Some(day));
            } else if day <= leave.until {
                during[nurse] += 1;
            }
        }
        for nurse in 0..nurses as u32 {
            let visits = during[nurse as usize];
            let known = facts.acquaintance.has_met(leave.client, nurse) || leave.counts_on.contains(&nurse);
            if visits == 0 || known {
                continue;
            }
            found.push(StandIn {
                client: problem.client_id(leave.client).to_owned(),
                nurse: id(nurse),
                away: leave.away.iter().map(|&nurse| id(nurse)).collect(),
                from: date(leave.from),
                until: date(leave.until),
                visits,
                introduced: introduced[nurse as usize].map(date),
            });
        }
    }
    found
}
