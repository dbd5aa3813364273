//! Short names of nurses for narrow columns.

use super::text::{clean, width};

/// Most characters of a short name.
pub(super) const LONGEST: usize = 5;

/// A short name for each id, at most [`LONGEST`] characters (more only beyond 99,999 ids), all
/// different: the ids themselves where they are short; else an initial and the number (`nurse-07`
/// becomes `N07`); else the fewest first letters that differ; else a running number.
pub(super) fn short_names(ids: &[&str]) -> Vec<String> {
    let cleaned: Vec<String> = ids.iter().map(|id| clean(id)).collect();
    let prefixes = (2..=LONGEST).map(|letters| {
        let of = |id: &String| id.chars().take(letters).collect::<String>();
        cleaned.iter().map(of).collect::<Vec<_>>()
    });
    let mut schemes = [Some(cleaned.clone()), numbered(&cleaned)].into_iter().flatten().chain(prefixes);
    let fits = |names: &Vec<String>| {
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort();
        let narrow = names.iter().all(|name| (1..=LONGEST).contains(&width(name)) && !name.contains(' '));
        narrow && sorted.windows(2).all(|pair| pair[0] != pair[1])
    };
    schemes.find(fits).unwrap_or_else(|| (1..=ids.len()).map(|i| i.to_string()).collect())
}

/// `nurse-07` as `N07`, where every id is the same word and a number.
fn numbered(ids: &[String]) -> Option<Vec<String>> {
    let split = |id: &'_ String| {
        let digits = id.chars().rev().take_while(char::is_ascii_digit).count();
        let (word, number) = id.split_at(id.len() - digits);
        (!number.is_empty()).then(|| (word.to_owned(), number.to_owned()))
    };
    let parts: Vec<(String, String)> = ids.iter().map(split).collect::<Option<_>>()?;
    let (word, _) = parts.first()?;
    let initial = word.chars().find(|c| c.is_alphabetic())?.to_uppercase().next()?;
    let same = parts.iter().all(|(other, _)| other == word);
    same.then(|| parts.iter().map(|(_, number)| format!("{initial}{number}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_ids_stay_as_they_are() {
        assert_eq!(short_names(&["ann", "n2"]), ["ann", "n2"]);
    }

    #[test]
    fn a_word_and_a_number_become_initial_and_number() {
        assert_eq!(short_names(&["nurse-07", "nurse-12"]), ["N07", "N12"]);
    }

    #[test]
    fn other_ids_become_the_fewest_letters_that_differ() {
        assert_eq!(short_names(&["oostra", "oosten", "westra"]), ["oostr", "ooste", "westr"]);
        assert_eq!(short_names(&["morning-a", "evening-a"]), ["mo", "ev"]);
    }

    #[test]
    fn ids_that_begin_alike_are_numbered() {
        assert_eq!(short_names(&["district-north", "district-south"]), ["1", "2"]);
    }

    proptest! {
        #[test]
        fn short_names_differ_and_fit(ids in prop::collection::btree_set("\\PC{1,12}", 1..20)) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let names = short_names(&ids);
            let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
            prop_assert_eq!(distinct.len(), ids.len());
            prop_assert!(names.iter().all(|name| (1..=LONGEST).contains(&width(name))));
        }
    }
}
