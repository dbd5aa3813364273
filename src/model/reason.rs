//! Why a nurse cannot make a visit that was left out: typed data with a sentence.

use super::document::DateText;
use crate::error::short_numbers;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Why a nurse cannot make a visit that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Nurse id.
    pub nurse: String,
    /// Why she cannot: the kind, its data and a sentence for people. A sentence alone is read as well.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    #[schemars(with = "Written")]
    pub why: Why,
    /// The day that the reason is about, if it is not the day of the visit. Where kring chooses the day, the reason is
    /// that of the day on which the nurse came nearest to making the visit, of all days that the other visits of the
    /// care line leave possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub date: Option<Date>,
}

/// Why a nurse cannot make a visit. Later versions may add reasons.
///
/// It is displayed as the predicate of a sentence about the nurse: `has level 2, the care needs 3`. A plan in JSON has
/// an object with the `kind`, its data and that text: `{"kind": "level", "has": 2, "needs": 3, "text": "has level 2,
/// the care needs 3"}`. A text alone, as in plans from before there were kinds, is read as [`Why::Text`]; so is the
/// text of a kind that this version does not know.
///
/// # Example
/// ```
/// use kring::model::reason::{Reason, Why};
///
/// let written = r#"{"nurse": "ann", "why": {"kind": "level", "has": 2, "needs": 3}}"#;
/// let reason: Reason = serde_json::from_str(written)?;
/// assert_eq!(reason.why, Why::Level { has: 2, needs: 3 });
/// assert_eq!(reason.why.to_string(), "has level 2, the care needs 3");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// Her level of competence is too low.
    Level {
        /// Her level.
        has: u8,
        /// The least level of the care line.
        needs: u8,
    },
    /// She lacks a named competence.
    Competence {
        /// The first one that she lacks.
        missing: String,
    },
    /// Nurse and client are a forbidden pair, whichever of the two names the other.
    ForbiddenPair,
    /// The visit is pinned to a colleague.
    Pinned,
    /// The client accepts only known faces for short visits, and does not know her.
    NewFace {
        /// Visits shorter than this many minutes are for known faces only.
        under_minutes: f64,
    },
    /// She has no shift on the day.
    NoShift,
    /// She is on leave on the day: the absences of the document say so.
    OnLeave,
    /// None of her shifts on the day reaches into the time window.
    OutsideWindow,
    /// Her tours have no gap in the time window that is long enough.
    NoGap {
        /// Length of the visit, in minutes, without the way there.
        minutes: u32,
    },
    /// With the visit she would be home after the latest end of her shift; `minutes` more in her shift would be enough.
    HomeLate {
        /// Minutes after the latest end of her shift, rounded up.
        minutes: u32,
    },
    /// She would be one face more than the client accepts.
    MaxFaces,
    /// Her tours have no gap near the start of this care on other days, which the regular hour asks for.
    RegularHour,
    /// She would break another bound on the plan as a whole.
    Bound,
    /// Her cheapest place for the visit costs more than leaving it out.
    Dearer,
    /// She has room for the visit; the search ended before that room was used.
    HasRoom,
    /// In words alone: from a plan that was made by another version or by hand.
    Text {
        /// The text as it was read.
        text: String,
    },
}

impl fmt::Display for Reason {
    /// The predicate of a sentence about the nurse, with the day if it is not that of the visit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date {
            Some(date) => write!(f, "{} (nearest on {date})", self.why),
            None => self.why.fmt(f),
        }
    }
}

impl Why {
    /// What would lift the reason, as a request to the team; `None` for a text.
    pub fn mend(&self) -> Option<String> {
        let mend = match self {
            Self::HasRoom => "search longer (--seconds)",
            Self::HomeLate { minutes: 1 } => {
                return Some("let the shift end 1 minute later (latest_end)".to_owned());
            }
            Self::HomeLate { minutes } => {
                return Some(format!("let the shift end {minutes} minutes later (latest_end)"));
            }
            Self::Dearer => {
                "give the care a higher priority, or raise the price of leaving visits out (prices.unplanned)"
            }
            Self::RegularHour => "let the hours lie further apart (regular_hour.within_minutes)",
            Self::MaxFaces => "allow one face more (max_faces.count)",
            Self::NewFace { .. } => "let her come along with a colleague first",
            Self::Bound => "loosen the bound",
            Self::NoGap { .. } => {
                "let the shift begin earlier or end later, or widen the time window where the care allows it"
            }
            Self::OutsideWindow => "give her a shift at that hour",
            Self::Pinned => "lift the pin, or pin the visit to her",
            Self::NoShift => "give her a shift on that day",
            Self::OnLeave => "ask somebody to stand in on that day",
            Self::ForbiddenPair => "lift what keeps the two apart",
            Self::Level { .. } => "ask for a lower level of the care",
            Self::Competence { .. } => "let her learn it, or ask for somebody who knows it",
            Self::Text { .. } => return None,
        };
        Some(mend.to_owned())
    }

    /// Rank of how much has to change before the reason is gone, from a longer search to further training. Mends are
    /// offered in this order.
    pub(crate) fn effort(&self) -> u8 {
        match self {
            Self::HasRoom => 0,
            Self::HomeLate { .. } => 1,
            Self::Dearer => 2,
            Self::RegularHour => 3,
            Self::NoGap { .. } => 4,
            Self::MaxFaces => 5,
            Self::NewFace { .. } => 6,
            Self::Bound => 7,
            Self::Pinned => 8,
            Self::OutsideWindow => 9,
            Self::NoShift => 10,
            Self::OnLeave => 11,
            Self::Competence { .. } => 12,
            Self::Level { .. } => 13,
            Self::ForbiddenPair => 14,
            Self::Text { .. } => 15,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level { has, needs } => write!(f, "has level {has}, the care needs {needs}"),
            Self::Competence { missing } => write!(f, "lacks the competence {missing}"),
            Self::ForbiddenPair => f.write_str("does not visit this client"),
            Self::Pinned => f.write_str("the visit is pinned to a colleague"),
            Self::NewFace { under_minutes } => {
                // (A plan that is read may hold any number.)
                let minutes = short_numbers(under_minutes.to_string());
                write!(f, "is new to the client, who wants known faces in visits under {minutes} minutes")
            }
            Self::NoShift => f.write_str("has no shift that day"),
            Self::OnLeave => f.write_str("is on leave that day"),
            Self::OutsideWindow => f.write_str("no shift that day reaches into the time window"),
            Self::NoGap { minutes } => {
                write!(f, "no gap of {minutes} minutes and the way there in the time window")
            }
            Self::HomeLate { minutes: 1 } => {
                f.write_str("would be back 1 minute after the latest end of her shift")
            }
            Self::HomeLate { minutes } => {
                write!(f, "would be back {minutes} minutes after the latest end of her shift")
            }
            Self::MaxFaces => f.write_str("would be one face more than the client accepts"),
            Self::RegularHour => f.write_str("no gap at about the hour of the other days"),
            Self::Bound => f.write_str("would break a bound of the plan"),
            Self::Dearer => f.write_str("would cost more than leaving the visit out"),
            Self::HasRoom => f.write_str("has room for it; the search ended before that was used"),
            Self::Text { text } => f.write_str(text),
        }
    }
}

/// A reason as a plan in JSON has it.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum Written {
    /// A kind with its data.
    Kind(Why),
    /// A kind that only newer versions know.
    Newer {
        /// What it says.
        text: String,
    },
    /// A sentence alone.
    Text(String),
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Why, D::Error> {
    Ok(match Written::deserialize(deserializer)? {
        Written::Kind(why) => why,
        Written::Newer { text } | Written::Text(text) => Why::Text { text },
    })
}

fn write<S: Serializer>(why: &Why, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct WithText<'a> {
        #[serde(flatten)]
        why: &'a Why,
        text: String,
    }
    match why {
        Why::Text { .. } => why.serialize(serializer),
        _ => WithText { why, text: why.to_string() }.serialize(serializer),
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, Why};
    use serde_json::{Value, from_value, json, to_value};

    fn read(why: Value) -> Why {
        from_value::<Reason>(json!({"nurse": "n", "why": why})).unwrap().why
    }

    #[test]
    fn a_reason_is_written_with_its_data_and_its_sentence_and_read_back() {
        let all = [
            (Why::Level { has: 2, needs: 3 }, json!({"kind": "level", "has": 2, "needs": 3})),
            (
                Why::Competence { missing: "wounds".into() },
                json!({"kind": "competence", "missing": "wounds"}),
            ),
            (Why::ForbiddenPair, json!({"kind": "forbidden_pair"})),
            (Why::NewFace { under_minutes: 12.5 }, json!({"kind": "new_face", "under_minutes": 12.5})),
            (Why::NoGap { minutes: 40 }, json!({"kind": "no_gap", "minutes": 40})),
            (Why::HasRoom, json!({"kind": "has_room"})),
            (Why::OnLeave, json!({"kind": "on_leave"})),
            (Why::HomeLate { minutes: 2 }, json!({"kind": "home_late", "minutes": 2})),
        ];
        for (why, mut expected) in all {
            let reason = Reason { nurse: "n".to_owned(), why: why.clone(), date: None };
            let written = to_value(&reason).unwrap();
            expected["text"] = json!(why.to_string());
            assert_eq!(written, json!({"nurse": "n", "why": expected}));
            assert_eq!(from_value::<Reason>(written).unwrap(), reason);
        }
    }

    #[test]
    fn sentences_of_older_plans_and_kinds_of_newer_ones_are_read_as_text() {
        let text = |text: &str| Why::Text { text: text.to_owned() };
        assert_eq!(read(json!("has no shift that day")), text("has no shift that day"));
        let newer = json!({"kind": "moon", "phase": 3, "text": "the moon is full"});
        assert_eq!(read(newer), text("the moon is full"));
        let written = to_value(Reason { nurse: "n".into(), why: text("so it is"), date: None }).unwrap();
        assert_eq!(read(written["why"].clone()), text("so it is"));
        assert!(from_value::<Reason>(json!({"nurse": "n", "why": {"kind": "moon"}})).is_err());
    }
}
