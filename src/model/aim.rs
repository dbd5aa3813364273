//! What a plan can be asked to do better, each with a measure and with prices that lead there.

use super::document::{Document, Paid};
use super::terms::Prices;
use serde::Serialize;

/// How many times dearer an aim is made when plans are sought that serve it. Visits left out stay as much dearer than the rest as
/// they were.
const TIMES: f64 = 4.0;

/// A way in which one plan can be better than another.
///
/// # Units
/// Each aim has a measure that does not depend on prices; less is better. The variants say what is measured over the whole horizon.
/// [`Worth::measure`](crate::solve::Worth::measure) and [`Measure`](crate::report::compare::Measure) give its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Aim {
    /// Fewer nurses for each client. Measure: the number of nurses beyond the first of each client, summed over the clients.
    FewerFaces,
    /// Fewer nurses whom a client did not meet in the history window. Measure: the number of such pairs of a client and a nurse.
    FewerNewFaces,
    /// Care closer to the preferred start, and at regular hours. Measure: minutes beyond the tolerance of preferred starts, and
    /// beyond the spread of regular hours that are not hard.
    OwnHours,
    /// Hours worked in closer proportion to the contracts. Measure: minutes by which nurses work more than their fair share of a
    /// week's hours, as in the price `fair_load`, counted from leaving to being back.
    FairerHours,
    /// Less time on the road. Measure: minutes.
    LessRoad,
}

impl Aim {
    /// Every aim, in the order of the three intentions.
    pub const ALL: [Aim; 5] =
        [Aim::FewerFaces, Aim::FewerNewFaces, Aim::OwnHours, Aim::FairerHours, Aim::LessRoad];

    /// The name in JSON and of files.
    pub fn name(self) -> &'static str {
        match self {
            Aim::FewerFaces => "fewer_faces",
            Aim::FewerNewFaces => "fewer_new_faces",
            Aim::OwnHours => "own_hours",
            Aim::FairerHours => "fairer_hours",
            Aim::LessRoad => "less_road",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Aim::FewerFaces => "Fewer faces",
            Aim::FewerNewFaces => "Fewer new faces",
            Aim::OwnHours => "Closer to the clients' hours",
            Aim::FairerHours => "Fairer hours",
            Aim::LessRoad => "Less road",
        }
    }

    /// What its measure counts, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Aim::FewerFaces => "faces beyond the first",
            Aim::FewerNewFaces => "new faces",
            Aim::OwnHours => "minutes off the clients' hours",
            Aim::FairerHours => "minutes beyond a fair share",
            Aim::LessRoad => "minutes on the road",
        }
    }

    /// The document with prices that lead to plans that serve the aim: its own price four times as high (four times the default
    /// where it is lower than that), and the price of visits left out as well, so that none is left out for it.
    ///
    /// Hours are shared out by the time between leaving home and being back, also where whole shifts are paid: those are given
    /// with the roster.
    pub(crate) fn shifted(self, document: &Document) -> Document {
        let mut document = document.clone();
        let defaults = Prices::default();
        let dear = |price: &mut f64, usual: f64| *price = (price.max(usual) * TIMES).min(Prices::HIGHEST);
        let prices = &mut document.prices;
        for price in [&mut prices.unplanned.vital, &mut prices.unplanned.needed, &mut prices.unplanned.wished]
        {
            dear(price, 0.0);
        }
        match self {
            Aim::FewerFaces => {
                dear(&mut prices.face, defaults.face);
                dear(&mut prices.face_over_max, defaults.face_over_max);
            }
            Aim::FewerNewFaces => dear(&mut prices.new_face, defaults.new_face),
            Aim::OwnHours => {
                dear(&mut prices.preferred_start, defaults.preferred_start);
                dear(&mut prices.irregular_hour, defaults.irregular_hour);
            }
            Aim::FairerHours => {
                // The default is 0. A minute of somebody's fair share is worth a minute on the road.
                dear(&mut prices.fair_load, defaults.travel / TIMES);
                if document.working_time.paid == Paid::Shift {
                    // Contracts are about the hours paid, which are no longer counted.
                    (prices.over_contract, prices.under_contract) = (0.0, 0.0);
                    document.working_time.paid = Paid::Span;
                }
            }
            Aim::LessRoad => dear(&mut prices.travel, defaults.travel),
        }
        document
    }

    /// The document in which a plan costs what it measures by this aim: a minute for each.
    ///
    /// Faces count the same for every client, and a nurse from before the history window is new.
    pub(crate) fn yardstick(self, document: &Document) -> Document {
        let mut document = document.clone();
        document.clients.iter_mut().for_each(|client| client.weight = 1.0);
        document.history.half_life_days = None;
        let tolerance = document.prices.preferred_start_tolerance;
        let free = Prices { preferred_start_tolerance: tolerance, ..Prices::free() };
        document.prices = match self {
            Aim::FewerFaces => Prices { face: 1.0, ..free },
            Aim::FewerNewFaces => Prices { new_face: 1.0, ..free },
            Aim::OwnHours => Prices { preferred_start: 1.0, irregular_hour: 1.0, ..free },
            Aim::FairerHours => Prices { fair_load: 1.0, ..free },
            Aim::LessRoad => Prices { travel: 1.0, ..free },
        };
        document.working_time.paid = Paid::Span;
        document
    }

    /// The term of [`Aim::yardstick`] that it is read from. (A missed meeting costs in every document.)
    pub(crate) fn is_of(self, term: super::Term) -> bool {
        use super::Term;
        match self {
            Aim::FewerFaces => term == Term::Faces,
            Aim::FewerNewFaces => term == Term::NewFaces,
            Aim::OwnHours => matches!(term, Term::PreferredStart | Term::IrregularHour),
            Aim::FairerHours => term == Term::FairLoad,
            Aim::LessRoad => term == Term::Travel,
        }
    }
}
