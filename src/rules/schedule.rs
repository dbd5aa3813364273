//! Segment: time windows, waiting and the bounds of a shift. A break is a visit without a place.

/// When a feasible run of visits can take place.
///
/// Times are elapsed seconds. Starting the first visit at any moment in `earliest..=latest` makes
/// the run last `duration` seconds, waiting included, and that is the least possible. Starting
/// before `earliest` ends no sooner; starting after `latest` breaks a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) duration: i32,
    pub(crate) earliest: i32,
    pub(crate) latest: i32,
}

impl Schedule {
    /// One visit with its window on the start of care.
    #[inline]
    pub(crate) fn visit(duration: i32, open: i32, close: i32) -> Self {
        Self { duration, earliest: open, latest: close }
    }

    /// Earliest end of the run.
    #[inline]
    pub(crate) fn finish(self) -> i32 {
        self.earliest + self.duration
    }

    /// Whether `next` can follow after `leg` seconds of travel without breaking a window.
    #[inline]
    pub(crate) fn fits(self, leg: i32, next: Self) -> bool {
        self.finish() + leg <= next.latest
    }
}

impl Schedule {
    /// In words: the whole lasts as long as both parts, the leg, and the waiting that is left when the first part
    /// starts as late as it may. It may start when both parts may, the times of the second part being counted back to
    /// the first visit.
    ///
    /// Defined for runs that fit ([`Schedule::fits`]). Vidal et al. (2013), equations 5 to 8,
    /// without their time warp: kring never keeps a tour that breaks a window.
    #[inline]
    pub(crate) fn merge(self, leg: i32, next: Self) -> Self {
        let before = self.duration + leg;
        let waiting = (next.earliest - before - self.latest).max(0);
        Self {
            duration: before + waiting + next.duration,
            earliest: (next.earliest - before).max(self.earliest) - waiting,
            latest: (next.latest - before).min(self.latest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn merging_two_visits_waits_for_the_later_window() {
        // First visit: 10 long, starts 0..=20. Way 5. Second: 10 long, starts 100..=120.
        // Starting last at 20 arrives at 35, 65 too early: duration 10 + 5 + 65 + 10 = 90, from 20 on only.
        let merged = Schedule::visit(10, 0, 20).merge(5, Schedule::visit(10, 100, 120));
        assert_eq!(merged, Schedule { duration: 90, earliest: 20, latest: 20 });
        assert_eq!(merged.finish(), 110);
    }

    #[test]
    fn merging_without_waiting_moves_the_start_late_enough() {
        // Second window 30..=40 seen from the start of the first (15 earlier): 15..=25, and the first is 0..=20.
        let merged = Schedule::visit(10, 0, 20).merge(5, Schedule::visit(10, 30, 40));
        assert_eq!(merged, Schedule { duration: 25, earliest: 15, latest: 20 });
    }

    fn visit() -> impl Strategy<Value = Schedule> {
        (0..50, 0..500, 0..300).prop_map(|(d, open, width)| Schedule::visit(d, open, open + width))
    }

    /// The slow twin: the least duration over all starts, second by second.
    fn least_duration(visits: &[Schedule], legs: &[i32]) -> Option<(i32, i32, i32)> {
        let mut best: Option<(i32, i32, i32)> = None;
        'start: for start in visits[0].earliest..=visits[0].latest {
            let mut time = start + visits[0].duration;
            for (visit, leg) in visits[1..].iter().zip(legs) {
                time = (time + leg).max(visit.earliest);
                if time > visit.latest {
                    continue 'start;
                }
                time += visit.duration;
            }
            best = match best {
                Some((d, first, _)) if time - start == d => Some((d, first, start)),
                Some((d, ..)) if time - start > d => best,
                _ => Some((time - start, start, start)),
            };
        }
        best
    }

    proptest! {
        #[test]
        fn folding_equals_trying_every_start(
            visits in prop::collection::vec(visit(), 1..5),
            legs in prop::collection::vec(0..60, 4),
        ) {
            let mut folded = Some(visits[0]);
            for (visit, leg) in visits[1..].iter().zip(&legs) {
                folded = folded.filter(|f| f.fits(*leg, *visit)).map(|f| f.merge(*leg, *visit));
            }
            let slow = least_duration(&visits, &legs);
            prop_assert_eq!(folded.map(|f| (f.duration, f.earliest, f.latest)), slow);
        }

        #[test]
        fn merge_is_associative_where_it_fits(a in visit(), b in visit(), c in visit(), p in 0..60, q in 0..60) {
            prop_assume!(a.fits(p, b) && b.fits(q, c));
            let left = a.merge(p, b);
            let right = b.merge(q, c);
            prop_assert_eq!(left.fits(q, c), a.fits(p, right));
            if left.fits(q, c) {
                prop_assert_eq!(left.merge(q, c), a.merge(p, right));
            }
        }
    }
}
