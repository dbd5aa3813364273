//! Who visits whom, and how often: the counts that several ledgers read.

use crate::model::facts::Facts;

/// One visit made by one nurse, on the day of its day option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) option: u32,
    pub(crate) client: u32,
    pub(crate) nurse: u32,
}

/// Planned visits of each nurse to each client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignments {
    /// `[client * nurses + nurse]`.
    visits: Vec<u16>,
    /// Nurses with visits to each client.
    faces: Vec<u32>,
    nurses: usize,
}

impl Assignments {
    /// No visit is planned.
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
    pub(crate) fn of_client(&self, client: u32) -> &[u16] {
        &self.visits[client as usize * self.nurses..][..self.nurses]
    }

    /// The visits of every nurse, client by client.
    pub(crate) fn by_client(&self) -> impl Iterator<Item = &[u16]> {
        self.visits.chunks(self.nurses.max(1))
    }

    /// Number of nurses with visits to a client.
    #[inline]
    pub(crate) fn faces(&self, client: u32) -> u32 {
        self.faces[client as usize]
    }

    /// Counts one visit more.
    #[inline]
    pub(super) fn add(&mut self, client: u32, nurse: u32) {
        let visits = &mut self.visits[client as usize * self.nurses + nurse as usize];
        *visits += 1;
        self.faces[client as usize] += u32::from(*visits == 1);
    }

    /// Counts one visit less.
    #[inline]
    pub(super) fn remove(&mut self, client: u32, nurse: u32) {
        let visits = &mut self.visits[client as usize * self.nurses + nurse as usize];
        *visits -= 1;
        self.faces[client as usize] -= u32::from(*visits == 0);
    }

    /// No visits yet, for tests of single ledgers.
    #[cfg(test)]
    pub(super) fn empty(nurses: usize, clients: usize) -> Self {
        Self { visits: vec![0; nurses * clients], faces: vec![0; clients], nurses }
    }
}
