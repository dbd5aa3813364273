//! Ledger: visits per client and nurse; prices faces, new faces and faces beyond the most allowed.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_of_minutes};
use crate::model::facts::{ClientFacts, Facts};
use crate::model::reason::Why;

/// What does not change during a search: prices, known faces, bounds.
#[derive(Debug, Clone)]
pub(crate) struct ContinuityRule {
    nurses: usize,
    clients: Vec<ClientFaces>,
    /// Number of clients who may meet one nurse only: every step asks.
    single_nurse: usize,
    mean_face: f64,
    is_used: bool,
    /// Cost of a nurse as a new face, by how strange she is: `[client * nurses + nurse]`.
    new_face: Vec<Cost>,
}

/// What the faces of a client cost: the prices times the client's weight.
#[derive(Debug, Clone)]
struct ClientFaces {
    /// Each face beyond the first.
    face: Cost,
    /// Each face beyond `most`.
    over_max: Cost,
    /// Most faces, and whether that is hard.
    most: u32,
    hard: bool,
}

impl ClientFaces {
    /// Whether the client may meet one nurse only.
    fn has_single_nurse(&self) -> bool {
        self.hard && self.most == 1
    }
}

impl LedgerRule for ContinuityRule {
    fn new(problem: &Facts) -> Self {
        let nurses = problem.nurses.len();
        let prices = &problem.prices;
        let mut new_face = Vec::with_capacity(nurses * problem.clients.len());
        for (number, client) in (0..).zip(&problem.clients) {
            let price = prices.new_face * client.weight;
            let strangeness = problem.acquaintance.strangeness(number);
            new_face.extend(strangeness.iter().map(|&strange| cost_of_minutes(price * strange)));
        }
        let of = |client: &ClientFacts| {
            let (most, hard) = client.max_faces.map_or((u32::MAX, false), |max| (max.count, max.hard));
            let face = cost_of_minutes(prices.face * client.weight);
            ClientFaces { face, over_max: cost_of_minutes(prices.face_over_max * client.weight), most, hard }
        };
        let clients: Vec<ClientFaces> = problem.clients.iter().map(of).collect();
        let single_nurse = clients.iter().filter(|client| client.has_single_nurse()).count();
        let mut rule = Self { nurses, clients, single_nurse, mean_face: 0.0, is_used: false, new_face };
        rule.mean_face = rule.mean_of_face(problem);
        rule.is_used = rule.clients.iter().any(|client| client.face != 0 || client.most != u32::MAX)
            || rule.new_face.iter().any(|&cost| cost != 0);
        rule
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.is_used
    }
}

impl ContinuityRule {
    fn mean_of_face(&self, problem: &Facts) -> f64 {
        let mut may_meet_two = vec![false; self.clients.len()];
        for visit in &problem.visits {
            let client = visit.client as usize;
            may_meet_two[client] = !self.clients[client].has_single_nurse();
        }
        let clients = (0..self.clients.len()).filter(|&client| may_meet_two[client]);
        let (mut sum, mut pairs) = (0.0, 0);
        for client in clients {
            let new: Cost = self.new_face[client * self.nurses..][..self.nurses].iter().sum();
            sum += new as f64 + self.clients[client].face as f64 * self.nurses as f64;
            pairs += self.nurses;
        }
        sum / pairs.max(1) as f64
    }

    /// Everything that a face can cost; the cost of all faces is a sum of these.
    pub(super) fn costs(&self) -> impl Iterator<Item = Cost> + '_ {
        let of_faces = self.clients.iter().flat_map(|client| [client.face, client.over_max]);
        of_faces.chain(self.new_face.iter().copied())
    }

    /// Mean cost of one more nurse for a client, as a further face and as a new one: over all nurses, and over those
    /// clients with visits who may meet more than one.
    pub(crate) fn mean_face(&self) -> f64 {
        self.mean_face
    }

    /// Whether a client may meet one nurse only.
    #[inline]
    pub(crate) fn has_single_nurse(&self, client: u32) -> bool {
        self.clients[client as usize].has_single_nurse()
    }

    /// Whether most clients may meet one nurse only.
    pub(crate) fn mostly_single_nurse(&self) -> bool {
        self.some_single_nurse() && 2 * self.single_nurse >= self.clients.len()
    }

    /// Whether some client may meet one nurse only.
    pub(crate) fn some_single_nurse(&self) -> bool {
        self.single_nurse > 0
    }

    /// Cost of one more face for a client who has `faces`; `None` where that is forbidden.
    #[inline]
    pub(super) fn further_face(&self, client: u32, faces: u32) -> Option<Cost> {
        let rule = &self.clients[client as usize];
        let mut cost = if faces > 0 { rule.face } else { 0 };
        if faces >= rule.most {
            if rule.hard {
                return None;
            }
            cost += rule.over_max;
        }
        Some(cost)
    }
}

impl ContinuityRule {
    /// Cost of a nurse as a new face of a client; 0 where the client knows her well.
    pub(super) fn new_face(&self, client: u32, nurse: u32) -> Cost {
        self.new_face[client as usize * self.nurses + nurse as usize]
    }
}

/// The price of faces for one more visit by each nurse to each client. It is kept up to date because it is asked for
/// far more often than it changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ContinuityLedger {
    /// `[client * nurses + nurse]`; [`FORBIDDEN`] where she may not come.
    next: Vec<Cost>,
}

/// Marks a face beyond a hard bound.
const FORBIDDEN: Cost = Cost::MAX;

impl ContinuityLedger {
    /// Recomputes the costs of a client who has so many faces, and so many visits by each nurse.
    fn renew(&mut self, rule: &ContinuityRule, client: u32, faces: u32, visits: &[u16]) {
        let at = client as usize * rule.nurses;
        let (next, new_face) = (&mut self.next[at..at + rule.nurses], &rule.new_face[at..at + rule.nurses]);
        let costs = next.iter_mut().zip(new_face).zip(visits);
        match rule.further_face(client, faces) {
            Some(further) => {
                for ((next, new), &visits) in costs {
                    *next = if visits > 0 { 0 } else { further + new };
                }
            }
            None => {
                for ((next, _), &visits) in costs {
                    *next = if visits > 0 { 0 } else { FORBIDDEN };
                }
            }
        }
    }
}

impl Ledger for ContinuityLedger {
    type Rule = ContinuityRule;
    const COUNTS_ASSIGNMENTS: bool = true;

    fn empty(rule: &ContinuityRule, _: &Facts) -> Self {
        let mut ledger = Self { next: vec![0; rule.new_face.len()] };
        let visits = vec![0; rule.nurses];
        (0..rule.clients.len() as u32).for_each(|client| ledger.renew(rule, client, 0, &visits));
        ledger
    }

    const REFUSED: Why = Why::MaxFaces;

    #[inline]
    fn assign_delta(&self, rule: &ContinuityRule, _: &Assignments, one: &Assignment) -> Option<Cost> {
        let next = self.next[one.client as usize * rule.nurses + one.nurse as usize];
        (next != FORBIDDEN).then_some(next)
    }

    /// # Complexity
    /// Constant; linear in the nurses where the client gets one more face.
    #[inline]
    fn assign(&mut self, rule: &ContinuityRule, counts: &Assignments, one: &Assignment) -> Cost {
        if counts.visits(one.client, one.nurse) > 0 {
            return 0;
        }
        let cost = self.assign_delta(rule, counts, one).unwrap_or(0);
        self.renew(rule, one.client, counts.faces(one.client) + 1, counts.of_client(one.client));
        self.next[one.client as usize * rule.nurses + one.nurse as usize] = 0;
        cost
    }

    /// # Complexity
    /// Constant; linear in the nurses where the client loses a face.
    #[inline]
    fn unassign(&mut self, rule: &ContinuityRule, counts: &Assignments, one: &Assignment) -> Cost {
        if counts.visits(one.client, one.nurse) > 0 {
            return 0;
        }
        self.renew(rule, one.client, counts.faces(one.client), counts.of_client(one.client));
        -self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    fn shares(&self, rule: &ContinuityRule, counts: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for (client, counts) in counts.by_client().enumerate() {
            let bearer = Bearer::Client(client as u32);
            let faces = counts.iter().filter(|&&n| n > 0).count() as i64;
            let of_client = &rule.clients[client];
            add(bearer, Term::Faces, of_client.face * (faces - 1).max(0));
            if !of_client.hard {
                let over = (faces - i64::from(of_client.most)).max(0);
                add(bearer, Term::FacesOverMax, of_client.over_max * over);
            }
            let new = counts.iter().zip(&rule.new_face[client * rule.nurses..]).filter(|(n, _)| **n > 0);
            add(bearer, Term::NewFaces, new.map(|(_, cost)| cost).sum::<Cost>());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Three nurses; three clients without a bound, with a soft bound of 1 and with a hard bound of 2.
    fn rule() -> ContinuityRule {
        let of = |most, hard| ClientFaces { face: 7, over_max: 100, most, hard };
        ContinuityRule {
            nurses: 3,
            clients: vec![of(u32::MAX, false), of(1, false), of(2, true)],
            single_nurse: 0,
            mean_face: 0.0,
            is_used: true,
            new_face: vec![0, 11, 11, 11, 0, 11, 11, 11, 11],
        }
    }

    fn by(client: u32, nurse: u32) -> Assignment {
        Assignment { option: 0, client, nurse }
    }

    /// The ledger with the counts that it reads.
    struct Counted {
        rule: ContinuityRule,
        counts: Assignments,
        ledger: ContinuityLedger,
    }

    impl Counted {
        fn new() -> Self {
            let rule = rule();
            let mut ledger = ContinuityLedger { next: vec![0; 9] };
            (0..3).for_each(|client| ledger.renew(&rule, client, 0, &[0; 3]));
            Self { rule, counts: Assignments::empty(3, 3), ledger }
        }

        fn asked(&self, client: u32, nurse: u32) -> Option<Cost> {
            self.ledger.assign_delta(&self.rule, &self.counts, &by(client, nurse))
        }

        fn add(&mut self, client: u32, nurse: u32) -> Cost {
            let cost = self.ledger.assign(&self.rule, &self.counts, &by(client, nurse));
            self.counts.add(client, nurse);
            cost
        }

        fn remove(&mut self, client: u32, nurse: u32) -> Cost {
            self.counts.remove(client, nurse);
            self.ledger.unassign(&self.rule, &self.counts, &by(client, nurse))
        }

        fn total(&self) -> Cost {
            let mut terms = CostByTerm::default();
            self.ledger.terms(&self.rule, &self.counts, &mut terms);
            terms.total()
        }
    }

    #[test]
    fn every_further_face_has_its_price() {
        let mut counted = Counted::new();
        // The first face is free where the client knows her; the second costs a face, and is new.
        assert_eq!([(0, 0), (0, 0), (0, 1)].map(|(c, n)| counted.add(c, n)), [0, 0, 7 + 11]);
        // A second face over the soft bound of one.
        assert_eq!([(1, 0), (1, 1)].map(|(c, n)| counted.add(c, n)), [11, 7 + 100]);
        // A third face over the hard bound of two is not allowed.
        assert_eq!([(2, 0), (2, 1)].map(|(c, n)| counted.add(c, n)), [11, 7 + 11]);
        assert_eq!([0, 1, 2].map(|nurse| counted.asked(2, nurse)), [Some(0), Some(0), None]);
        assert_eq!(counted.asked(1, 2), Some(7 + 100 + 11));
        assert_eq!((counted.counts.of_client(0), counted.counts.faces(0)), (&[2, 1, 0][..], 2));
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..3, 0u32..3, any::<bool>()), 0..60)
        ) {
            let mut counted = Counted::new();
            let mut done = Vec::new();
            let mut sum = 0;
            for (client, nurse, wanted) in steps {
                let asked = counted.asked(client, nurse).filter(|_| wanted);
                if let Some(asked) = asked {
                    prop_assert_eq!(counted.add(client, nurse), asked);
                    sum += asked;
                } else if counted.counts.visits(client, nurse) > 0 {
                    sum += counted.remove(client, nurse);
                } else {
                    continue;
                }
                done.push((client, nurse, asked.is_some()));
                prop_assert_eq!(sum, counted.total());
            }
            for (client, nurse, added) in done.into_iter().rev() {
                sum += if added { counted.remove(client, nurse) } else { counted.add(client, nurse) };
                prop_assert_eq!(sum, counted.total());
            }
            prop_assert_eq!(sum, 0);
            prop_assert_eq!(counted.ledger, Counted::new().ledger);
        }
    }
}
