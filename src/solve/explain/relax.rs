//! Relaxation of a rule in the facts of a problem.

use crate::model::explanation::Relaxation;
use crate::model::facts::ClientFacts;
use crate::model::facts::{DayOption, Facts, Line, NurseFacts, ShiftFacts};

/// Relaxes a rule for a day option, the shifts of its day, its care line and its client.
pub(super) fn relax_for(facts: &mut Facts, option: u32, rule: Relaxation) {
    let of_day = &mut facts.options[option as usize];
    let (visit, day) = (of_day.visit as usize, of_day.day);
    relax_option(of_day, rule);
    facts.shifts.iter_mut().filter(|shift| shift.day == day).for_each(|shift| relax_shift(shift, rule));
    relax_line(&mut facts.lines[facts.visits[visit].line as usize], rule);
    relax_client(&mut facts.clients[facts.visits[visit].client as usize], rule);
}

/// Relaxes a rule for everybody. Of the clients in the facts, the first `clients` are those of the document; the others
/// stand for meetings, which stay as they are.
pub(super) fn relax_all(facts: &mut Facts, clients: usize, rule: Relaxation) {
    let is_meeting = |option: &DayOption| facts.visits[option.visit as usize].client as usize >= clients;
    facts
        .options
        .iter_mut()
        .filter(|option| !is_meeting(option))
        .for_each(|option| relax_option(option, rule));
    facts.shifts.iter_mut().for_each(|shift| relax_shift(shift, rule));
    facts.lines.iter_mut().for_each(|line| relax_line(line, rule));
    facts.clients.iter_mut().take(clients).for_each(|client| relax_client(client, rule));
    facts.nurses.iter_mut().for_each(|nurse| relax_nurse(nurse, rule));
}

fn relax_option(option: &mut DayOption, rule: Relaxation) {
    match rule {
        Relaxation::Window { minutes } => {
            option.open -= i32::from(minutes) * 60;
            option.close += i32::from(minutes) * 60;
        }
        Relaxation::Pins => option.pinned = None,
        _ => {}
    }
}

fn relax_shift(shift: &mut ShiftFacts, rule: Relaxation) {
    if let Relaxation::Overtime { minutes } = rule {
        shift.latest_end += i32::from(minutes) * 60;
    }
}

fn relax_line(line: &mut Line, rule: Relaxation) {
    match rule {
        Relaxation::Competence => {
            line.level = None;
            line.competences.clear();
        }
        Relaxation::RegularHour => line.regular = None,
        _ => {}
    }
}

fn relax_client(client: &mut ClientFacts, rule: Relaxation) {
    match rule {
        Relaxation::Faces => client.max_faces = None,
        Relaxation::KnownFaces => client.known_faces_under_minutes = None,
        Relaxation::ForbiddenPairs => client.forbidden.clear(),
        _ => {}
    }
}

fn relax_nurse(nurse: &mut NurseFacts, rule: Relaxation) {
    if rule == Relaxation::Contract {
        nurse.contract = None;
    }
}
