//! Who met whom before the horizon, and how long ago.

use super::calendar::Calendar;
use super::document::Document;
use rustc_hash::FxHashMap;

/// How well each client knows each nurse from the history window.
#[derive(Debug, Clone)]
pub(crate) struct Acquaintance {
    nurses: usize,
    /// `[client * nurses + nurse]`: whether they met.
    met: Vec<bool>,
    /// Indexed as `met`: 0 for a nurse who is fully familiar, 1 for a stranger.
    strangeness: Vec<f64>,
}

impl Acquaintance {
    /// Who met whom, by the history of a document.
    ///
    /// Without a half-life, a nurse who met the client is no stranger. With one, each visit adds familiarity, which
    /// decays exponentially; a visit on the first day would add 1. Strangeness is what familiarity lacks to 1; see
    /// [`History::half_life_days`](super::document::History::half_life_days).
    ///
    /// # Complexity
    /// O(V log V) for V past visits, and clients times nurses.
    pub(super) fn new(document: &Document, calendar: &Calendar) -> Self {
        let history = &document.history;
        let nurses = document.nurses.len();
        let nurse_of: FxHashMap<&str, usize> =
            document.nurses.iter().enumerate().map(|(i, n)| (n.id.as_str(), i)).collect();
        let client_of: FxHashMap<&str, usize> =
            document.clients.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
        let longest = 7 * i64::from(history.weeks);
        let mut past = Vec::new();
        for visit in &history.visits {
            let age = -calendar.days_from_first(visit.date);
            if let (Some(client), Some(nurse)) =
                (client_of.get(visit.client.as_str()), nurse_of.get(visit.nurse.as_str()))
                && (1..=longest).contains(&age)
            {
                past.push((age, client * nurses + nurse));
            }
        }
        // The oldest first, so that the sum does not depend on the order in the document.
        past.sort_unstable_by_key(|&(age, _)| std::cmp::Reverse(age));
        let pairs = nurses * document.clients.len();
        let (mut met, mut familiarity) = (vec![false; pairs], vec![0.0; pairs]);
        for (age, pair) in past {
            met[pair] = true;
            familiarity[pair] += history.half_life_days.map_or(1.0, |days| libm::exp2(-age as f64 / days));
        }
        let strangeness = familiarity.into_iter().map(|known: f64| (1.0 - known).max(0.0)).collect();
        Self { nurses, met, strangeness }
    }

    /// Nobody has met anybody.
    pub(super) fn none(nurses: usize, clients: usize) -> Self {
        let pairs = nurses * clients;
        Self { nurses, met: vec![false; pairs], strangeness: vec![1.0; pairs] }
    }

    /// Adds a client who is fully familiar with every nurse.
    pub(super) fn add_familiar(&mut self) {
        self.met.resize(self.met.len() + self.nurses, true);
        self.strangeness.resize(self.strangeness.len() + self.nurses, 0.0);
    }

    /// Whether a client met a nurse in the history window.
    pub(crate) fn has_met(&self, client: u32, nurse: u32) -> bool {
        self.met[client as usize * self.nurses + nurse as usize]
    }

    /// For each nurse, in order, the share of the price of a new face that she costs the client, 0 to 1.
    pub(crate) fn strangeness(&self, client: u32) -> &[f64] {
        &self.strangeness[client as usize * self.nurses..][..self.nurses]
    }
}
