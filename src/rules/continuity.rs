//! Ledger: visits per client and nurse; prices faces, new faces and faces beyond the most allowed.

use crate::model::cost::{Cost, CostByTerm, Term, cost_of_minutes};
use crate::model::facts::{ClientFacts, Facts};

/// What does not change during a search: prices, known faces, bounds.
#[derive(Debug, Clone)]
pub(crate) struct ContinuityRule {
    nurses: usize,
    clients: Vec<ClientFaces>,
    /// Number of clients who may meet one nurse only: every step asks.
    one_face: usize,
    mean_face: f64,
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
    fn has_one_face(&self) -> bool {
        self.hard && self.most == 1
    }
}

impl ContinuityRule {
    pub(crate) fn new(problem: &Facts) -> Self {
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
        let one_face = clients.iter().filter(|client| client.has_one_face()).count();
        let mut rule = Self { nurses, clients, one_face, mean_face: 0.0, new_face };
        rule.mean_face = rule.mean_of_face(problem);
        rule
    }

    fn mean_of_face(&self, problem: &Facts) -> f64 {
        let mut may_meet_two = vec![false; self.clients.len()];
        for visit in &problem.visits {
            let client = visit.client as usize;
            may_meet_two[client] = !self.clients[client].has_one_face();
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

    /// Whether it matters who comes to whom.
    pub(crate) fn matters(&self) -> bool {
        self.clients.iter().any(|client| client.face != 0 || client.most != u32::MAX)
            || self.new_face.iter().any(|&cost| cost != 0)
    }

    /// Everything that a face can cost; the cost of all faces is a sum of these.
    pub(crate) fn costs(&self) -> impl Iterator<Item = Cost> + '_ {
        let of_faces = self.clients.iter().flat_map(|client| [client.face, client.over_max]);
        of_faces.chain(self.new_face.iter().copied())
    }

    /// What one more nurse costs on average over the nurses and those clients with visits who may meet two: as a
    /// further face and as a new one.
    pub(crate) fn mean_face(&self) -> f64 {
        self.mean_face
    }

    /// Whether a client may meet one nurse only.
    #[inline]
    pub(crate) fn has_one_face(&self, client: u32) -> bool {
        self.clients[client as usize].has_one_face()
    }

    /// Whether most clients may meet one nurse only.
    pub(crate) fn mostly_one_face(&self) -> bool {
        self.some_one_face() && 2 * self.one_face >= self.clients.len()
    }

    /// Whether some client may meet one nurse only.
    pub(crate) fn some_one_face(&self) -> bool {
        self.one_face > 0
    }

    /// Cost of one more face for a client who has `faces`; `None` where that is forbidden.
    #[inline]
    pub(crate) fn further_face(&self, client: u32, faces: u32) -> Option<Cost> {
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
    pub(crate) fn new_face(&self, client: u32, nurse: u32) -> Cost {
        self.new_face[client as usize * self.nurses + nurse as usize]
    }
}

/// Who visits whom how often, in the draft.
#[derive(Debug, Clone)]
pub(crate) struct ContinuityLedger {
    visits: Vec<u16>,
    faces: Vec<u32>,
    nurses: usize,
}

impl ContinuityLedger {
    pub(crate) fn new(problem: &Facts) -> Self {
        let (nurses, clients) = (problem.nurses.len(), problem.clients.len());
        Self { visits: vec![0; nurses * clients], faces: vec![0; clients], nurses }
    }

    /// Number of visits of a nurse to a client.
    #[inline]
    pub(crate) fn visits(&self, client: u32, nurse: u32) -> u16 {
        self.visits[client as usize * self.nurses + nurse as usize]
    }

    /// Number of visits of every nurse to a client.
    #[inline]
    pub(crate) fn row(&self, client: u32) -> &[u16] {
        &self.visits[client as usize * self.nurses..][..self.nurses]
    }

    /// The rows of all clients.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u16]> {
        self.visits.chunks(self.nurses.max(1))
    }

    /// Number of faces of a client.
    pub(crate) fn faces(&self, client: u32) -> u32 {
        self.faces[client as usize]
    }

    /// Cost of one more face for the client, before the price of a *new* one; `None` if forbidden.
    #[inline]
    pub(crate) fn further_face(&self, rule: &ContinuityRule, client: u32) -> Option<Cost> {
        rule.further_face(client, self.faces[client as usize])
    }

    /// Cost of each nurse as a new face of the client.
    #[inline]
    pub(crate) fn new_faces<'r>(&self, rule: &'r ContinuityRule, client: u32) -> &'r [Cost] {
        &rule.new_face[client as usize * rule.nurses..][..rule.nurses]
    }

    /// Adds a visit; returns the change of cost. The caller has asked `further_face` before.
    #[inline]
    pub(crate) fn add(&mut self, rule: &ContinuityRule, client: u32, nurse: u32) -> Cost {
        let at = client as usize * self.nurses + nurse as usize;
        self.visits[at] += 1;
        if self.visits[at] > 1 {
            return 0;
        }
        let faces = &mut self.faces[client as usize];
        *faces += 1;
        rule.further_face(client, *faces - 1).unwrap_or(0) + rule.new_face[at]
    }

    /// Removes a visit; returns the change of cost: the exact opposite of [`Self::add`].
    #[inline]
    pub(crate) fn remove(&mut self, rule: &ContinuityRule, client: u32, nurse: u32) -> Cost {
        let at = client as usize * self.nurses + nurse as usize;
        self.visits[at] -= 1;
        if self.visits[at] > 0 {
            return 0;
        }
        let faces = &mut self.faces[client as usize];
        *faces -= 1;
        -(rule.further_face(client, *faces).unwrap_or(0) + rule.new_face[at])
    }

    /// The whole cost by term, from the counts.
    pub(crate) fn cost(&self, rule: &ContinuityRule, terms: &mut CostByTerm) {
        for (client, counts) in self.visits.chunks(self.nurses.max(1)).enumerate() {
            let faces = counts.iter().filter(|&&n| n > 0).count() as i64;
            let of_client = &rule.clients[client];
            terms[Term::Faces] += of_client.face * (faces - 1).max(0);
            if !of_client.hard {
                let over = (faces - i64::from(of_client.most)).max(0);
                terms[Term::FacesOverMax] += of_client.over_max * over;
            }
            terms[Term::NewFaces] += counts
                .iter()
                .zip(&rule.new_face[client * rule.nurses..])
                .filter(|(n, _)| **n > 0)
                .map(|(_, cost)| cost)
                .sum::<Cost>();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three nurses; three clients without a bound, with a soft bound of 1 and with a hard bound of 2.
    fn rule() -> ContinuityRule {
        let of = |most, hard| ClientFaces { face: 7, over_max: 100, most, hard };
        ContinuityRule {
            nurses: 3,
            clients: vec![of(u32::MAX, false), of(1, false), of(2, true)],
            one_face: 0,
            mean_face: 0.0,
            new_face: vec![0, 11, 11, 11, 0, 11, 11, 11, 11],
        }
    }

    fn ledger() -> ContinuityLedger {
        ContinuityLedger { visits: vec![0; 9], faces: vec![0; 3], nurses: 3 }
    }

    fn total(ledger: &ContinuityLedger, rule: &ContinuityRule) -> Cost {
        let mut terms = CostByTerm::default();
        ledger.cost(rule, &mut terms);
        terms.total()
    }

    #[test]
    fn every_further_face_has_its_price() {
        let (rule, mut ledger) = (rule(), ledger());
        // The first face is free where the client knows her; the second costs a face, and is new.
        assert_eq!([(0, 0), (0, 0), (0, 1)].map(|(c, n)| ledger.add(&rule, c, n)), [0, 0, 7 + 11]);
        // A second face over the soft bound of one.
        assert_eq!([(1, 0), (1, 1)].map(|(c, n)| ledger.add(&rule, c, n)), [11, 7 + 100]);
        // A third face over the hard bound of two may not be asked for.
        assert_eq!([(2, 0), (2, 1)].map(|(c, n)| ledger.add(&rule, c, n)), [11, 7 + 11]);
        assert_eq!(ledger.further_face(&rule, 2), None);
        assert_eq!(ledger.further_face(&rule, 1), Some(7 + 100));
        assert_eq!((ledger.row(0), ledger.faces(0)), (&[2, 1, 0][..], 2));
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..3, 0u32..3, any::<bool>()), 0..60)
        ) {
            let (rule, mut ledger) = (rule(), ledger());
            let mut done = Vec::new();
            let mut sum = 0;
            for (client, nurse, add) in steps {
                let comes = ledger.visits(client, nurse) > 0;
                if add && (comes || ledger.further_face(&rule, client).is_some()) {
                    sum += ledger.add(&rule, client, nurse);
                } else if comes {
                    sum += ledger.remove(&rule, client, nurse);
                } else {
                    continue;
                }
                done.push((client, nurse, add || !comes));
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            for (client, nurse, added) in done.into_iter().rev() {
                sum += if added {
                    ledger.remove(&rule, client, nurse)
                } else {
                    ledger.add(&rule, client, nurse)
                };
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            prop_assert_eq!(sum, 0);
            prop_assert!(ledger.visits.iter().all(|&visits| visits == 0));
        }
    }
}
