//! A warning as data, and the warnings found so far.

use crate::error::Mistake;
use serde::{Serialize, Serializer};
use std::fmt;

/// Largest number of warnings that are reported.
pub const MOST: usize = 1_000;

/// What kind of thing is probably wrong. Later versions may add kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// Care asks for a competence or a level that nobody has, or a competence differs from another by a letter.
    Competence,
    /// A care line whose dates lie outside the horizon.
    CareOutsideHorizon,
    /// A client without any care.
    ClientWithoutCare,
    /// A household of one client.
    LonelyHousehold,
    /// A visit is pinned to a nurse who is on leave, or has no shift that day.
    PinnedNurseAway,
    /// Visits that are pinned to one nurse at the same time.
    PinsAtOnce,
    /// A lock that cannot hold: its days are not planned, its nurse has no shift on them, or a pin contradicts it.
    LockCannotHold,
    /// A team of more than 12 nurses.
    LargeTeam,
    /// A nurse who is meant to take part in a meeting, and has no shift with room for it on some of its days; or a
    /// meeting in which nobody takes part.
    NotAtMeeting,
    /// A shift that no time window of a visit, and no meeting, reaches.
    IdleShift,
    /// A nurse without a shift in the horizon.
    NurseWithoutShift,
    /// Past visits by a nurse who is not in the team, and whose id is nearly that of a nurse who is.
    UnknownPastNurse,
    /// Visits of less than 3 minutes or more than 4 hours.
    UnusualMinutes,
    /// A time window that ends before it begins, and so goes on past midnight for more than 10 hours.
    WindowOverMidnight,
    /// An absence of a nurse, or days on which a client is away, of which none lies in the horizon.
    LeaveOutsideHorizon,
    /// A price that changes nothing in this document.
    PriceWithoutEffect,
    /// Prices by which a visit is left out for the sake of something that matters less: of a visit with a lower priority, or of a
    /// nurse whom the client would rather not have.
    CheapToLeaveOut,
    /// The horizon has no time zone.
    NoTimeZone,
    /// A plan was made when the document had other people or other days.
    ChangedDocument,
    /// The moment of planning has an offset from UTC that is not the team's.
    OtherOffset,
    /// The moment of planning is weeks before the plan.
    NowLongBefore,
    /// An event that changes nothing.
    EventWithoutEffect,
    /// An event of days that are over.
    EventBeforeNow,
    /// A nurse is said to be so late that nothing is left of her shift.
    LateBeyondShift,
    /// A place far from all others, or with latitude and longitude exchanged.
    FarPlace,
}

/// What is probably wrong, with its place and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The kind.
    pub kind: WarningKind,
    /// The path, the ids, the problem and the mend, in the form of a mistake.
    pub said: Mistake,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said.fmt(f)
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Warning", 6)?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("path", &self.said.path)?;
        fields.serialize_field("of", &self.said.of)?;
        fields.serialize_field("line", &self.said.line)?;
        fields.serialize_field("problem", &self.said.problem)?;
        fields.serialize_field("mend", &self.said.mend)?;
        fields.end()
    }
}

/// The warnings so far.
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Warning>);

impl Found {
    pub(super) fn add(
        &mut self,
        kind: WarningKind,
        path: impl fmt::Display,
        problem: String,
        mend: impl Into<String>,
    ) {
        if self.0.len() < MOST {
            self.0.push(Warning { kind, said: Mistake::new(path.to_string(), problem, mend) });
        }
    }
}
