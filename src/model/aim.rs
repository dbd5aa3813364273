//! Aims: ways in which a plan can be made better, each with a measure and with prices that lead to it.

use super::document::{Document, Paid};
use super::terms::Prices;
use serde::Serialize;

/// Factor by which the prices of an aim are raised to find plans that serve it. The prices of visits left out are
/// raised by the same factor, so that the ratio of the two stays.
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

    /// The document with prices that lead to plans that serve the aim. The aim's own prices become four times as high
    /// (four times the default where they are below it). So do the prices of visits left out, so that no visit is left
    /// out for the aim.
    ///
    /// For fairer hours, the time between leaving home and being back counts as paid, also where whole shifts are paid,
    /// because the roster alone decides what whole shifts pay.
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
                // The default is 0, so the lowest price used makes a minute beyond the fair share cost as much as a
                // minute of travel.
                dear(&mut prices.fair_load, defaults.travel / TIMES);
                if document.working_time.paid == Paid::Shift {
                    // Contracts concern the hours paid by shift, which are no longer counted.
                    (prices.over_contract, prices.under_contract) = (0.0, 0.0);
                    document.working_time.paid = Paid::Span;
                }
            }
            Aim::LessRoad => dear(&mut prices.travel, defaults.travel),
        }
        document
    }

    /// The document under which the cost of a plan is its measure by this aim: one minute for each unit of the measure.
    ///
    /// Every client has weight 1, and there is no half-life: a nurse is new unless the client met her in the history
    /// window.
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

    /// Whether the measure is read from this term of a cost under [`Aim::yardstick`]. (Other terms are not always 0: a
    /// missed meeting costs something in every document.)
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
