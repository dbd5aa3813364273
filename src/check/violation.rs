//! What the second opinion finds: one broken rule, with who, when and how much.

use serde::Serialize;
use std::fmt;

/// A rule that a plan must keep. More rules may come.
///
/// Rules up to [`Rule::FacesList`] are about the plan's form: does it speak of this document, and
/// does it account for every visit? The others are the hard rules of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rule {
    /// The document has no such nurse.
    UnknownNurse,
    /// The document has no such client.
    UnknownClient,
    /// The client has no such care line.
    UnknownCare,
    /// The document has no such meeting.
    UnknownMeeting,
    /// The nurse has no shift that starts then.
    UnknownShift,
    /// A tour with neither a visit nor a meeting, or a time that is not a whole second.
    Form,
    /// Two tours of one shift. Amount: 1.
    ShiftTwice,
    /// A visit that is made more than once, or a meeting held twice with a nurse. Amount: 1.
    VisitTwice,
    /// A visit on a day on which its care line never has one, or a meeting on a day that is not the nurse's. Amount: 1.
    Day,
    /// Days that are each possible, but not together. Amount: visits that do not fit.
    DayPattern,
    /// The list of unplanned visits, or that of missed meetings, differs from what the tours leave out. Amount:
    /// entries, at least 1.
    UnplannedList,
    /// The list of faces, or that of stand-ins, contradicts the tours. Amount: 1.
    FacesList,
    /// The nurse is away on the day of the shift. Amount: 1.
    Absence,
    /// The nurse's level is lower than the care asks. Amount: levels.
    Level,
    /// The nurse lacks a named competence. Amount: competences.
    Competence,
    /// The nurse must not visit this client, by the client's list or the nurse's. Amount: 1.
    ForbiddenPair,
    /// A short visit by a nurse whom the client does not know, although the client asked for known faces at short
    /// visits. Amount: 1.
    KnownFace,
    /// The visit is pinned to another nurse. Amount: 1.
    PinnedNurse,
    /// The visit is pinned to another start. Amount: seconds.
    PinnedStart,
    /// More faces than the client's hard limit. Amount: faces.
    MaxFaces,
    /// The starts of a care line spread more than its hard regular hour allows. Amount: seconds.
    RegularHour,
    /// A nurse misses a meeting that she has to attend. Amount: days.
    MissedMeeting,
    /// Care, or a meeting, starts outside its time window. Amount: seconds.
    Window,
    /// The end of care is not its start plus its duration. Amount: seconds.
    Duration,
    /// Care starts before the nurse can be there. Amount: seconds.
    Arrival,
    /// The time of the return is not the end of the last stop plus the travel to where the tour ends. Amount: seconds.
    Return,
    /// The nurse leaves before the shift starts. Amount: seconds.
    ShiftStart,
    /// The nurse is back after the latest end of the shift. Amount: seconds.
    LatestEnd,
    /// Two tours of a nurse at the same time. Amount: seconds.
    Overlap,
    /// Too little rest between the work of two dates. Amount: seconds.
    Rest,
    /// The printed travel differs from the travel time between the places. Amount: seconds.
    TravelSeconds,
    /// The printed waiting is not the rest of the tour after travel, care, meetings and breaks. Amount: seconds.
    WaitingSeconds,
    /// Not exactly one break where the shift has one, or a break where it has none. Amount: breaks.
    BreakCount,
    /// The break is shorter or longer than the shift's. Amount: seconds.
    BreakLength,
    /// The break is not at its time: too early, too late, or not where its place puts it. Amount: seconds.
    BreakTime,
    /// The plan changes what has already happened. Either a visit is not as it was published although, at the moment of
    /// replanning, it has begun or its nurse is on the way to it. Or the plan has a visit that starts, or a tour that
    /// leaves, before that moment, and that was not published so. Amount: seconds for a time, otherwise 1.
    Frozen,
    /// A visit differs from the published plan in something that a hard lock keeps. Amount: for its start, the seconds
    /// beyond the tolerance; otherwise the number of visits.
    Locked,
}

impl Rule {
    /// Every rule, in order.
    pub const ALL: &'static [Rule] = &[
        Rule::UnknownNurse,
        Rule::UnknownClient,
        Rule::UnknownCare,
        Rule::UnknownMeeting,
        Rule::UnknownShift,
        Rule::Form,
        Rule::ShiftTwice,
        Rule::VisitTwice,
        Rule::Day,
        Rule::DayPattern,
        Rule::UnplannedList,
        Rule::FacesList,
        Rule::Absence,
        Rule::Level,
        Rule::Competence,
        Rule::ForbiddenPair,
        Rule::KnownFace,
        Rule::PinnedNurse,
        Rule::PinnedStart,
        Rule::MaxFaces,
        Rule::RegularHour,
        Rule::MissedMeeting,
        Rule::Window,
        Rule::Duration,
        Rule::Arrival,
        Rule::Return,
        Rule::ShiftStart,
        Rule::LatestEnd,
        Rule::Overlap,
        Rule::Rest,
        Rule::TravelSeconds,
        Rule::WaitingSeconds,
        Rule::BreakCount,
        Rule::BreakLength,
        Rule::BreakTime,
        Rule::Frozen,
        Rule::Locked,
    ];

    /// The name in JSON and messages.
    pub fn name(self) -> &'static str {
        match self {
            Rule::UnknownNurse => "unknown_nurse",
            Rule::UnknownClient => "unknown_client",
            Rule::UnknownCare => "unknown_care",
            Rule::UnknownMeeting => "unknown_meeting",
            Rule::UnknownShift => "unknown_shift",
            Rule::Form => "form",
            Rule::ShiftTwice => "shift_twice",
            Rule::VisitTwice => "visit_twice",
            Rule::Day => "day",
            Rule::DayPattern => "day_pattern",
            Rule::UnplannedList => "unplanned_list",
            Rule::FacesList => "faces_list",
            Rule::Absence => "absence",
            Rule::Level => "level",
            Rule::Competence => "competence",
            Rule::ForbiddenPair => "forbidden_pair",
            Rule::KnownFace => "known_face",
            Rule::PinnedNurse => "pinned_nurse",
            Rule::PinnedStart => "pinned_start",
            Rule::MaxFaces => "max_faces",
            Rule::RegularHour => "regular_hour",
            Rule::MissedMeeting => "missed_meeting",
            Rule::Window => "window",
            Rule::Duration => "duration",
            Rule::Arrival => "arrival",
            Rule::Return => "return",
            Rule::ShiftStart => "shift_start",
            Rule::LatestEnd => "latest_end",
            Rule::Overlap => "overlap",
            Rule::Rest => "rest",
            Rule::TravelSeconds => "travel_seconds",
            Rule::WaitingSeconds => "waiting_seconds",
            Rule::BreakCount => "break_count",
            Rule::BreakLength => "break_length",
            Rule::BreakTime => "break_time",
            Rule::Frozen => "frozen",
            Rule::Locked => "locked",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// Path in the plan, such as `tours[3].stops[2]`; for a rule about a whole client a path in the
    /// document, such as `document.clients[2]`.
    pub place: String,
    /// Who, when and how much, in a sentence.
    pub message: String,
    /// How much, above 0: seconds for rules about time, a count for the others.
    pub amount: i64,
}

impl Violation {
    /// A violation of `rule` at `place`, described in `message`; `amount` says by how much.
    pub fn new(rule: Rule, place: impl Into<String>, message: impl Into<String>, amount: i64) -> Self {
        Self { rule, place: place.into(), message: message.into(), amount }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.message)
    }
}

/// The violations found so far, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Findings(pub Vec<Violation>);

impl Findings {
    pub fn add(&mut self, rule: Rule, place: impl Into<String>, amount: i64, message: impl Into<String>) {
        self.0.push(Violation { rule, place: place.into(), message: message.into(), amount: amount.max(1) });
    }
}

/// The distance between two numbers. It saturates, because a hostile plan may contain any number.
pub(super) fn apart(a: i64, b: i64) -> i64 {
    a.saturating_sub(b).saturating_abs()
}
