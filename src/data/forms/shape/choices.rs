//! Values that may have one of several forms: words, objects with exactly one of several fields, objects that are told
//! apart by a word in one of their fields.

use super::super::tree::{Field, Node, Value};
use super::mend::SKETCHED;
use super::schema::constant;
use super::words::{alike, found, joined, quoted};
use super::{MOST_KEPT, Shape};
use serde_json::Value as Json;

impl<'a> Shape<'a> {
    /// Checks a value that may have one of several forms. If it has none of them, the mistakes reported are those
    /// against the first form of its kind.
    pub(super) fn any(&mut self, choices: &'a [Json], node: &mut Node, path: &str) {
        // A value that may be left out has two choices, null and its form: a value that is given must have that form.
        let is_nothing = matches!(node.value, Value::Nothing);
        let is_null = |choice: &&Json| choice.get("type") == Some(&Json::from("null"));
        if is_nothing && choices.iter().any(|choice| is_null(&choice)) {
            return;
        }
        let others: Vec<&Json> = choices.iter().filter(|choice| !is_null(choice)).collect();
        if let [other] = others[..] {
            return self.value(other, node, path);
        }
        let mut told: Option<Self> = None;
        for choice in others {
            let mut tried = Self { mistakes: Vec::new(), not_kept: 0, ..*self };
            let mut copy = node.clone();
            tried.value(choice, &mut copy, path);
            if tried.mistakes.is_empty() {
                *node = copy;
                return;
            }
            // A value of another kind gives a single mistake, whose path is that of the value itself.
            let is_of_kind = |shape: &Self| shape.mistakes.iter().any(|mistake| mistake.path != path);
            if told.as_ref().is_none_or(|first| !is_of_kind(first) && is_of_kind(&tried)) {
                told = Some(tried);
            }
        }
        let told = told.map(|told| told.mistakes).unwrap_or_default();
        let room = MOST_KEPT.saturating_sub(self.mistakes.len());
        self.not_kept += told.len().saturating_sub(room);
        self.mistakes.extend(told.into_iter().take(room));
    }

    /// Checks an object whose form is named by the word in its field `tag`.
    pub(super) fn tagged(&mut self, tag: &str, choices: &'a [Json], node: &mut Node, path: &str) {
        let line = node.line;
        let named = node.text(tag).map(str::to_owned);
        let Value::Fields(fields) = &mut node.value else {
            let problem = format!("expected an object with fields, found {}", found(&node.value));
            return self.wrong(path, line, problem, format!("write an object with the field {tag}"));
        };
        let words = || choices.iter().filter_map(|choice| constant(choice, tag));
        let inside = joined(path, tag);
        let Some(named) = named else {
            let all: Vec<&str> = words().collect();
            return self.wrong(
                &inside,
                line,
                "the field is missing",
                format!("write one of {}", all.join(", ")),
            );
        };
        match choices.iter().find(|choice| constant(choice, tag) == Some(&named)) {
            Some(schema) => self.fields(schema, fields, line, path),
            None => {
                let all: Vec<&str> = words().collect();
                let mend = format!("{}write one of {}", alike(&named, words()), all.join(", "));
                self.wrong(&inside, line, format!("{} is not one of the choices", quoted(&named)), mend);
            }
        }
    }

    /// Checks a value that is one of several words, or an object with exactly one of several fields.
    pub(super) fn choice(&mut self, choices: &'a [Json], node: &mut Node, path: &str) {
        let words = choices.iter().flat_map(|choice| {
            let list = choice.get("enum").and_then(Json::as_array).into_iter().flatten();
            choice.get("const").into_iter().chain(list).filter_map(Json::as_str)
        });
        let words: Vec<&str> = words.collect();
        let property = |choice: &'a Json| choice.get("properties")?.as_object()?.iter().next();
        let objects: Vec<(&str, &Json)> =
            choices.iter().filter_map(property).map(|(name, schema)| (name.as_str(), schema)).collect();
        let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        all.extend(objects.iter().map(|(name, _)| format!("{name}: ...")));
        let all = all.join(", ");
        match &mut node.value {
            Value::Text(text) if words.contains(&text.as_str()) => {}
            Value::Text(text) => {
                let problem = format!("{} is not one of the choices", quoted(text));
                let mend = match objects.iter().find(|(name, _)| *name == text.as_str()) {
                    Some((name, schema)) => {
                        format!("say which: write {{{name}: {}}}", self.sketch(schema, name, SKETCHED))
                    }
                    None => {
                        let names = words.iter().chain(objects.iter().map(|(name, _)| name)).copied();
                        format!("{}write one of {all}", alike(text, names))
                    }
                };
                self.wrong(path, node.line, problem, mend);
            }
            Value::Fields(fields) if !objects.is_empty() => {
                let is_known = |field: &Field| objects.iter().any(|(name, _)| *name == field.name);
                let known = fields.iter().filter(|field| is_known(field)).count();
                if known == 1 && fields.len() > 1 {
                    for other in fields.iter().filter(|field| !is_known(field)) {
                        let problem = format!("the field {} is unknown here", quoted(&other.name));
                        self.wrong(&joined(path, &other.name), other.line, problem, "leave it out");
                    }
                    return;
                }
                let [field] = &mut fields[..] else {
                    let problem = format!("expected one field, found {}", fields.len());
                    return self.wrong(path, node.line, problem, format!("write one of {all}"));
                };
                let inside = joined(path, &field.name);
                match objects.iter().find(|(name, _)| *name == field.name) {
                    Some((_, schema)) => self.value(schema, &mut field.value, &inside),
                    None => {
                        let hint = alike(&field.name, objects.iter().map(|(name, _)| *name));
                        let problem = format!("{} is not one of the choices", quoted(&field.name));
                        self.wrong(&inside, field.line, problem, format!("{hint}write one of {all}"));
                    }
                }
            }
            other => {
                let problem = format!("expected one of {all}, found {}", found(other));
                // If a list was given, the mend names the choices that hold a list.
                let is_list =
                    |schema: &&'a Json| self.resolve(schema).0.get("type") == Some(&Json::from("array"));
                let lists = objects.iter().filter(|(_, schema)| is_list(schema));
                let lists: Vec<String> = lists.map(|(name, _)| format!("{{{name}: [...]}}")).collect();
                let mend = match other {
                    Value::List(_) if !lists.is_empty() => format!("say of what: {}", lists.join(" or ")),
                    _ => "write one of them".to_owned(),
                };
                self.wrong(path, node.line, problem, mend);
            }
        }
    }
}
