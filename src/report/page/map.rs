//! The map: streets, clients, and tours along the roads.

use super::facts::{Facts, Piece, Work};
use super::labels;
use crate::model::document::{Mode, Place};
use crate::model::meetings::place_of;
use crate::model::places::places as places_of;
use crate::travel::RoadLines;
use maud::{Markup, html};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Units across the larger side of the map.
const SIZE: f64 = 4000.0;
/// Room around the places, as a share of the larger side.
const ROOM: f64 = 0.06;
/// Most pieces of street on the map.
const MOST_STREETS: usize = 12_000;

type LatLon = [f64; 2];

/// The projection from coordinates to the drawing. It is flat, which suffices for an area as small as a neighbourhood.
struct Frame {
    low: LatLon,
    /// Units per degree of latitude and per degree of longitude.
    scale: LatLon,
    width: f64,
    height: f64,
}

impl Frame {
    fn of(points: &[LatLon]) -> Option<Self> {
        let start = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        let [low, high] = points.iter().fold(start, |[low, high], point| {
            [[low[0].min(point[0]), low[1].min(point[1])], [high[0].max(point[0]), high[1].max(point[1])]]
        });
        if points.is_empty() || points.iter().flatten().any(|value| !value.is_finite()) {
            return None;
        }
        let shrink = libm::cos(((low[0] + high[0]) / 2.0).to_radians()).max(0.01);
        let largest = (high[0] - low[0]).max((high[1] - low[1]) * shrink).max(1e-4);
        let room = largest * ROOM;
        let unit = SIZE / (largest + 2.0 * room);
        let scale = [unit, unit * shrink];
        let low = [low[0] - room, low[1] - room / shrink];
        let high = [high[0] + room, high[1] + room / shrink];
        let (width, height) = ((high[1] - low[1]) * scale[1], (high[0] - low[0]) * scale[0]);
        Some(Self { low, scale, width, height })
    }

    fn bounds(&self) -> [LatLon; 2] {
        let high = [self.low[0] + self.height / self.scale[0], self.low[1] + self.width / self.scale[1]];
        [self.low, high]
    }

    fn point(&self, [lat, lon]: LatLon) -> (i64, i64) {
        let x = (lon - self.low[1]) * self.scale[1];
        let y = self.height - (lat - self.low[0]) * self.scale[0];
        (x.round() as i64, y.round() as i64)
    }

    /// A line as an SVG path of relative steps.
    fn line(&self, points: &[LatLon]) -> String {
        let mut points: Vec<(i64, i64)> = points.iter().map(|&point| self.point(point)).collect();
        points.dedup();
        let Some(&(mut x, mut y)) = points.first() else { return String::new() };
        let mut out = format!("M{x} {y}");
        for &(next_x, next_y) in &points[1..] {
            let (dx, dy) = (next_x - x, next_y - y);
            out += &if dy < 0 { format!("l{dx}{dy}") } else { format!("l{dx} {dy}") };
            (x, y) = (next_x, next_y);
        }
        out
    }
}

/// Homes of nurses and places of clients; `None` if one of them has no coordinates.
fn places(facts: &Facts) -> Option<(Vec<LatLon>, Vec<LatLon>)> {
    let at = |(lat, lon): (f64, f64)| [lat, lon];
    let homes = facts
        .document()
        .nurses
        .iter()
        .map(|nurse| nurse.home.coordinates().map(at))
        .collect::<Option<_>>()?;
    let clients = facts.document().clients.iter();
    let clients = clients.map(|client| client.location.coordinates().map(at)).collect::<Option<_>>()?;
    Some((homes, clients))
}

/// The lines of tours. Each leg follows the roads where they are known, and is straight elsewhere.
struct Lines<'r> {
    drawers: [Option<crate::travel::Drawer<'r>>; 3],
    known: FxHashMap<(usize, [u64; 4]), Vec<LatLon>>,
}

impl<'r> Lines<'r> {
    fn of(roads: Option<&'r RoadLines>) -> Self {
        let drawer = |mode| roads.and_then(|roads| roads.drawer(mode));
        Self { drawers: Mode::ALL.map(drawer), known: FxHashMap::default() }
    }

    fn has_roads(&self) -> bool {
        self.drawers.iter().any(Option::is_some)
    }

    fn leg(&mut self, mode: Mode, from: LatLon, to: LatLon) -> &[LatLon] {
        let key = (mode.index(), [from[0], from[1], to[0], to[1]].map(f64::to_bits));
        let drawer = self.drawers[mode.index()].as_ref();
        let draw = || drawer.and_then(|drawer| drawer.line(from, to)).unwrap_or_else(|| vec![from, to]);
        self.known.entry(key).or_insert_with(draw)
    }
}

pub(super) fn view(facts: &Facts, roads: Option<&RoadLines>) -> Markup {
    let words = facts.words;
    let body = match places(facts) {
        Some((homes, clients)) => drawn(facts, roads, &homes, &clients),
        None => html! { p { (words.map_none) } },
    };
    html! {
        section.view id="view=map" aria-labelledby="map-title" {
            div.title { h2 #map-title { (words.map) } p.note { (words.map_note) } }
            (body)
        }
    }
}

fn drawn(facts: &Facts, roads: Option<&RoadLines>, homes: &[LatLon], clients: &[LatLon]) -> Markup {
    let words = facts.words;
    let places = places_of(facts.document()).into_iter().filter_map(|(_, place)| place.coordinates());
    let all: Vec<LatLon> = places.map(|(lat, lon)| [lat, lon]).collect();
    let Some(frame) = Frame::of(&all) else { return html! { p { (words.map_none) } } };
    let mut lines = Lines::of(roads);
    let streets: String = roads
        .map(|roads| roads.streets(frame.bounds(), MOST_STREETS))
        .unwrap_or_default()
        .iter()
        .map(|piece| frame.line(piece))
        .collect();
    let has_roads = lines.has_roads();
    let tours: Vec<(usize, String)> = (0..facts.work.len())
        .filter(|&i| facts.work[i].tour.is_some())
        .map(|i| (i, frame.line(&path(facts, &facts.work[i], homes, clients, &mut lines))))
        .collect();
    let shared = at_one_place(&frame, clients);
    let homes_named =
        homes.iter().zip(&facts.nurses).map(|(&home, name)| (frame.point(home), name.short.clone()));
    let clients_named = shared.iter().map(|(&point, here)| (point, names_of(facts, here)));
    let labels = labels::placed(&homes_named.chain(clients_named).collect::<Vec<_>>(), frame.width);
    html! {
        @if !has_roads { p.note { (words.map_straight) } }
        div.mapbox {
            div."zoom" {
                button type="button" data-zoom="in" aria-label=(words.zoom_in) { "+" }
                button type="button" data-zoom="out" aria-label=(words.zoom_out) { "−" }
                button type="button" data-zoom="all" { (words.whole) }
            }
            svg #map viewBox={"0 0 " (frame.width.round()) " " (frame.height.round())} tabindex="0" role="application"
                aria-label=(words.map) aria-describedby="map-stops" {
                path."street" d=(streets) {}
                @for (work, line) in &tours {
                    @let of = &facts.work[*work];
                    path class={"line h" (of.nurse % 12) " k" (of.nurse % 4)} d=(line) data-n=(of.nurse)
                        data-d=(of.day) {}
                }
                @for (nurse, (&home, at)) in homes.iter().zip(&labels).enumerate() {
                    @let (x, y) = frame.point(home);
                    g class={"home h" (nurse % 12)} data-n=(nurse) transform={"translate(" (x) " " (y) ")"} {
                        path d="M-7 6V-2L0-8L7-2V6Z" {}
                        (at.text(&facts.nurses[nurse].short))
                    }
                }
                @for (((x, y), here), at) in shared.iter().zip(&labels[homes.len()..]) {
                    @let numbers: Vec<String> = here.iter().map(usize::to_string).collect();
                    g."place" data-c=(numbers.join(" ")) transform={"translate(" (x) " " (y) ")"} {
                        circle r="5" {}
                        (at.text(&names_of(facts, here)))
                        text."nr" y="4" {}
                    }
                }
            }
            div #map-stops {
                ul."legend" aria-label=(words.legend) {
                    li { svg."pin" viewBox="-9 -10 18 18" aria-hidden="true" { path d="M-7 6V-2L0-8L7-2V6Z" {} } " " (words.homes) }
                    li { svg."pin" viewBox="-9 -9 18 18" aria-hidden="true" { circle r="8" {} } " " (words.map_stop) }
                    li { svg."pin far" viewBox="-9 -9 18 18" aria-hidden="true" { circle r="5" {} } " " (words.map_far) }
                }
                h3 { (words.tours) }
                ol."legs" {
                    @for (work, _) in &tours { (legend(facts, &facts.work[*work])) }
                }
                p.nomatch hidden { (words.no_match) }
            }
        }
    }
}

/// Clients who live at the same point of the drawing share a mark.
fn at_one_place(frame: &Frame, clients: &[LatLon]) -> BTreeMap<(i64, i64), Vec<usize>> {
    let mut all: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (client, &place) in clients.iter().enumerate() {
        all.entry(frame.point(place)).or_default().push(client);
    }
    all
}

/// Text for the clients at one place: two by name; of more, the first by name and the number of the others.
fn names_of(facts: &Facts, here: &[usize]) -> String {
    let name = |client: &usize| facts.clients[*client].short.as_str();
    match here {
        [first, second] => format!("{}, {}", name(first), name(second)),
        [first, others @ ..] if !others.is_empty() => format!("{} +{}", name(first), others.len()),
        _ => here.iter().map(name).collect(),
    }
}

/// One tour beside the map: who, when, and whom she visits in order.
fn legend(facts: &Facts, work: &Work) -> Markup {
    let name = &facts.nurses[work.nurse];
    html! {
        li data-n=(work.nurse) data-d=(work.day) {
            svg."sw" viewBox="0 0 30 8" aria-hidden="true" {
                path class={"line h" (work.nurse % 12) " k" (work.nurse % 4)} d="M1 4H29" {}
            }
            a href={"#view=map&nurse=" (name.key) "&day=" (facts.date(work.day))} { (name.shown) }
            " " small {
                (facts.short_date(work.day))
                @if let Some((leave, back)) = work.tour {
                    ", " (facts.clock(leave, work.day)) "–" (facts.clock(back, work.day))
                }
                " · " (facts.words.travel) " " (facts.minutes(work.travel))
            }
            ol."stops" {
                @for piece in &work.pieces {
                    @if let Piece::Visit(number) = piece {
                        @let visit = &facts.visits[*number];
                        li data-c=(visit.client) {
                            a href={"#visit=" (number)} {
                                (facts.clock(visit.start, visit.day)) " " (facts.clients[visit.client].shown)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The line of a tour from its start over its visits and meetings to its end.
fn path(facts: &Facts, work: &Work, homes: &[LatLon], clients: &[LatLon], lines: &mut Lines) -> Vec<LatLon> {
    let mode = facts.document().nurses[work.nurse].mode;
    let document = facts.document();
    let at = |place: &Place, otherwise| place.coordinates().map_or(otherwise, |(lat, lon)| [lat, lon]);
    let home = homes[work.nurse];
    let base = |base| at(document.base_place(&document.nurses[work.nurse], base), home);
    let [home, end] = work.bases.map(base);
    let stops = work.pieces.iter().filter_map(|piece| match piece {
        Piece::Visit(visit) => {
            let visit = &facts.visits[*visit];
            let location = document.clients[visit.client].location_on(facts.date(visit.day));
            Some(at(location, clients[visit.client]))
        }
        Piece::Meeting { meeting, .. } => {
            place_of(document, *meeting, work.nurse).find(document).map(|place| at(place, home))
        }
        _ => None,
    });
    let mut line = vec![home];
    let mut here = home;
    for next in stops.chain([end]) {
        line.extend_from_slice(lines.leg(mode, here, next));
        here = next;
    }
    line
}
