//! The kinds of neighbourhood: how many people, how they travel, and what care they have.

use super::care::{Mix, Profile};
use crate::model::document::Mode;

/// The kinds of neighbourhood that can be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scenario {
    /// 12 nurses on bicycles and 50 clients within 1.5 km: the default to show kring with.
    Town,
    /// 7 nurses on e-bikes and in cars and 42 clients in hamlets up to 8 km away: travel against
    /// continuity.
    Village,
    /// 12 nurses on foot and 60 clients, most of them in towers: many short legs and many stairs.
    Flats,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Scenario; 3] = [Scenario::Town, Scenario::Village, Scenario::Flats];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Scenario::Town => "town",
            Scenario::Village => "village",
            Scenario::Flats => "flats",
        }
    }

    /// The scenario of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }

    /// What the scenario fixes besides its streets.
    pub(super) fn setting(self) -> Setting {
        match self {
            Scenario::Town => {
                Setting { nurses: 12, clients: 50, modes: &[Mode::Bicycle], fill: 0.70, mix: &TOWN_MIX }
            }
            Scenario::Village => Setting {
                nurses: 7,
                clients: 42,
                modes: &[Mode::Bicycle, Mode::Car, Mode::Bicycle, Mode::Bicycle, Mode::Car],
                fill: 0.64,
                mix: &VILLAGE_MIX,
            },
            Scenario::Flats => {
                Setting { nurses: 12, clients: 60, modes: &[Mode::Walk], fill: 0.72, mix: &TOWN_MIX }
            }
        }
    }
}

/// What a scenario fixes besides its streets.
pub(super) struct Setting {
    pub(super) nurses: usize,
    pub(super) clients: usize,
    /// Taken by the nurses in turn.
    pub(super) modes: &'static [Mode],
    /// Share of shift time at clients for which the roster is made; lower where travel is longer.
    pub(super) fill: f64,
    pub(super) mix: &'static Mix,
}

/// Clients by kind of care, in hundredths.
const TOWN_MIX: Mix = [
    (Profile::Stockings, 6),
    (Profile::Insulin, 6),
    (Profile::Medication, 6),
    (Profile::Wash, 10),
    (Profile::WashAndEvening, 8),
    (Profile::Shower, 27),
    (Profile::Wound, 13),
    (Profile::Dementia, 8),
    (Profile::Catheter, 13),
    (Profile::EyeDrops, 3),
];

/// The same for a village, where fewer come daily.
const VILLAGE_MIX: Mix = [
    (Profile::Stockings, 5),
    (Profile::Insulin, 5),
    (Profile::Medication, 2),
    (Profile::Wash, 3),
    (Profile::WashAndEvening, 5),
    (Profile::Shower, 30),
    (Profile::Wound, 18),
    (Profile::Dementia, 3),
    (Profile::Catheter, 27),
    (Profile::EyeDrops, 2),
];
