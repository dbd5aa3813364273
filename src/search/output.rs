//! From a draft to the plan that people read.

use super::draft::Draft;
use super::explain::reasons;
use crate::model::plan::{
    Break, ClientFaces, Face, Plan, PlannedVisit, Route, StandIn, Stop, Tour as PlanTour, Unplanned,
};
use crate::model::problem::{Problem, ShiftFacts};
use crate::rules::sequence::{Piece, walk};
use crate::rules::tour::{BreakAt, StopKind, Tour};

/// The plan of a draft, with the reasons for what was left out.
pub(crate) fn plan(draft: &mut Draft<'_>) -> Plan {
    let problem = draft.problem;
    let tours = draft.tours().iter().zip(&problem.shifts).filter(|(tour, _)| !tour.is_empty());
    let tours = tours.map(|(tour, shift)| tour_of(problem, tour, shift)).collect();
    let mut out = draft.unplanned().to_vec();
    out.sort_unstable();
    let unplanned = out
        .into_iter()
        .map(|visit| {
            let line = &problem.lines[problem.visits[visit as usize].line as usize];
            let client = &problem.document.clients[line.client as usize];
            let day = problem.options[draft.option_of(visit) as usize].day;
            Unplanned {
                client: client.id.clone(),
                care: client.care[line.care as usize].id.clone(),
                date: problem.calendar.date(i32::from(day)),
                reasons: reasons(draft, visit),
            }
        })
        .collect();
    Plan {
        kring_plan: Plan::VERSION,
        tours,
        unplanned,
        faces: faces(draft),
        stand_ins: stand_ins(draft),
        circles: Vec::new(),
    }
}

/// The routes of a draft of the literature, and the customers of the visits left out.
pub(crate) fn routes(draft: &Draft<'_>) -> (Vec<Route>, Vec<u32>) {
    let customer = |visit: u32| draft.problem.visits[visit as usize].client;
    let route = |(tour, shift): (&Tour, &ShiftFacts)| {
        let customers: Vec<u32> = tour.visits_and_options().map(|(visit, _)| customer(visit)).collect();
        let (depot, driver, day) = (shift.home, shift.nurse, shift.day);
        (!customers.is_empty()).then_some(Route { depot, driver, day, customers })
    };
    let mut unplanned: Vec<u32> = draft.unplanned().iter().map(|&visit| customer(visit)).collect();
    unplanned.sort_unstable();
    (draft.tours().iter().zip(&draft.problem.shifts).filter_map(route).collect(), unplanned)
}

fn tour_of(problem: &Problem, tour: &Tour, shift: &ShiftFacts) -> PlanTour {
    let moment = |seconds: i32| problem.calendar.moment(i64::from(seconds));
    let total = tour.stops[0].suffix;
    let (leave, back) = (total.schedule.earliest, total.schedule.finish());
    let mut stops = Vec::with_capacity(tour.stops.len());
    if let (BreakAt::Before, Some(pause)) = (tour.break_at, shift.pause) {
        let end = pause.earliest + pause.seconds;
        stops.push(Stop::Break(Break { start: moment(pause.earliest), end: moment(end) }));
    }
    let roads = problem.roads_of(shift);
    let mut before = shift.home;
    walk(roads, leave, [Piece::Suffix(&tour.stops)], |stop, start| {
        let end = start + stop.own.duration;
        match stop.kind {
            StopKind::Home => {}
            StopKind::Break => stops.push(Stop::Break(Break { start: moment(start), end: moment(end) })),
            StopKind::Visit { visit, option } => {
                let line = &problem.lines[problem.visits[visit as usize].line as usize];
                let client = &problem.document.clients[line.client as usize];
                stops.push(Stop::Visit(PlannedVisit {
                    client: client.id.clone(),
                    care: client.care[line.care as usize].id.clone(),
                    date: problem.calendar.date(i32::from(problem.options[option as usize].day)),
                    // A break is taken before the way, where the visit before it is.
                    travel_seconds: i64::from(roads.leg(before, stop.place)),
                    start: moment(start),
                    end: moment(end),
                }));
            }
        }
        before = stop.place;
        true
    });
    if let (BreakAt::After, Some(pause)) = (tour.break_at, shift.pause) {
        let start = back.max(pause.earliest);
        stops.push(Stop::Break(Break { start: moment(start), end: moment(start + pause.seconds) }));
    }
    PlanTour {
        nurse: problem.document.nurses[shift.nurse as usize].id.clone(),
        shift: moment(shift.start),
        leave: moment(leave),
        back: moment(back),
        travel_seconds: i64::from(total.journey.travel),
        waiting_seconds: i64::from(tour.totals(shift).waiting()),
        stops,
    }
}

fn faces(draft: &Draft<'_>) -> Vec<ClientFaces> {
    let document = &draft.problem.document;
    let nurses = document.nurses.len();
    let of_client = |client: usize| {
        let counts = draft.counts().of_client(client as u32);
        let mut faces: Vec<Face> = (0..nurses)
            .filter(|&nurse| counts[nurse] > 0)
            .map(|nurse| Face {
                nurse: document.nurses[nurse].id.clone(),
                visits: u32::from(counts[nurse]),
                new: !draft.problem.acquaintance.has_met(client as u32, nurse as u32),
            })
            .collect();
        faces.sort_by_key(|face| std::cmp::Reverse(face.visits));
        ClientFaces { client: document.clients[client].id.clone(), faces }
    };
    (0..document.clients.len()).map(of_client).filter(|client| !client.faces.is_empty()).collect()
}

/// Who stands in during leave without being known from the history window, by client, leave and nurse.
fn stand_ins(draft: &Draft<'_>) -> Vec<StandIn> {
    let problem = draft.problem;
    let (document, nurses) = (&problem.document, problem.document.nurses.len());
    let date = |day: u16| problem.calendar.date(i32::from(day));
    let id = |nurse: u32| document.nurses[nurse as usize].id.clone();
    let mut found = Vec::new();
    for leave in &problem.leaves {
        let mut during = vec![0; nurses];
        let mut introduced: Vec<Option<u16>> = vec![None; nurses];
        for &visit in draft.candidates.visits_of(leave.client) {
            let day = problem.options[draft.option_of(visit) as usize].day;
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
            let known = problem.acquaintance.has_met(leave.client, nurse) || leave.counts_on.contains(&nurse);
            if visits == 0 || known {
                continue;
            }
            found.push(StandIn {
                client: document.clients[leave.client as usize].id.clone(),
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
