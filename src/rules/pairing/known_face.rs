//! Hard: short visits only by a nurse whom the client knows, where the client asks for that.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::reason::Why;

pub(super) struct KnownFace;

impl PairingRule for KnownFace {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        let (client, nurse) = (pair.client, pair.nurse_index);
        match client.known_faces_under_minutes {
            Some(minutes)
                if pair.line.minutes < minutes && !pair.have_met && !client.known.contains(&nurse) =>
            {
                Verdict::Forbidden(Why::NewFace { under_minutes: minutes })
            }
            _ => Verdict::Free,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Document;
    use crate::model::reason::Why;
    use crate::rules::pairing::judge;

    #[test]
    fn a_stranger_may_make_long_visits_only_and_is_told_why() {
        // Of four nurses c has met one, one is the first nurse, one of the circle.
        let nurses = ["met", "first", "circle", "new"]
            .map(|id| format!(r#"{{"id": "{id}", "home": {{"index": 0}}, "shifts": []}}"#));
        let care = |id: &str, minutes: u32| {
            format!(
                r#"{{"id": "{id}", "days": "daily", "minutes": {minutes},
                    "window": {{"from": "08:00", "to": "10:00"}}}}"#
            )
        };
        let text = format!(
            r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 1}}, "nurses": [{}],
                "clients": [{{"id": "c", "location": {{"index": 1}}, "first_nurse": "first", "circle": ["circle"],
                    "known_faces_under_minutes": 30, "care": [{}, {}]}}],
                "history": {{"visits": [{{"client": "c", "nurse": "met", "date": "2026-03-01"}}]}},
                "travel": {{"matrix": {{"bicycle": [[0, 300], [300, 0]]}}}}}}"#,
            nurses.join(", "),
            care("short", 29),
            care("long", 30),
        );
        let document: Document = serde_json::from_str(&text).unwrap();
        let problem = crate::solve::prepare(&document, std::path::Path::new(".")).unwrap();
        let why = |option: u32| [0, 1, 2, 3].map(|nurse| judge(&problem.facts, option, nurse).err());
        let new = Why::NewFace { under_minutes: 30.0 };
        assert_eq!(why(0), [None, None, None, Some(new)]);
        assert_eq!(why(1), [None, None, None, None]);
    }
}
