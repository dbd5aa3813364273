//! Changes that nobody needs, taken back on random drafts.

use super::*;
use crate::error::GO_ON;
use crate::model::Published;
use crate::random;
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use crate::search::construct::construct;
use std::path::Path;

/// A plan made anew beside a published one differs in much that nobody needs: the pass makes the plan no dearer, leaves no
/// single visit that could go back for nothing, and changes nothing when it runs again.
#[test]
fn what_nobody_needs_goes_back_and_the_plan_is_no_dearer() {
    let (mut fewer, mut cheaper) = (0, 0);
    for seed in 0..150 {
        let document = random::document(seed);
        let problem = crate::prepare(&document, Path::new(".")).expect("a problem");
        let plan_of = |seed| {
            let options = crate::Options::default().with_iterations(40).with_seed(seed);
            crate::solve(&problem, &options).expect("an outcome").plan
        };
        let published = Published::new(plan_of(1), None);
        let problem = problem.clone().with_published(&published);
        let evaluator = Evaluator::new(&problem.facts);
        let candidates = Candidates::new(&problem.facts, &evaluator);
        let mut draft = Draft::empty(&problem.facts, &evaluator, &candidates);
        draft.start_from(&plan_of(2), &problem);
        construct(&mut draft, &mut |_| false);
        draft.commit();
        let changed = |draft: &Draft<'_>| Changes::of(draft).visits().collect::<Vec<u32>>();
        let (cost, excess, before) = (draft.cost(), draft.excess(), changed(&draft).len());
        revert(&mut draft, &|| true);
        assert_eq!(draft.cost(), cost, "nothing is taken back once it should stop");
        revert(&mut draft, GO_ON);
        draft.assert_sound();
        let after = changed(&draft);
        assert!(draft.cost() <= cost && draft.excess() <= excess, "neighbourhood {seed}: dearer");
        fewer += usize::from(after.len() < before);
        cheaper += usize::from(draft.cost() < cost);
        let cost = draft.cost();
        for &visit in &after {
            let mut changes = Changes::of(&draft);
            assert!(!changes.take_back(&mut draft, vec![visit]), "neighbourhood {seed}: visit {visit}");
        }
        revert(&mut draft, GO_ON);
        assert_eq!((draft.cost(), changed(&draft)), (cost, after), "neighbourhood {seed}");
    }
    assert!(fewer > 20 && cheaper > 20, "too little was tried: {fewer} {cheaper}");
}
