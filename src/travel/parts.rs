//! The largest part of the roads in which every point can be reached from every other.

use super::places::is_on_earth;
use super::stretches::{FAR, Stretch, Stretches};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// Nodes and stretches of the largest strongly connected part, renumbered in the old order.
pub(super) fn largest_part(all: &Stretches) -> (Vec<[f64; 2]>, Vec<Stretch>) {
    let open = |time: Option<u32>| time.is_some_and(|time| time <= Stretch::LONGEST);
    let mut directed = DiGraph::<(), (), u32>::with_capacity(all.nodes.len(), 2 * all.stretches.len());
    for _ in &all.nodes {
        directed.add_node(());
    }
    let usable = |stretch: &&Stretch| {
        let known = |node: u32| all.nodes.get(node as usize).is_some_and(|&place| is_on_earth(place));
        known(stretch.from)
            && known(stretch.to)
            && stretch.from != stretch.to
            && (open(stretch.ahead) || open(stretch.back))
    };
    for stretch in all.stretches.iter().filter(usable) {
        let (from, to) = (NodeIndex::new(stretch.from as usize), NodeIndex::new(stretch.to as usize));
        if open(stretch.ahead) {
            directed.add_edge(from, to, ());
        }
        if open(stretch.back) {
            directed.add_edge(to, from, ());
        }
    }
    let parts = kosaraju_scc(&directed);
    let lowest = |part: &Vec<NodeIndex>| part.iter().min().map_or(0, |node| node.index());
    let largest = parts.iter().max_by_key(|part| (part.len(), std::cmp::Reverse(lowest(part))));
    let mut number = vec![FAR; all.nodes.len()];
    for node in largest.into_iter().flatten() {
        number[node.index()] = 0;
    }
    let mut nodes = Vec::new();
    for (number, &place) in number.iter_mut().zip(&all.nodes).filter(|(number, _)| **number == 0) {
        *number = nodes.len() as u32;
        nodes.push(place);
    }
    let inside = |stretch: &Stretch| Stretch {
        from: number[stretch.from as usize],
        to: number[stretch.to as usize],
        ahead: stretch.ahead.filter(|_| open(stretch.ahead)),
        back: stretch.back.filter(|_| open(stretch.back)),
        ..*stretch
    };
    let kept = all.stretches.iter().filter(usable).map(inside);
    (nodes, kept.filter(|stretch| stretch.from != FAR && stretch.to != FAR).collect())
}
