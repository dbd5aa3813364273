//! The words of the page in each language. One struct, so that no language can lack a word.

mod dutch;
mod english;
mod table;

pub(super) use table::{Words, count, fill};

/// The language of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English (default).
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// The code of the language: `en`, `nl`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Dutch => "nl",
        }
    }

    /// All words.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Language::English => &english::WORDS,
            Language::Dutch => &dutch::WORDS,
        }
    }
}
