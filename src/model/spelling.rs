//! How much two words differ, to find what was meant by a word that nobody knows.

use crate::error::Mistake;

/// The edit distance of two words: the least number of letters to change, insert, delete or swap with their neighbour
/// that turns one word into the other. Upper and lower case count as the same.
///
/// # Complexity
/// O(length of one x length of the other).
///
/// # References
/// F. J. Damerau (1964), "A technique for computer detection and correction of spelling errors", Communications of the
/// ACM 7(3), 171-176, doi 10.1145/363958.363994; restricted to one edit a place (optimal string alignment).
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let letters = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (one, other) = (letters(one), letters(other));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, &a) in one.iter().enumerate() {
        let mut row = Vec::with_capacity(other.len() + 1);
        row.push(i + 1);
        for (j, &b) in other.iter().enumerate() {
            let changed = last[j] + usize::from(a != b);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == other[j - 1] && one[i - 1] == b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

/// Longest word that is compared, in bytes.
const LONGEST: usize = 64;

/// The one word that was probably meant: it differs in capitals only, or else by a letter. `None` where there are several, or for a
/// word of more than 64 bytes.
///
/// # Complexity
/// The lengths of all words together, times that of the first.
pub(crate) fn meant<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if word.len() > LONGEST {
        return None;
    }
    let (mut best, mut is_only) = (None, true);
    // A letter has at most four bytes, so that words which differ by one letter differ by at most four bytes in length.
    for one in known.into_iter().filter(|one| one.len().abs_diff(word.len()) <= 4) {
        let edits = distance(one, word);
        match best {
            _ if edits > 1 => {}
            Some((least, _)) if edits > least => {}
            Some((least, _)) if edits == least => is_only = false,
            _ => (best, is_only) = (Some((edits, one)), true),
        }
    }
    best.filter(|_| is_only).map(|(_, one)| one)
}

/// The word that was probably meant, as a question to append to a sentence; empty where there is none.
pub(crate) fn question<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    meant(word, known).map(|one| format!(" (is {one:?} meant?)")).unwrap_or_default()
}

/// The mistake of an id that the document does not have.
pub(crate) fn unknown_id<'w>(
    path: &str,
    id: &str,
    known: impl IntoIterator<Item = &'w str>,
    mend: &str,
) -> Mistake {
    Mistake::new(path, format!("{id:?} is not in the document{}", question(id, known)), mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_edit_counts_one() {
        for (one, other, edits) in [
            ("wound", "wound", 0),
            ("Wound", "wound", 0),
            ("wound", "wounds", 1),
            ("wond", "wound", 1),
            ("wiund", "wound", 1),
            ("wuond", "wound", 1),
            ("", "abc", 3),
            ("shift", "shifts", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), edits, "{one} {other}");
            assert_eq!(distance(other, one), edits, "{other} {one}");
        }
    }

    #[test]
    fn what_is_meant_is_one_word_or_nothing() {
        assert_eq!(meant("N01", ["n01", "n02", "m01"]), Some("n01"));
        assert_eq!(meant("n1", ["n01", "n02"]), Some("n01"));
        assert_eq!(meant("n3", ["n01", "n02"]), None);
        assert_eq!(meant("n3", ["n1", "n2"]), None, "either");
        assert_eq!(meant("insulin", ["insulin morning", "wash"]), None);
    }
}
