//! Looks up addresses and names in an extract (`addr:street` and `addr:housenumber`, `name`), so that coordinates are
//! found without a network.
//!
//! The first pass finds the nodes and ways with an address or name that was asked for; the second one finds where these
//! ways are.

use super::located::{Located, MOST_ASKED, NamedPlace};
use super::read;
use crate::error::{GO_ON, Result, Stop};
use crate::model::spelling::distance;
use crate::travel::places::is_on_earth;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// At most this many places and this many candidates are returned for one address.
const MOST_TOLD: usize = 8;

/// At most this many places of exactly one address or name are kept until the end; that many are ambiguous anyway.
const MOST_EXACT: usize = 1_000;

/// At most this many candidates of one address are kept until the end. They are more than are returned, since the first
/// node of a way may turn out to be missing.
const MOST_NEAR: usize = 64;

/// Two places of one name count as one within this many degrees, some 300 metres, like the entrances of a building.
const SAME: f64 = 0.003;

/// An address as somebody writes it: `Kerkstraat 12a, Utrecht`, or a name: `De Wilgen`.
#[derive(Debug)]
struct Asked {
    /// The street, or the whole name.
    street: String,
    number: Option<String>,
    town: Option<String>,
}

/// The tags of a node or way that matter here.
#[derive(Debug, Default, Clone, Copy)]
struct Said<'a> {
    street: &'a str,
    number: &'a str,
    town: &'a str,
    name: &'a str,
    is_road: bool,
}

/// How closely a place matches what was asked. The least is best; [`EXACT`] is the address itself.
type Rank = (u8, usize);

const EXACT: Rank = (0, 0);

/// What was found for a question so far.
#[derive(Debug, Default)]
struct Hits {
    /// For each place: whether the extract gives its town, its name, and where it is.
    exact: Vec<(bool, String, Where)>,
    /// The best candidates by rank and name; of two that are equal in both, a node comes before a way.
    near: BTreeMap<(Rank, String, bool), Where>,
}

#[derive(Debug, Clone, Copy)]
enum Where {
    At([f64; 2]),
    /// At the first node of a way, whose coordinates the second pass finds.
    Node(i64),
}

/// Looks up addresses and names in the bytes of an `.osm.pbf` file, each independently. Only the first [`MOST_ASKED`]
/// are looked up.
///
/// Capitals, full stops, hyphens and blanks do not matter. A town after a comma tells streets of one name apart.
///
/// # Errors
/// As [`read_osm`](super::read_osm).
///
/// # Complexity
/// Linear in the extract, times the questions with the same street or the same house number.
pub fn locate(bytes: &[u8], asked: &[String]) -> Result<Vec<Located>> {
    let first: Vec<&str> = asked.iter().take(MOST_ASKED).map(String::as_str).collect();
    let mut found = locate_until(bytes, &first, GO_ON)?;
    found.resize(asked.len(), Located::default());
    Ok(found)
}

/// [`locate`] for at most [`MOST_ASKED`] addresses; `stop` ends the work early.
pub(super) fn locate_until(bytes: &[u8], asked: &[&str], stop: Stop<'_>) -> Result<Vec<Located>> {
    let questions: Vec<Asked> = asked.iter().map(|text| Asked::read(text)).collect();
    let questions = Questions::new(questions);
    let mut hits: Vec<Hits> = questions.all.iter().map(|_| Hits::default()).collect();
    read::each_checked_block(bytes, stop, |block| {
        for group in block.groups() {
            for node in group.dense_nodes() {
                let place = Where::At([node.lat(), node.lon()]);
                questions.answer(Said::of(node.tags()), place, &mut hits);
            }
            for node in group.nodes() {
                let place = Where::At([node.lat(), node.lon()]);
                questions.answer(Said::of(node.tags()), place, &mut hits);
            }
            for way in group.ways() {
                let Some(&first) = way.raw_refs().first() else { continue };
                questions.answer(Said::of(way.tags()), Where::Node(first), &mut hits);
            }
        }
        Ok(())
    })?;
    let ways = hits.iter().flat_map(Hits::places).filter_map(|place| match place {
        Where::Node(id) => Some((id, None)),
        Where::At(_) => None,
    });
    let mut nodes: FxHashMap<i64, Option<[f64; 2]>> = ways.collect();
    if !nodes.is_empty() {
        read::each_checked_block(bytes, stop, |block| {
            for group in block.groups() {
                for node in group.dense_nodes() {
                    if let Some(place) = nodes.get_mut(&node.id()) {
                        *place = Some([node.lat(), node.lon()]);
                    }
                }
                for node in group.nodes() {
                    if let Some(place) = nodes.get_mut(&node.id()) {
                        *place = Some([node.lat(), node.lon()]);
                    }
                }
            }
            Ok(())
        })?;
    }
    let place = |place| match place {
        Where::At(place) => Some(place),
        Where::Node(id) => nodes.get(&id).copied().flatten().filter(|&place| is_on_earth(place)),
    };
    let mut found = vec![Located::default(); asked.len()];
    for ((located, Hits { mut exact, near }), asked) in found.iter_mut().zip(hits).zip(&questions.all) {
        // Places without a town are dropped if a place is known to be in the town that was asked for.
        if asked.town.is_some() && exact.iter().any(|(has_town, ..)| *has_town) {
            exact.retain(|(has_town, ..)| *has_town);
        }
        exact.sort_by(|a, b| a.1.cmp(&b.1));
        let near = near.into_iter().map(|((rank, name, _), at)| (rank, name, at));
        for (rank, name, at) in exact.into_iter().map(|(_, name, at)| (EXACT, name, at)).chain(near) {
            if let Some(place) = place(at) {
                located.add(rank, name, place);
            }
        }
    }
    Ok(found)
}

impl Hits {
    /// Notes a place. Its name is computed only if the place is kept.
    fn note(&mut self, rank: Rank, has_town: bool, name: impl FnOnce() -> String, place: Where) {
        if matches!(place, Where::At(place) if !is_on_earth(place)) {
            return;
        }
        if rank == EXACT {
            if self.exact.len() < MOST_EXACT {
                self.exact.push((has_town, name(), place));
            }
            return;
        }
        let is_full = self.near.len() >= MOST_NEAR;
        if is_full && self.near.last_key_value().is_some_and(|((worst, ..), _)| *worst < rank) {
            return;
        }
        self.near.entry((rank, name(), matches!(place, Where::Node(_)))).or_insert(place);
        if self.near.len() > MOST_NEAR {
            self.near.pop_last();
        }
    }

    fn places(&self) -> impl Iterator<Item = Where> {
        self.exact.iter().map(|(.., place)| *place).chain(self.near.values().copied())
    }
}

impl Located {
    fn add(&mut self, rank: Rank, name: String, [lat, lon]: [f64; 2]) {
        let is_it = rank == EXACT;
        let list = if is_it { &mut self.places } else { &mut self.near };
        // The extract may give the town for one entrance of a building and not for another.
        let same = |known: &&mut NamedPlace| match is_it {
            true => {
                (known.name.starts_with(&name) || name.starts_with(&known.name))
                    && (known.lat - lat).abs() < SAME
                    && (known.lon - lon).abs() < SAME
            }
            false => known.name == name,
        };
        let is_full = list.len() >= MOST_TOLD;
        match list.iter_mut().find(same) {
            Some(known) if known.name.len() < name.len() => known.name = name,
            Some(_) => {}
            None if is_full => {}
            None => list.push(NamedPlace { name, lat, lon }),
        }
    }
}

impl Asked {
    fn read(text: &str) -> Self {
        let (first, town) = match text.split_once(',') {
            Some((first, town)) => (first, Some(plain(town)).filter(|town| !town.is_empty())),
            None => (text, None),
        };
        let words: Vec<&str> = first.split_whitespace().collect();
        // The last word that begins with a digit begins the number: `Plein 1944 12 a`.
        let number = words.iter().rposition(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        match number.filter(|&at| at > 0) {
            Some(at) => Self {
                street: plain(&words[..at].concat()),
                number: Some(plain(&words[at..].concat())),
                town,
            },
            None => Self { street: plain(first), number: None, town },
        }
    }
}

impl Asked {
    /// Whether a town is the one that was asked for, or no town was asked for.
    fn is_in(&self, town: &str) -> bool {
        self.town.as_deref().is_none_or(|wanted| wanted == town)
    }
}

impl<'a> Said<'a> {
    fn of(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut said = Self::default();
        for (key, value) in tags {
            match key {
                "addr:street" | "addr:place" => said.street = value,
                "addr:housenumber" => said.number = value,
                "addr:city" => said.town = value,
                "name" => said.name = value,
                "highway" => said.is_road = true,
                _ => {}
            }
        }
        said
    }

    /// The address as people write it.
    fn shown(&self) -> String {
        self.in_town(format!("{} {}", cut(self.street), cut(self.number)))
    }

    fn in_town(&self, what: String) -> String {
        if self.town.is_empty() { what } else { format!("{what}, {}", cut(self.town)) }
    }
}

/// All questions, indexed by street, house number and name.
struct Questions {
    all: Vec<Asked>,
    by_street: FxHashMap<String, Vec<usize>>,
    by_number: FxHashMap<String, Vec<usize>>,
    by_name: FxHashMap<String, Vec<usize>>,
}

impl Questions {
    fn new(all: Vec<Asked>) -> Self {
        let mut by_street: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let (mut by_number, mut by_name) = (by_street.clone(), by_street.clone());
        for (number, asked) in all.iter().enumerate() {
            match &asked.number {
                Some(house) => {
                    by_street.entry(asked.street.clone()).or_default().push(number);
                    by_number.entry(house.clone()).or_default().push(number);
                }
                None => by_name.entry(asked.street.clone()).or_default().push(number),
            }
        }
        Self { all, by_street, by_number, by_name }
    }

    /// Notes a place as a hit for every question that it answers exactly or nearly.
    fn answer(&self, said: Said<'_>, place: Where, hits: &mut [Hits]) {
        if !said.name.is_empty() && !said.is_road && !self.by_name.is_empty() {
            let town = plain(said.town);
            for &asked in self.by_name.get(&plain(said.name)).into_iter().flatten() {
                let is_there = town.is_empty() || self.all[asked].is_in(&town);
                let rank = if is_there { EXACT } else { (3, 0) };
                hits[asked].note(rank, !town.is_empty(), || said.in_town(cut(said.name)), place);
            }
        }
        if said.street.is_empty() || said.number.is_empty() || self.by_street.is_empty() {
            return;
        }
        let (street, number) = (plain(said.street), plain(said.number));
        let town = plain(said.town);
        for &asked in self.by_street.get(&street).into_iter().flatten() {
            let is_there = town.is_empty() || self.all[asked].is_in(&town);
            let wanted = self.all[asked].number.as_deref().unwrap_or_default();
            let rank = match (number == wanted, is_there) {
                (true, true) => EXACT,
                (true, false) => (3, 0),
                (false, true) => (1, digits(&number).abs_diff(digits(wanted)) + 1),
                (false, false) => continue,
            };
            hits[asked].note(rank, !town.is_empty(), || said.shown(), place);
        }
        for &asked in self.by_number.get(&number).into_iter().flatten() {
            let wanted = &self.all[asked].street;
            if *wanted == street || wanted.chars().count().abs_diff(street.chars().count()) > 2 {
                continue;
            }
            let edits = distance(wanted, &street);
            if edits <= 1 + wanted.chars().count() / 6 {
                hits[asked].note((2, edits), !town.is_empty(), || said.shown(), place);
            }
        }
    }
}

/// The start of a name, which may be long.
fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}

/// Only the letters, in lower case, and digits of a text, at most 100 of them.
fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).take(100).collect()
}

/// The digits at the start of a house number.
fn digits(number: &str) -> usize {
    let end = number.bytes().take_while(u8::is_ascii_digit).count();
    number[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::pbf_tests::{Tags, block, file};
    use super::*;

    type Tagged = [(&'static str, &'static str)];

    const AT_12: &Tagged =
        &[("addr:street", "Kerkstraat"), ("addr:housenumber", "12"), ("addr:city", "Zeist")];
    const AT_14: &Tagged =
        &[("addr:street", "Kerkstraat"), ("addr:housenumber", "14"), ("addr:city", "Zeist")];
    const OTHER: &Tagged =
        &[("addr:street", "Kerkstraat"), ("addr:housenumber", "12"), ("addr:city", "Bunnik")];
    const LANE: &Tagged = &[("addr:street", "Kerklaan"), ("addr:housenumber", "12 A")];
    const HOME: &Tagged = &[("name", "De Wilgen")];
    const ROAD: &Tagged = &[("name", "De Wilgen"), ("highway", "residential")];

    /// Coordinates in ten-millionths of a degree; the block has a granularity of a hundred of them.
    fn extract() -> Vec<u8> {
        let nodes: Vec<(i64, i64, i64, Tags<'_>)> = vec![
            (1, 100_000, 200_000, AT_12),
            (2, 100_000, 300_000, AT_14),
            (3, 900_000, 900_000, OTHER),
            (4, 400_000, 400_000, LANE),
            (5, 500_000, 600_000, &[]),
            (6, 700_000, 700_000, &[]),
        ];
        let ways: [(Tags<'_>, &[i64]); 2] = [(HOME, &[5, 6]), (ROAD, &[6, 5])];
        file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &ways))
    }

    fn ask(text: &str) -> Located {
        locate(&extract(), &[text.to_owned()]).expect("an extract").remove(0)
    }

    fn names(places: &[NamedPlace]) -> Vec<&str> {
        places.iter().map(|place| place.name.as_str()).collect()
    }

    #[test]
    fn an_address_is_found_however_it_is_written() {
        for text in ["Kerkstraat 12, Zeist", "kerk-straat 12 ,ZEIST"] {
            let found = ask(text);
            assert_eq!(names(&found.places), ["Kerkstraat 12, Zeist"], "{text}");
            assert!((found.places[0].lat - 0.01).abs() < 1e-9 && (found.places[0].lon - 0.02).abs() < 1e-9);
        }
        assert_eq!(names(&ask("Kerklaan 12a").places), ["Kerklaan 12 A"]);
    }

    #[test]
    fn a_name_is_that_of_a_place_and_not_of_a_road() {
        let found = ask("De Wilgen");
        assert_eq!(names(&found.places), ["De Wilgen"]);
        // Where the building begins.
        assert!((found.places[0].lat - 0.05).abs() < 1e-9);
    }

    #[test]
    fn what_is_ambiguous_has_both_and_what_is_unknown_those_near() {
        assert_eq!(names(&ask("Kerkstraat 12").places), ["Kerkstraat 12, Bunnik", "Kerkstraat 12, Zeist"]);
        let unknown = ask("Kerkstraat 13, Zeist");
        assert!(unknown.places.is_empty());
        assert_eq!(names(&unknown.near), ["Kerkstraat 12, Zeist", "Kerkstraat 14, Zeist"]);
        let spelled = ask("Kerkstrat 14");
        assert_eq!(names(&spelled.near), ["Kerkstraat 14, Zeist"]);
        assert_eq!(ask("Dorpsstraat 99"), Located::default());
        assert_eq!(ask(""), Located::default());
    }

    #[test]
    fn a_town_tells_places_of_one_name_apart_and_one_without_a_town_gives_way() {
        const HERE: &Tagged = &[("name", "De Wilgen"), ("addr:city", "Zeist")];
        const THERE: &Tagged = &[("name", "De Wilgen"), ("addr:city", "Bunnik")];
        const SOMEWHERE: &Tagged = &[("addr:street", "Kerkstraat"), ("addr:housenumber", "12")];
        let nodes: Vec<(i64, i64, i64, Tags<'_>)> = vec![
            (1, 100_000, 200_000, AT_12),
            (2, 100_100, 200_100, SOMEWHERE),
            (3, 700_000, 700_000, SOMEWHERE),
            (4, 400_000, 400_000, HERE),
            (5, 500_000, 600_000, THERE),
        ];
        let extract = file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &[]));
        let asked =
            ["De Wilgen, Zeist", "De Wilgen", "De Wilgen, Utrecht", "Kerkstraat 12, Zeist", "Kerkstraat 12"];
        let found = locate(&extract, &asked.map(str::to_owned)).expect("an extract");
        assert_eq!(names(&found[0].places), ["De Wilgen, Zeist"]);
        assert_eq!(names(&found[1].places), ["De Wilgen, Bunnik", "De Wilgen, Zeist"]);
        assert!(found[2].places.is_empty());
        assert_eq!(names(&found[2].near), ["De Wilgen, Bunnik", "De Wilgen, Zeist"]);
        assert_eq!(names(&found[3].places), ["Kerkstraat 12, Zeist"]);
        // The entrance without a town is that of the house with one; the third is elsewhere.
        assert_eq!(names(&found[4].places).len(), 2);
    }

    #[test]
    fn the_address_is_found_behind_any_number_of_neighbours() {
        let numbers: Vec<String> = (2..12_000).map(|number| number.to_string()).collect();
        let tags: Vec<Vec<(&str, &str)>> = numbers
            .iter()
            .map(|number| vec![("addr:street", "Kerkstraat"), ("addr:housenumber", number.as_str())])
            .collect();
        let nodes: Vec<(i64, i64, i64, Tags<'_>)> =
            (1..).zip(&tags).map(|(id, tags)| (id, 100_000 + id, 200_000, tags.as_slice())).collect();
        let extract = file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &[]));
        let asked = ["Kerkstraat 11999", "Kerkstraat 1", "Kerkstraat 12000"].map(str::to_owned);
        let found = locate(&extract, &asked).expect("an extract");
        assert_eq!(names(&found[0].places), ["Kerkstraat 11999"]);
        let near: [Vec<String>; 2] =
            [2..=9, 11_992..=11_999].map(|of| of.map(|number| format!("Kerkstraat {number}")).collect());
        assert_eq!(names(&found[1].near), near[0]);
        assert_eq!(names(&found[2].near), near[1].iter().rev().collect::<Vec<_>>());
    }
}
