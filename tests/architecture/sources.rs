//! The source files of a crate and what each of them uses, read from the syntax. Test code is left out.
//!
//! The module tree is followed from its root, as the compiler does. A use is a path in the code (in a `use`, a type, an
//! expression or the arguments of a macro) that leads to another module of the crate. A name that a module only
//! re-exports counts as a use of the file that defines it. Methods are no paths: a call of a method that another file
//! defines is not seen unless its type is named too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};

/// Names from the root of the crate, such as `["rules", "pairing", "FORBIDDEN"]`.
pub type Names = Vec<String>;

/// A crate: its files below the root, and what they use.
#[derive(Default)]
pub struct Sources {
    /// Files by their path relative to the folder of the root, with `/`.
    pub files: BTreeMap<String, Source>,
    /// Files that only tests use.
    pub tests: BTreeSet<PathBuf>,
    modules: BTreeMap<Names, Module>,
}

/// A file without its test code.
#[derive(Default)]
pub struct Source {
    /// Paths as they are written, from the root of the crate on.
    pub written: BTreeSet<Names>,
}

/// A module: a file, or a part of one in braces.
#[derive(Default)]
struct Module {
    file: String,
    children: BTreeSet<String>,
    imports: BTreeMap<String, Names>,
    /// Paths of the code, as written.
    paths: Vec<Names>,
}

impl Sources {
    /// Reads a crate from a folder and the name of its root, `lib.rs` or `main.rs`.
    pub fn read(folder: &Path, root: &str) -> Self {
        Self::from_texts(root, &|file| std::fs::read_to_string(folder.join(file)).ok())
    }

    /// Reads a crate whose files are given as texts.
    fn from_texts(root: &str, text: &dyn Fn(&Path) -> Option<String>) -> Self {
        let mut sources = Self::default();
        let body = text(Path::new(root)).unwrap_or_else(|| panic!("no file {root}"));
        sources.read_file(Path::new(root), &body, Vec::new(), false, text);
        sources.resolve();
        sources
    }

    /// Files of the crate that a file uses, itself aside.
    pub fn used_by(&self, file: &str) -> BTreeSet<&str> {
        let written = self.files[file].written.iter();
        written.map(|names| self.file_of(names)).filter(|used| *used != file).collect()
    }

    /// The file that defines what a path names; re-exports are followed.
    pub fn file_of(&self, names: &[String]) -> &str {
        let mut rest: Names = names.to_vec();
        // More steps than any chain of re-exports has.
        for _ in 0..32 {
            let mut at = Vec::new();
            let mut left = rest.iter();
            let next = loop {
                let module = &self.modules[&at];
                match left.next() {
                    None => return &module.file,
                    Some(name) if module.children.contains(name) => at.push(name.clone()),
                    Some(name) => match module.imports.get(name) {
                        None => return &module.file,
                        Some(origin) => break [origin.as_slice(), left.as_slice()].concat(),
                    },
                }
            };
            rest = next;
        }
        panic!("{names:?} is re-exported in a circle");
    }

    /// Whether names lead to a module.
    pub fn is_module(&self, names: &[String]) -> bool {
        self.modules.contains_key(names)
    }

    fn read_file(
        &mut self,
        file: &Path,
        body: &str,
        module: Names,
        is_test: bool,
        text: &dyn Fn(&Path) -> Option<String>,
    ) {
        let name = file.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let parsed = syn::parse_file(body).unwrap_or_else(|why| panic!("{name}: {why}"));
        let is_root = ["mod.rs", "lib.rs", "main.rs"].iter().any(|root| file.ends_with(root));
        let folder = file.parent().unwrap_or(Path::new(""));
        let below = if is_root { folder.to_owned() } else { file.with_extension("") };
        let mut reader = Reader { name: name.clone(), module, ..Reader::default() };
        reader.here();
        reader.visit_file(&parsed);
        if is_test {
            self.tests.insert(file.to_owned());
        } else {
            self.files.insert(name, Source::default());
            self.modules.append(&mut reader.modules);
        }
        for child in reader.children {
            let plain = below.join(child.module.last().expect("a name"));
            let candidates = match &child.path {
                Some(path) => vec![folder.join(path)],
                None => vec![plain.with_extension("rs"), plain.join("mod.rs")],
            };
            let found = candidates.iter().find_map(|file| Some((file, text(file)?)));
            let (file, body) = found.unwrap_or_else(|| panic!("none of {candidates:?}"));
            self.read_file(file, &body, child.module, is_test || child.is_test, text);
        }
    }

    /// Turns the paths of every module into names from the root of the crate, where they lead to a module of it.
    fn resolve(&mut self) {
        let modules: Vec<Names> = self.modules.keys().cloned().collect();
        for at in &modules {
            let module = &self.modules[at];
            let imports = module.imports.iter();
            let imports: BTreeMap<String, Names> = imports
                .filter_map(|(name, path)| Some((name.clone(), self.absolute(at, path, false)?)))
                .collect();
            self.modules.get_mut(at).expect("a module").imports = imports;
        }
        for at in &modules {
            let module = &self.modules[at];
            let imported = module.imports.values().cloned();
            let named = module.paths.iter().filter_map(|path| self.absolute(at, path, true));
            let written: Vec<Names> = imported.chain(named).collect();
            let file = module.file.clone();
            self.files.get_mut(&file).expect("a file").written.extend(written);
        }
    }

    /// A path written in a module, as names from the root of the crate; `None` where it leads elsewhere.
    fn absolute(&self, at: &[String], path: &[String], with_imports: bool) -> Option<Names> {
        let module = &self.modules[at];
        let (first, rest) = path.split_first()?;
        let join = |start: &[String]| Some([start, rest].concat());
        match first.as_str() {
            "crate" => join(&[]),
            "self" => join(at),
            "super" => {
                let above = at.split_last().map_or(at, |(_, above)| above);
                match rest.first().map(String::as_str) {
                    Some("super") => self.absolute(above, rest, with_imports),
                    _ => join(above),
                }
            }
            child if module.children.contains(child) => Some([at, path].concat()),
            name if with_imports => join(module.imports.get(name)?),
            _ => None,
        }
    }
}

/// A module declared to be in a file of its own.
struct Child {
    module: Names,
    path: Option<String>,
    is_test: bool,
}

/// Reads one file.
#[derive(Default)]
struct Reader {
    name: String,
    /// The module being read, and how many modules in braces of this file it is inside.
    module: Names,
    depth: usize,
    children: Vec<Child>,
    modules: BTreeMap<Names, Module>,
}

impl Reader {
    fn here(&mut self) -> &mut Module {
        let module = self.modules.entry(self.module.clone()).or_default();
        module.file.clone_from(&self.name);
        module
    }

    fn import(&mut self, tree: &syn::UseTree, mut path: Names) {
        match tree {
            syn::UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.import(&part.tree, path);
            }
            syn::UseTree::Name(part) if part.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.here().imports.insert(name, path);
            }
            syn::UseTree::Name(part) => {
                path.push(part.ident.to_string());
                self.here().imports.insert(part.ident.to_string(), path);
            }
            syn::UseTree::Rename(part) => {
                path.push(part.ident.to_string());
                // Two names `_` must not hide each other.
                let name = format!("{} as {}", path.join("::"), part.rename);
                let name = if part.rename == "_" { name } else { part.rename.to_string() };
                self.here().imports.insert(name, path);
            }
            syn::UseTree::Glob(_) => self.here().paths.push(path),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, path.clone());
                }
            }
        }
    }

    /// Paths among the tokens of a macro.
    fn tokens(&mut self, mut at: Cursor<'_>) {
        let mut path: Names = Vec::new();
        let mut colons = 0;
        loop {
            if let Some((name, rest)) = at.ident() {
                if colons != 2 {
                    self.keep(std::mem::take(&mut path));
                }
                path.push(name.to_string());
                (colons, at) = (0, rest);
                continue;
            }
            if let Some((mark, rest)) = at.punct()
                && mark.as_char() == ':'
            {
                (colons, at) = (colons + 1, rest);
                continue;
            }
            self.keep(std::mem::take(&mut path));
            colons = 0;
            if let Some((inside, _, _, rest)) = at.any_group() {
                self.tokens(inside);
                at = rest;
            } else if let Some((_, rest)) = at.token_tree() {
                at = rest;
            } else {
                return;
            }
        }
    }

    fn keep(&mut self, path: Names) {
        if path.len() > 1 {
            self.here().paths.push(path);
        }
    }
}

/// Visits what is not only for tests.
macro_rules! unless_for_tests {
    ($($visit:ident($node:ty)),* $(,)?) => {
        $(fn $visit(&mut self, node: &'ast $node) {
            if !is_for_tests(&node.attrs) {
                visit::$visit(self, node);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for Reader {
    unless_for_tests! {
        visit_item_const(syn::ItemConst), visit_item_enum(syn::ItemEnum), visit_item_fn(syn::ItemFn),
        visit_item_impl(syn::ItemImpl), visit_item_macro(syn::ItemMacro), visit_item_static(syn::ItemStatic),
        visit_item_struct(syn::ItemStruct), visit_item_trait(syn::ItemTrait), visit_item_type(syn::ItemType),
        visit_impl_item_const(syn::ImplItemConst), visit_impl_item_fn(syn::ImplItemFn),
        visit_impl_item_type(syn::ImplItemType), visit_trait_item_fn(syn::TraitItemFn),
        visit_variant(syn::Variant), visit_field(syn::Field), visit_field_value(syn::FieldValue),
        visit_arm(syn::Arm), visit_local(syn::Local), visit_stmt_macro(syn::StmtMacro),
        visit_expr_block(syn::ExprBlock), visit_expr_call(syn::ExprCall), visit_expr_if(syn::ExprIf),
        visit_expr_assign(syn::ExprAssign), visit_expr_method_call(syn::ExprMethodCall),
    }

    fn visit_item_use(&mut self, node: &'ast syn::ItemUse) {
        if !is_for_tests(&node.attrs) {
            self.import(&node.tree, Vec::new());
        }
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        let is_test = is_for_tests(&node.attrs);
        let name = node.ident.to_string();
        if !is_test {
            self.here().children.insert(name.clone());
        }
        self.module.push(name);
        match &node.content {
            None => {
                assert_eq!(self.depth, 0, "{}: a file for a module in braces", self.name);
                let path = node.attrs.iter().find_map(|attribute| match &attribute.meta {
                    syn::Meta::NameValue(syn::MetaNameValue {
                        path,
                        value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
                        ..
                    }) if path.is_ident("path") => Some(text.value()),
                    _ => None,
                });
                self.children.push(Child { module: self.module.clone(), path, is_test });
            }
            Some(_) if is_test => {}
            Some(_) => {
                self.here();
                self.depth += 1;
                visit::visit_item_mod(self, node);
                self.depth -= 1;
            }
        }
        self.module.pop();
    }

    fn visit_path(&mut self, node: &'ast syn::Path) {
        self.keep(node.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, node);
    }

    fn visit_macro(&mut self, node: &'ast syn::Macro) {
        let buffer = TokenBuffer::new2(node.tokens.clone());
        self.tokens(buffer.begin());
        visit::visit_macro(self, node);
    }

    /// `pub(in crate::exact)` names no use.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}
}

/// Whether an item is compiled for tests only.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    fn demands_test(meta: &syn::Meta) -> bool {
        let inside = |list: &syn::MetaList| {
            let parser = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
            list.parse_args_with(parser)
                .map(|metas| metas.into_iter().collect::<Vec<_>>())
                .unwrap_or_default()
        };
        match meta {
            syn::Meta::Path(path) => path.is_ident("test"),
            syn::Meta::List(list) if list.path.is_ident("all") => inside(list).iter().any(demands_test),
            syn::Meta::List(list) if list.path.is_ident("any") => inside(list).iter().all(demands_test),
            _ => false,
        }
    }
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Meta>().is_ok_and(|meta| demands_test(&meta))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(main: &str) -> Vec<String> {
        let main = format!("mod a; mod b; mod c; {main}");
        let text = |file: &Path| {
            let text = match file.to_str()? {
                "main.rs" => &main,
                "a.rs" => "pub struct A;",
                "b/mod.rs" => "pub use super::a::A; pub struct B;",
                "c.rs" => "pub struct C; #[cfg(test)] mod tests;",
                "c/tests.rs" => "mod deep; use crate::b::B;",
                "c/tests/deep.rs" => "use crate::b::B;",
                _ => return None,
            };
            Some(text.to_owned())
        };
        let sources = Sources::from_texts("main.rs", &text);
        let tests: Vec<&Path> = sources.tests.iter().map(PathBuf::as_path).collect();
        assert_eq!(tests, [Path::new("c/tests/deep.rs"), Path::new("c/tests.rs")]);
        sources.used_by("main.rs").into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn test_code_is_skipped_and_what_follows_is_read() {
        let code = "
            #[cfg(test)] mod tests { use crate::a::A; fn f() { crate::b::B; } }
            #[cfg(all(test, unix))] fn g(_: crate::b::B) {}
            struct S { #[cfg(test)] field: crate::b::B, other: u8 }
            fn h() { #[cfg(test)] let x: (crate::b::B, u8); }
            fn after(_: crate::c::C) {}";
        assert_eq!(uses(code), ["c.rs"]);
        assert_eq!(uses("#[cfg(not(test))] use a::A;"), ["a.rs"]);
        assert_eq!(uses("#[cfg(any(test, unix))] use a::A;"), ["a.rs"]);
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        assert_eq!(uses("use crate::{a::A, c::C as D};"), ["a.rs", "c.rs"]);
        assert_eq!(uses("fn f() { let x = c::C; }"), ["c.rs"]);
        assert_eq!(uses("use crate::c; fn f(x: &[c::C]) {}"), ["c.rs"]);
        assert_eq!(uses("fn f() { assert!(g(1, &[crate::c::C])); }"), ["c.rs"]);
        assert_eq!(uses("mod inside { fn f(_: super::super::a::A, _: super::c::C) {} }"), ["a.rs", "c.rs"]);
        assert_eq!(uses("pub(in crate::c) struct D; /// [`crate::a::A`]\nstruct E; use std::fmt;"), [""; 0]);
    }

    #[test]
    fn a_name_that_is_only_re_exported_leads_to_its_origin() {
        assert_eq!(uses("use crate::b::A;"), ["a.rs"]);
        assert_eq!(uses("use crate::b::B;"), ["b/mod.rs"]);
        assert_eq!(uses("use c::C; mod d { use crate::C; }"), ["c.rs"]);
    }
}
