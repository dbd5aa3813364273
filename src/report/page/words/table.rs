//! What has to be said in every language.

use crate::model::Term;
use crate::model::terms::Unit;

pub type Text = &'static str;

/// The singular and the plural of a thing.
pub type Count = (Text, Text);

/// `1 visit`, `2 visits`.
pub fn count(number: usize, word: Count) -> String {
    format!("{number} {}", if number == 1 { word.0 } else { word.1 })
}

/// Every word and sentence of the page. Sentences with `{}` are filled by [`fill`], in order.
pub struct Words {
    pub days: [Text; 7],
    pub short_days: [Text; 7],
    pub months: [Text; 12],
    // Things, in singular and plural.
    pub client: Count,
    pub nurse: Count,
    pub visit: Count,
    pub face: Count,
    pub week: Count,
    pub a_day: Count,
    // Views.
    pub clients: Text,
    pub board: Text,
    pub map: Text,
    pub team: Text,
    pub sheets: Text,
    // Head.
    pub the_plan: Text,
    pub skip: Text,
    pub views: Text,
    pub filter: Text,
    pub all_clients: Text,
    pub all_nurses: Text,
    pub all_days: Text,
    pub day: Text,
    pub clear: Text,
    pub checked: Text,
    pub checked_late: Text,
    pub none_left_out: Text,
    pub left_out_of: Text,
    pub broken: Text,
    pub broken_note: Text,
    pub more: Text,
    // Clients.
    pub who_comes: Text,
    pub in_week: Text,
    pub first_nurse: Text,
    pub is_first_nurse: Text,
    pub circle: Text,
    pub outside_circle: Text,
    pub in_circle: Text,
    pub not_met: Text,
    pub met: Text,
    pub met_never: Text,
    pub in_weeks: Text,
    pub possible: Text,
    pub fewest_is: Text,
    pub no_visits: Text,
    pub nobody: Text,
    pub no_match: Text,
    pub sentence_faces: Text,
    pub sentence_first: Text,
    pub sentence_most: Text,
    pub sentence_new: Text,
    pub sentence_known: Text,
    pub at_what_hour: Text,
    pub dots_say: Text,
    pub dots_own: Text,
    pub spread: Text,
    pub may_start: Text,
    pub as_table: Text,
    pub date: Text,
    pub time: Text,
    pub care: Text,
    pub who: Text,
    pub left_out: Text,
    pub print_sheet: Text,
    pub all_of_them: Text,
    pub legend: Text,
    pub legend_first: Text,
    pub legend_new: Text,
    pub legend_letters: Text,
    pub legend_out: Text,
    pub legend_circle: Text,
    pub all_clients_back: Text,
    // Sheets.
    pub sheet_title: Text,
    pub sheet_intro: Text,
    pub sheet_about: Text,
    pub sheet_note: Text,
    pub sheet_faces: Text,
    pub sheet_first: Text,
    pub sheet_new: Text,
    pub sheet_first_time: Text,
    pub sheet_out: Text,
    pub sheet_phone: Text,
    pub print_all: Text,
    pub print_hint: Text,
    // Board.
    pub board_note: Text,
    pub shift: Text,
    pub travel: Text,
    pub waiting: Text,
    pub break_: Text,
    pub away: Text,
    pub no_tour: Text,
    pub leaves: Text,
    pub back: Text,
    pub overtime: Text,
    pub visit_by_first: Text,
    pub overview: Text,
    pub min: Text,
    // A visit.
    pub close: Text,
    pub why: Text,
    pub pinned: Text,
    pub starts_between: Text,
    pub needs: Text,
    pub priority_is: Text,
    pub own_is: [Text; 3],
    pub not_first: [Text; 5],
    pub level: Text,
    pub way_before: Text,
    pub waits: Text,
    // Map.
    pub map_note: Text,
    pub map_straight: Text,
    pub map_none: Text,
    pub zoom_in: Text,
    pub zoom_out: Text,
    pub whole: Text,
    pub homes: Text,
    pub map_stop: Text,
    pub map_far: Text,
    pub tours: Text,
    // Team.
    pub team_note: Text,
    pub great_care: Text,
    pub working_lives: Text,
    pub resources: Text,
    pub mean: Text,
    pub tenth: Text,
    pub tenth_note: Text,
    pub of_all_visits: Text,
    pub worst: Text,
    pub with_value: Text,
    pub indices: Text,
    pub indices_note: Text,
    pub less_is_better: Text,
    pub more_is_better: Text,
    pub continuity: Text,
    pub faces_possible: Text,
    pub hours_go: Text,
    pub with_clients: Text,
    pub meetings: Text,
    pub empty_shifts: Text,
    pub ends_of_shifts: Text,
    pub room_note: Text,
    pub paid_share: Text,
    pub paid_note: Text,
    pub shift_share: Text,
    pub hours_contract: Text,
    pub hours_note: Text,
    pub contract: Text,
    pub difference: Text,
    pub weeks_apart: Text,
    pub price_list: Text,
    pub price_note: Text,
    pub costs_nothing: Text,
    pub price: Text,
    pub costs: Text,
    pub total: Text,
    pub why_left_out: Text,
    pub no_reason: Text,
    /// Stands before the nurse who is nearest to making a visit, and what would have to change.
    pub first_try: Text,
    pub priority: [Text; 3],
    pub changes: Text,
    pub changes_none: Text,
    pub before: Text,
    pub now: Text,
    pub wishes_not_kept: Text,
    pub stand_ins: Text,
    pub stand_in: Text,
    pub introduced: Text,
    pub stranger: Text,
    pub leave: Text,
    pub circles_kept: Text,
    pub by_others: Text,
    // Many teams.
    pub teams: Count,
    pub teams_note: Text,
    pub teams_faces: Text,
    pub teams_tenth: Text,
    pub teams_paid: Text,
    pub teams_road: Text,
    pub teams_rules: Text,
    pub teams_unreadable: Text,
    pub foot: Text,
    /// A term of the price list in a few words; `None` where the language has none yet; the page then shows the English
    /// words of the table of terms.
    pub term: fn(Term) -> Option<Text>,
    /// What a price is for, with its article: `a face`.
    pub unit: fn(Unit) -> Text,
    pub measures: [(Text, Text); 11],
}

/// A sentence with its gaps filled, in order.
pub fn fill(sentence: &str, parts: &[&str]) -> String {
    let mut out = String::new();
    let mut parts = parts.iter();
    let mut pieces = sentence.split("{}").peekable();
    while let Some(piece) = pieces.next() {
        out.push_str(piece);
        if pieces.peek().is_some() {
            out.push_str(parts.next().unwrap_or(&""));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_order() {
        assert_eq!(fill("{} of {}.", &["3", "5"]), "3 of 5.");
        assert_eq!(fill("none", &["3"]), "none");
        assert_eq!(fill("{} and {}", &["a"]), "a and ");
    }
}
