//! Every plan of tiny neighbourhoods, the fewest faces, and what changes of a document can do to its best plan.

mod attainable;
mod metamorphic;
mod oracle;
#[allow(dead_code)]
#[path = "../common/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../common/tiny.rs"]
mod tiny;
