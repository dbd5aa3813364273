//! Who comes to whom: what a visit by a nurse costs beside the pair and the tour, told to the ledgers that count it.

use super::draft::Draft;
use crate::model::cost::Cost;

impl Draft<'_> {
    /// Tells the ledgers that a nurse makes a visit; returns the change of cost.
    #[inline]
    pub(super) fn comes(&mut self, option: u32, client: u32, nurse: u32) -> Cost {
        let mut cost = 0;
        if self.evaluator.company_matters {
            cost = self.joins(option, client, nurse);
        }
        cost + self.continuity.add(&self.evaluator.continuity, client, nurse)
    }

    /// The opposite of [`Self::comes`].
    #[inline]
    pub(super) fn goes(&mut self, option: u32, client: u32, nurse: u32) -> Cost {
        let mut cost = self.continuity.remove(&self.evaluator.continuity, client, nurse);
        if self.evaluator.company_matters {
            cost += self.parts(option, client, nurse);
        }
        cost
    }

    #[inline(never)]
    fn joins(&mut self, option: u32, client: u32, nurse: u32) -> Cost {
        let (visits, day) =
            (self.continuity.visits(client, nurse), self.problem.options[option as usize].day);
        let (concentration, introduction) = (&self.evaluator.concentration, &self.evaluator.introduction);
        let mut cost = 0;
        if concentration.matters {
            cost += self.concentration.add(concentration, option, client, nurse, visits);
        }
        if introduction.matters {
            cost += self.introduction.add(introduction, client, nurse, day);
        }
        cost
    }

    /// The opposite of [`Self::joins`], once the faces are told.
    #[inline(never)]
    fn parts(&mut self, option: u32, client: u32, nurse: u32) -> Cost {
        let (concentration, introduction) = (&self.evaluator.concentration, &self.evaluator.introduction);
        let mut cost = 0;
        if concentration.matters {
            let row = self.continuity.row(client);
            cost += self.concentration.remove(concentration, option, client, nurse, row);
        }
        if introduction.matters {
            let day = self.problem.options[option as usize].day;
            cost += self.introduction.remove(introduction, client, nurse, day);
        }
        cost
    }

    /// What one visit more by a nurse costs because of who makes the client's other visits: how they are divided,
    /// and whether she is introduced. Below 0 where it introduces her.
    #[inline(never)]
    pub(super) fn company_cost(&self, option: u32, client: u32, nurse: u32) -> Cost {
        let (concentration, introduction) = (&self.evaluator.concentration, &self.evaluator.introduction);
        let mut cost = 0;
        if concentration.matters {
            let visits = self.continuity.visits(client, nurse);
            cost += self.concentration.asked(concentration, option, client, nurse, visits);
        }
        if introduction.matters {
            let day = self.problem.options[option as usize].day;
            cost += self.introduction.asked(introduction, client, nurse, day);
        }
        cost
    }

    /// What [`Self::book`] would return, the price of leaving the visit out aside.
    pub(crate) fn booking_cost(&self, option: u32, nurse: u32) -> Cost {
        let client = self.problem.visits[self.problem.options[option as usize].visit as usize].client;
        let mut cost = self.evaluator.pairing.row(option)[nurse as usize];
        if self.continuity.visits(client, nurse) == 0 {
            cost += self.continuity.further_face(&self.evaluator.continuity, client).unwrap_or(0)
                + self.continuity.new_faces(&self.evaluator.continuity, client)[nurse as usize];
        }
        if self.evaluator.company_matters {
            cost += self.company_cost(option, client, nurse);
        }
        cost
    }
}
