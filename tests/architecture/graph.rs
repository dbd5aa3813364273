//! Who uses whom as a graph, and the circles in it.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Files, each with those that it uses.
#[derive(Default)]
pub struct Uses {
    graph: DiGraph<String, ()>,
    nodes: BTreeMap<String, NodeIndex>,
}

impl Uses {
    fn node(&mut self, file: &str) -> NodeIndex {
        let graph = &mut self.graph;
        *self.nodes.entry(file.to_owned()).or_insert_with(|| graph.add_node(file.to_owned()))
    }

    pub fn add(&mut self, file: &str, used: &str) {
        let (file, used) = (self.node(file), self.node(used));
        self.graph.update_edge(file, used, ());
    }

    /// One circle, as short as it gets, for each set of files that all lead to one another.
    pub fn circles(&self) -> Vec<String> {
        tarjan_scc(&self.graph).iter().filter(|knot| knot.len() > 1).map(|knot| self.circle(knot)).collect()
    }

    fn circle(&self, knot: &[NodeIndex]) -> String {
        let shortest = knot.iter().filter_map(|&from| self.way_back(from)).min_by_key(Vec::len);
        let files = shortest.expect("a circle").into_iter().map(|node| self.graph[node].as_str());
        let circle = files.collect::<Vec<_>>().join(" -> ");
        format!("{circle} (of {} files that all lead to one another)", knot.len())
    }

    /// The shortest way from a file to itself.
    fn way_back(&self, from: NodeIndex) -> Option<Vec<NodeIndex>> {
        let mut ways = VecDeque::from([vec![from]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            for next in self.graph.neighbors(way[way.len() - 1]) {
                let longer = [way.as_slice(), &[next]].concat();
                if next == from {
                    return Some(longer);
                }
                if seen.insert(next) {
                    ways.push_back(longer);
                }
            }
        }
        None
    }
}

#[test]
fn a_circle_is_named_by_its_shortest_way() {
    let mut uses = Uses::default();
    for (file, used) in [("a", "b"), ("b", "c"), ("c", "a"), ("c", "b"), ("c", "d")] {
        uses.add(file, used);
    }
    let circles = uses.circles();
    assert_eq!(circles.len(), 1);
    assert!(circles[0].contains("b -> c -> b") || circles[0].contains("c -> b -> c"), "{circles:?}");
}
