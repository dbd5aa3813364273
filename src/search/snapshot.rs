//! Snapshots: the best plan seen, updated by copying only the tours that changed since; and the way back to a draft.

use super::draft::Draft;
use crate::model::cost::Cost;
use crate::rules::{Part, Proposal, StopKind, Tour};

/// Tours, day choices and cost of a draft.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) tours: Vec<Tour>,
    pub(crate) options: Vec<u32>,
    pub(crate) cost: Cost,
    /// Tours with visits.
    pub(crate) tours_used: usize,
    /// Number of unplanned visits.
    pub(crate) unplanned: usize,
    /// [Excess](Draft::excess) of the draft.
    pub(crate) excess: i64,
    stale: Vec<bool>,
    changed: Vec<u32>,
}

impl Snapshot {
    /// A copy of the draft as it stands.
    pub(crate) fn of(draft: &Draft<'_>) -> Self {
        Self {
            tours: draft.tours().to_vec(),
            options: draft.options().to_vec(),
            cost: draft.cost(),
            tours_used: draft.used_tours(),
            unplanned: draft.unplanned().len(),
            excess: draft.excess(),
            stale: vec![false; draft.tours().len()],
            changed: Vec::new(),
        }
    }

    /// Notes that the draft's tour is no longer the one kept here.
    #[inline]
    pub(crate) fn mark(&mut self, shift: u32) {
        if !std::mem::replace(&mut self.stale[shift as usize], true) {
            self.changed.push(shift);
        }
    }

    /// Notes that none of the draft's tours may be the one kept here.
    pub(crate) fn mark_all(&mut self) {
        (0..self.tours.len() as u32).for_each(|shift| self.mark(shift));
    }

    /// Takes over a draft that differs only in marked tours.
    pub(crate) fn catch_up(&mut self, draft: &Draft<'_>) {
        for shift in self.changed.drain(..) {
            let at = shift as usize;
            self.stale[at] = false;
            self.tours[at].copy_from(draft.tour(shift));
        }
        // The day of every visit is copied, not only of those in changed tours: an unplanned visit of a block must have
        // the day of the pattern that the others follow.
        self.options.copy_from_slice(draft.options());
        self.cost = draft.cost();
        self.tours_used = draft.used_tours();
        self.unplanned = draft.unplanned().len();
        self.excess = draft.excess();
    }

    /// Whether a draft is better: it has less excess, or it has equal excess and is cheaper.
    #[inline]
    pub(crate) fn is_worse_than(&self, draft: &Draft<'_>) -> bool {
        (draft.excess(), draft.cost()) < (self.excess, self.cost)
    }
}

impl Draft<'_> {
    /// Becomes the draft that a snapshot is [of](Snapshot::of).
    pub(crate) fn load(&mut self, snapshot: &Snapshot) {
        let mut draft = Self::empty(self.problem, self.evaluator, self.candidates);
        (draft.evaluations, draft.most_tours) = (self.evaluations, self.most_tours);
        draft.set_penalty(self.penalty());
        std::mem::swap(&mut draft.cache, &mut self.cache);
        draft.cache.empty_all();
        for (visit, &option) in (0..).zip(&snapshot.options) {
            draft.choose(visit, option);
        }
        let mut proposal = Proposal::default();
        for (shift, tour) in (0..).zip(&snapshot.tours).filter(|(_, tour)| !tour.is_empty()) {
            proposal.tour(shift, tour.break_at);
            for stop in &tour.stops {
                match stop.kind {
                    StopKind::Visit { option, .. } => proposal.part(Part::Visit(option)),
                    StopKind::Break => proposal.part(Part::Break),
                    StopKind::Home => &mut proposal,
                };
            }
        }
        let loaded = draft.apply(&proposal);
        debug_assert!(loaded.is_some(), "a plan that was feasible");
        draft.commit();
        *self = draft;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::rules::Evaluator;
    use crate::search::candidates::Candidates;
    use crate::search::insertion::Blinks;

    #[test]
    fn a_visit_unplanned_keeps_to_the_pattern_of_its_block() {
        // The nurse works on days 0 and 1; of each pattern the second day has no shift.
        let document: Document = serde_json::from_str(
            r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 4},
                "nurses": [{"id": "n", "home": {"index": 0}, "shifts": [
                    {"date": "2026-03-02", "start": "07:00", "end": "12:00"},
                    {"date": "2026-03-03", "start": "07:00", "end": "12:00"}]}],
                "clients": [{"id": "c", "location": {"index": 1}, "care": [
                    {"id": "a", "days": {"patterns": [[0, 2], [1, 3]]}, "minutes": 30,
                     "window": {"from": "08:00", "to": "10:00"}}]}],
                "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#,
        )
        .unwrap();
        let problem = crate::solve::prepare(&document, std::path::Path::new(".")).unwrap().facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        let plan = |draft: &mut Draft<'_>, pattern: usize| {
            for (visit, &option) in (0..).zip(&problem.blocks[0].patterns[pattern]) {
                draft.choose(visit, option);
            }
            let insertion = draft
                .best_insertion(
                    draft.option_of(0),
                    &mut Blinks::never(),
                    &crate::search::repair_bias::RepairBias::NONE,
                )
                .unwrap();
            draft.insert(&insertion);
        };
        plan(&mut draft, 0);
        draft.commit();
        let mut best = Snapshot::of(&draft);
        assert!(draft.remove(0, &[1]));
        plan(&mut draft, 1);
        draft.touched().for_each(|shift| best.mark(shift));
        draft.commit();
        best.catch_up(&draft);
        assert_eq!(best.options, problem.blocks[0].patterns[1]);
        draft.load(&best);
        draft.assert_sound();
    }
}
