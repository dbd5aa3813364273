//! Continuity of carer over one sequence of visits.

use crate::model::indicators::Indices;

/// The continuity indices of one client's visits, from the carers in the order of the visits.
///
/// With N visits by M distinct carers, n_i visits by carer i and S2 the sum of n_i²:
///
/// | index | formula | sees |
/// | --- | --- | --- |
/// | UPC | max n_i / N | the share of the usual carer |
/// | COC | (S2 - N) / (N (N - 1)) | the chance that two visits share a carer |
/// | SECON | successive visits by the same carer / (N - 1) | hand-overs |
/// | K | (N - M) / (N - 1) | carers against visits |
/// | MMCI | (1 - M / (N + 0.1)) / (1 - 1 / (N + 0.1)) | the same, damped |
/// | HHI | S2 / N² | concentration; COC = (N HHI - 1) / (N - 1) |
/// | entropy | -sum (n_i / N) ln(n_i / N) / ln N | disorder, as a share of its maximum for N visits |
///
/// All lie in 0 to 1. More is better, except for entropy, where 0 means one carer and 1 a different one each time. A
/// double-up counts as one visit of each carer.
///
/// # Units
/// `faces` is `None` without visits. The indices are `None` for fewer than two visits: with one
/// visit COC, SECON, K and entropy are 0/0, and UPC, MMCI or HHI = 1 would flatter.
///
/// # Complexity
/// O(N log N) time, O(N) space.
///
/// # Example
/// ```
/// let week = kring::report::indices(&["A", "A", "B", "A", "C"]);
/// assert_eq!(week.faces, Some(3));
/// assert_eq!(week.coc, Some(0.3)); // 3 of the 10 pairs of visits are by the same carer
/// ```
///
/// # References
/// COC: Bice, Boxerman (1977), A quantitative measure of continuity of care. SECON: Steinwachs (1979),
/// Measuring provider continuity in ambulatory care. K: Ejlertsson, Berg (1984), Continuity-of-care
/// measures. MMCI: Magill, Senf (1987), A new method for measuring continuity of care in family practice
/// residencies. HHI: Herfindahl (1950), Concentration in the steel industry. Entropy: Shannon (1948), A
/// mathematical theory of communication.
pub fn indices<C: Ord>(carers: &[C]) -> Indices {
    let visits = carers.len();
    if visits == 0 {
        return Indices::default();
    }
    let mut sorted: Vec<&C> = carers.iter().collect();
    sorted.sort();
    let counts: Vec<usize> = sorted.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
    let faces = counts.len();
    let mut indices = Indices { visits: visits as u32, faces: Some(faces as u32), ..Indices::default() };
    if visits >= 2 {
        let gaps = (visits - 1) as f64;
        // n (n - 1) per carer: the ordered pairs of different visits that share the carer.
        let shared: f64 = counts.iter().map(|&n| n as f64 * (n as f64 - 1.0)).sum();
        let handed_on = carers.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let usual = counts.iter().copied().max().unwrap_or(0);
        indices.upc = Some(usual as f64 / visits as f64);
        indices.coc = Some(shared / (visits as f64 * gaps));
        indices.secon = Some(handed_on as f64 / gaps);
        indices.k = Some((visits - faces) as f64 / gaps);
        let (n, m) = (visits as f64, faces as f64);
        indices.mmci = Some((1.0 - m / (n + 0.1)) / (1.0 - 1.0 / (n + 0.1)));
        let squares: usize = counts.iter().map(|count| count * count).sum();
        indices.hhi = Some(squares as f64 / (n * n));
        // By count, so that the sum does not depend on who is who.
        let mut counts = counts;
        counts.sort_unstable();
        let parts = counts.iter().map(|&count| count as f64 / n);
        indices.entropy = Some(parts.map(|part| part * libm::log(1.0 / part)).sum::<f64>() / libm::log(n));
    }
    indices
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// UPC, COC, SECON, K.
    fn four(sequence: &str) -> [Option<f64>; 4] {
        let carers: Vec<char> = sequence.chars().collect();
        let of = indices(&carers);
        [of.upc, of.coc, of.secon, of.k]
    }

    /// MMCI, HHI, entropy.
    fn three(sequence: &str) -> [Option<f64>; 3] {
        let carers: Vec<char> = sequence.chars().collect();
        let of = indices(&carers);
        [of.mmci, of.hhi, of.entropy]
    }

    fn rounded<const N: usize>(values: [Option<f64>; N]) -> [f64; N] {
        values.map(|value| (value.expect("defined") * 1e4).round() / 1e4)
    }

    #[test]
    fn no_visit_has_no_value_at_all() {
        let none = indices::<char>(&[]);
        assert_eq!(none, Indices::default());
        assert_eq!((none.visits, none.faces), (0, None));
    }

    #[test]
    fn one_visit_has_a_face_but_no_index() {
        let one = indices(&['A']);
        assert_eq!((one.visits, one.faces), (1, Some(1)));
        assert_eq!(four("A"), [None; 4]);
        assert_eq!(three("A"), [None; 3]);
    }

    // The table of published formulas worked out by hand, one row a test line.
    #[test]
    fn worked_sequences_have_the_published_values() {
        assert_eq!(rounded(four("AA")), [1.0, 1.0, 1.0, 1.0]);
        // One of two; no shared pair; one hand-over of one; (2 - 2) / 1.
        assert_eq!(rounded(four("AB")), [0.5, 0.0, 0.0, 0.0]);
        // 3/5; S2 = 9 + 1 + 1, (11 - 5) / 20; AA is one of four successions; (5 - 3) / 4.
        assert_eq!(rounded(four("AABAC")), [0.6, 0.3, 0.25, 0.5]);
        // 3/6; S2 = 18, (18 - 6) / 30; nobody twice running; (6 - 2) / 5.
        assert_eq!(rounded(four("ABABAB")), [0.5, 0.4, 0.0, 0.8]);
        // The same counts in another order: only SECON moves, to 4 of 5.
        assert_eq!(rounded(four("AAABBB")), [0.5, 0.4, 0.8, 0.8]);
        assert_eq!(rounded(four("ABCDEF")), [0.1667, 0.0, 0.0, 0.0]);
        // S2 = 169 + 1, (170 - 14) / 182; one hand-over of 13; (14 - 2) / 13.
        assert_eq!(rounded(four("AAAAAAAAAAAAAB")), [0.9286, 0.8571, 0.9231, 0.9231]);
        // S2 = 7 * 4, (28 - 14) / 182; 7 of 13; (14 - 7) / 13.
        assert_eq!(rounded(four("AABBCCDDEEFFGG")), [0.1429, 0.0769, 0.5385, 0.5385]);
    }

    #[test]
    fn worked_sequences_have_the_published_values_of_concentration() {
        // One carer: wholly concentrated, without disorder (and no -0).
        assert_eq!(rounded(three("AA")), [1.0, 1.0, 0.0]);
        assert!(three("AA")[2].unwrap().is_sign_positive());
        // (1 - 2/2.1) / (1 - 1/2.1); 2/4; ln 2 / ln 2.
        assert_eq!(rounded(three("AB")), [0.0909, 0.5, 1.0]);
        // (1 - 3/5.1) / (1 - 1/5.1); 11/25; (0.6 ln(5/3) + 0.4 ln 5) / ln 5.
        assert_eq!(rounded(three("AABAC")), [0.5122, 0.44, 0.5904]);
        // 18/36; ln 2 / ln 6, whatever the order.
        assert_eq!(rounded(three("ABABAB")), [0.8039, 0.5, 0.3869]);
        assert_eq!(rounded(three("AAABBB")), [0.8039, 0.5, 0.3869]);
        assert_eq!(rounded(three("ABCDEF")), [0.0196, 0.1667, 1.0]);
        // 170/196; (13/14 ln(14/13) + 1/14 ln 14) / ln 14.
        assert_eq!(rounded(three("AAAAAAAAAAAAAB")), [0.9237, 0.8673, 0.0975]);
        // 28/196; ln 7 / ln 14.
        assert_eq!(rounded(three("AABBCCDDEEFFGG")), [0.5420, 0.1429, 0.7374]);
    }

    proptest! {
        #[test]
        fn indices_lie_in_their_ranges(carers in prop::collection::vec(0_u8..6, 2..40)) {
            let of = indices(&carers);
            let n = carers.len() as f64;
            let faces = of.faces.unwrap();
            prop_assert!(faces >= 1 && faces as usize <= carers.len());
            prop_assert!((1.0 / n..=1.0).contains(&of.upc.unwrap()));
            // Rounding may carry a sum of logarithms a little past its end.
            for value in [of.coc, of.secon, of.k, of.mmci, of.hhi, of.entropy.map(|entropy| entropy - 1e-12)] {
                prop_assert!((-1e-12..=1.0).contains(&value.unwrap()), "{:?}", of);
            }
            // COC is HHI without the pairs of a visit with itself.
            let coc = (n * of.hhi.unwrap() - 1.0) / (n - 1.0);
            prop_assert!((of.coc.unwrap() - coc).abs() < 1e-12);
        }

        // COC as it is said in words: of all pairs of visits, the share by one carer.
        #[test]
        fn coc_is_the_share_of_pairs_with_one_carer(carers in prop::collection::vec(0_u8..6, 2..30)) {
            let n = carers.len();
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
            let shared = pairs.filter(|&(i, j)| carers[i] == carers[j]).count();
            let expected = shared as f64 / (n * (n - 1) / 2) as f64;
            prop_assert!((indices(&carers).coc.unwrap() - expected).abs() < 1e-12);
        }

        #[test]
        fn names_do_not_matter_and_order_only_to_secon(
            carers in prop::collection::vec(0_u8..6, 2..30),
            turn in 0_u8..6,
        ) {
            let renamed: Vec<u8> = carers.iter().map(|c| (c + turn) % 6).collect();
            prop_assert_eq!(indices(&renamed), indices(&carers));
            let mut sorted = carers.clone();
            sorted.sort();
            let (was, is) = (indices(&carers), indices(&sorted));
            prop_assert_eq!(Indices { secon: None, ..was }, Indices { secon: None, ..is });
            prop_assert!(is.secon >= was.secon);
        }
    }
}
