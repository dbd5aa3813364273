//! The words of the page in each language. One struct, so that no language can lack a word.

mod dutch;
mod english;
mod table;

pub(super) use table::{Words, count, fill};

use crate::report::language::Language;

impl Language {
    /// All words.
    pub(in crate::report::page) fn words(self) -> &'static Words {
        match self {
            Language::English => &english::WORDS,
            Language::Dutch => &dutch::WORDS,
        }
    }
}
