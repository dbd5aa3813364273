//! Nurses and clients before anything is agreed between them.

use super::care::{CATHETER, WOUND_CARE};
use super::draw::Draw;
use super::map::{Map, place};
use crate::model::document::{Care, Client, Mode, Nurse};

/// Levels, given to the nurses in turn. The first has level 5, so that a team of four or fewer has somebody who can do
/// everything.
const LEVELS: [u8; 12] = [5, 3, 4, 3, 4, 3, 5, 3, 4, 2, 3, 4];

/// Nurses without shifts.
pub(super) fn nurses(count: usize, modes: &[Mode], map: &Map, draw: &mut Draw) -> Vec<Nurse> {
    let nurse = |i: usize| {
        let level = LEVELS[i % LEVELS.len()];
        let mut competences = Vec::new();
        // In a small team everybody must be able to do nearly everything.
        if level >= 4 || (level == 3 && (draw.chance(0.5) || count < 10)) {
            competences.push(WOUND_CARE.to_owned());
        }
        if level >= 4 {
            competences.push(CATHETER.to_owned());
        }
        let home = map.within_reach(draw, |draw| map.door_near((0.0, 0.0), map.homes_within, draw));
        let mode = modes[i % modes.len().max(1)];
        Nurse { level, competences, mode, ..Nurse::new(id('n', i, count), place(home)) }
    };
    (0..count).map(nurse).collect()
}

/// Clients with their care plans, each at an address of the map.
pub(super) fn clients(map: &Map, plans: Vec<Vec<Care>>, draw: &mut Draw) -> Vec<Client> {
    let count = plans.len();
    let mut addresses = map.addresses.clone();
    draw.shuffle(&mut addresses);
    let client =
        |(i, (care, address)): (usize, (Vec<Care>, _))| Client::new(id('c', i, count), place(address), care);
    plans.into_iter().zip(addresses).enumerate().map(client).collect()
}

/// `c01`, or `c001` in a list of more than 99.
fn id(letter: char, number: usize, count: usize) -> String {
    let width = count.to_string().len().max(2);
    format!("{letter}{:0width$}", number + 1)
}
