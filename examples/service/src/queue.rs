//! Jobs that wait for their turn, in memory: ids only, at most so many. What a job is stands in the store.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// A queue with an end.
pub struct Queue {
    line: Mutex<Line>,
    changed: Condvar,
    most: usize,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Uuid>,
    /// Places taken for jobs that are being stored.
    taken: usize,
    is_closed: bool,
}

/// A place in the queue. It is given back when it is dropped unused.
pub struct Place<'a> {
    queue: &'a Queue,
}

impl Queue {
    /// A queue of at most so many jobs, beside those that wait already.
    pub fn new(most: usize, waiting: impl IntoIterator<Item = Uuid>) -> Self {
        let waiting = waiting.into_iter().collect();
        Self { line: Mutex::new(Line { waiting, ..Line::default() }), changed: Condvar::new(), most }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place, if there is one.
    pub fn place(&self) -> Option<Place<'_>> {
        let mut line = self.line();
        if line.waiting.len() + line.taken >= self.most {
            return None;
        }
        line.taken += 1;
        Some(Place { queue: self })
    }

    /// The next job; waits for one. `None` once the queue is closed: what waits then stays for the next start.
    pub fn next(&self) -> Option<Uuid> {
        let mut line = self.line();
        loop {
            if line.is_closed {
                return None;
            }
            if let Some(id) = line.waiting.pop_front() {
                return Some(id);
            }
            line = self.changed.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes a job out before its turn. Whether it still waited.
    pub fn withdraw(&self, id: Uuid) -> bool {
        let mut line = self.line();
        let before = line.waiting.len();
        line.waiting.retain(|&one| one != id);
        line.waiting.len() < before
    }

    pub fn close(&self) {
        self.line().is_closed = true;
        self.changed.notify_all();
    }

    /// Jobs that wait.
    pub fn waiting(&self) -> usize {
        self.line().waiting.len()
    }
}

impl Place<'_> {
    /// Puts a job on the place.
    pub fn fill(self, id: Uuid) {
        self.queue.line().waiting.push_back(id);
        self.queue.changed.notify_one();
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.line().taken -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_and_given_back() {
        let queue = Queue::new(2, []);
        let (first, second) = (queue.place(), queue.place());
        assert!(first.is_some() && second.is_some() && queue.place().is_none());
        drop(first);
        let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
        second.unwrap().fill(one);
        queue.place().unwrap().fill(two);
        assert!(queue.place().is_none());
        assert!(queue.withdraw(two) && !queue.withdraw(two));
        assert_eq!((queue.waiting(), queue.next()), (1, Some(one)));
    }

    #[test]
    fn a_closed_queue_keeps_what_waits() {
        let queue = Queue::new(1, [Uuid::now_v7()]);
        queue.close();
        assert_eq!((queue.next(), queue.waiting()), (None, 1));
    }
}
