//! The messages of a language: one Fluent file each, `words/*.ftl`. `words/en.ftl` comes first; all others have the
//! same messages with the same variables, which the tests check.

use super::super::language::Language;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The file of a language. To add a language, add a file and a line here.
fn file(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("words/en.ftl"),
        Language::Dutch => include_str!("words/nl.ftl"),
    }
}

/// The variables of a message, each with its name and value.
pub(super) type Args<'a> = [(&'static str, FluentValue<'a>)];

/// The parsed messages of a language.
pub(super) struct Catalogue {
    messages: FluentBundle<FluentResource>,
    decimal: String,
}

impl Catalogue {
    pub(super) fn new(language: Language) -> Self {
        // A message that cannot be parsed would be missing; the tests check that none is.
        let read = FluentResource::try_new(file(language).to_owned()).unwrap_or_else(|(read, _)| read);
        let code: Option<LanguageIdentifier> = language.code().parse().ok();
        let mut messages = FluentBundle::new(code.into_iter().collect());
        messages.set_use_isolating(false);
        // This adds `NUMBER`, without which the tests below fail. It cannot fail, because an empty bundle has no such
        // function yet.
        let _ = messages.add_builtins();
        messages.add_resource_overriding(read);
        let mut catalogue = Self { messages, decimal: String::new() };
        catalogue.decimal = catalogue.say("decimal", &[]);
        catalogue
    }

    /// Whether there is a message.
    #[cfg(test)]
    fn has(&self, id: &str) -> bool {
        self.messages.has_message(id)
    }

    /// A message with its variables filled in. For a message that does not exist it is the id itself.
    pub(super) fn say(&self, id: &str, args: &Args<'_>) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        let Some(pattern) = self.messages.get_message(id).and_then(|message| message.value()) else {
            debug_assert!(false, "no message {id}");
            return id.to_owned();
        };
        let mut wrong = Vec::new();
        let text = self.messages.format_pattern(pattern, Some(&args), &mut wrong);
        debug_assert!(wrong.is_empty(), "{id}: {wrong:?}");
        text.into_owned()
    }

    /// An amount of minutes, in tenths: `11.5 minutes`, `1 minute`.
    pub(super) fn minutes_of(&self, tenths: i64) -> String {
        let number = self.tenths(tenths);
        let count = match tenths % 10 {
            0 => FluentValue::from(tenths / 10),
            _ => FluentValue::from(tenths as f64 / 10.0),
        };
        self.say("minutes", &[("count", count), ("text", number.into())])
    }

    /// Tenths as a number: `11.5`, `3`.
    fn tenths(&self, tenths: i64) -> String {
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            _ => self.decimals(tenths),
        }
    }

    /// Tenths as a number in a table, always with a decimal: `11.5`, `3.0`.
    pub(super) fn decimals(&self, tenths: i64) -> String {
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{}{}{}", tenths.abs() / 10, self.decimal, tenths.abs() % 10)
    }

    /// Parts of a sentence: `a, b and c`.
    pub(super) fn list(&self, mut parts: Vec<String>) -> String {
        match parts.pop() {
            Some(last) if !parts.is_empty() => {
                self.say("and", &[("rest", parts.join(", ").into()), ("last", last.into())])
            }
            last => last.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Term;
    use fluent_bundle::FluentResource;
    use std::collections::{BTreeMap, BTreeSet};

    /// The messages of a file, each with the variables that it names.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let text = file(language);
        assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{language:?} cannot be read");
        let mut all = BTreeMap::new();
        let mut last = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" = ").filter(|(id, _)| !id.starts_with([' ', '{', '['])) {
                last = id.to_owned();
                assert!(all.insert(last.clone(), BTreeSet::new()).is_none(), "{id} stands twice");
            }
            let named = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect::<String>()
            });
            all.entry(last.clone()).or_default().extend(named);
        }
        all.remove("");
        all
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_variables() {
        let english = messages(Language::English);
        assert!(
            english.len() > 50,
            "only {} messages found: the test looks in the wrong place",
            english.len()
        );
        assert_eq!(english["share"], ["minutes", "what"].map(str::to_owned).into());
        for &language in Language::ALL {
            assert_eq!(messages(language), english, "{language:?}");
            let catalogue = Catalogue::new(language);
            for id in english.keys() {
                assert!(catalogue.has(id), "{language:?} lacks {id}");
            }
        }
    }

    #[test]
    fn every_term_has_words() {
        for &language in Language::ALL {
            for term in Term::ALL {
                let id = format!("term-{}", term.name());
                assert!(Catalogue::new(language).has(&id), "{language:?} lacks {id}");
            }
        }
    }

    #[test]
    fn numbers_are_written_as_in_the_language() {
        let [english, dutch] = [Language::English, Language::Dutch].map(Catalogue::new);
        assert_eq!(
            [10, 15, 0, 20].map(|t| english.minutes_of(t)),
            ["1 minute", "1.5 minutes", "0 minutes", "2 minutes"]
        );
        assert_eq!([10, 15].map(|t| dutch.minutes_of(t)), ["1 minuut", "1,5 minuten"]);
        let nth = |n: u32| english.say("nth", &[("n", n.into())]);
        assert_eq!([3, 11, 21, 22, 23, 24].map(nth), ["third", "11th", "21st", "22nd", "23rd", "24th"]);
        assert_eq!(english.list(vec!["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
