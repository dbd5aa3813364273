//! How much two words differ, to find what was meant by a word that nobody knows.

/// The fewest letters to be changed, inserted, left out or swapped with their neighbour that make one word of the other,
/// capitals and small letters counted as the same.
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
}
