//! What a file of a room shows to other rooms: methods and fields with their types, and names that it offers.

use syn::visit::{self, Visit};

/// Names of the types that a file defines.
pub fn types(file: &syn::File) -> Vec<String> {
    let name = |item: &syn::Item| match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        _ => None,
    };
    file.items.iter().filter_map(name).collect()
}

/// Methods that other rooms can call, with the types that they return, and fields that other rooms can read. Functions outside
/// of `impl` are seen only where `mod.rs` offers them.
pub fn items(file: &syn::File) -> Vec<(String, syn::Type)> {
    let mut found = Vec::new();
    for item in &file.items {
        match item {
            syn::Item::Impl(item) => {
                for inner in &item.items {
                    if let syn::ImplItem::Fn(method) = inner
                        && is_shown(&method.vis)
                        && let syn::ReturnType::Type(_, ty) = &method.sig.output
                    {
                        found.push((method.sig.ident.to_string(), (**ty).clone()));
                    }
                }
            }
            syn::Item::Struct(item) => {
                for field in item.fields.iter().filter(|field| is_shown(&field.vis)) {
                    let name =
                        field.ident.as_ref().map_or_else(|| item.ident.to_string(), ToString::to_string);
                    found.push((name, field.ty.clone()));
                }
            }
            _ => {}
        }
    }
    found
}

/// Every name in a type.
pub fn names(ty: &syn::Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.0.push(ident.to_string());
        }
    }
    let mut names = Names(Vec::new());
    visit::visit_type(&mut names, ty);
    names.0
}

/// Names that a file offers from modules of its own, each with the module.
pub fn re_exports(file: &syn::File) -> Vec<(String, String)> {
    fn leaves(tree: &syn::UseTree, found: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => leaves(&path.tree, found),
            syn::UseTree::Name(name) => found.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => found.push(rename.ident.to_string()),
            syn::UseTree::Glob(_) => found.push("*".to_owned()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, found)),
        }
    }
    let mut all = Vec::new();
    for item in &file.items {
        if let syn::Item::Use(item) = item
            && is_shown(&item.vis)
            && let syn::UseTree::Path(path) = &item.tree
        {
            let mut found = Vec::new();
            leaves(&path.tree, &mut found);
            all.extend(found.into_iter().map(|name| (path.ident.to_string(), name)));
        }
    }
    all
}

fn is_shown(visibility: &syn::Visibility) -> bool {
    match visibility {
        syn::Visibility::Public(_) => true,
        syn::Visibility::Restricted(to) => to.path.is_ident("crate"),
        syn::Visibility::Inherited => false,
    }
}

#[test]
fn accessors_fields_and_offered_names_are_seen() {
    let code = "pub(crate) use hours::{HoursRule, TourTime as T};
        pub(super) use continuity::A;
        pub(crate) struct E { pub(crate) open: Vec<HoursRule>, closed: HoursRule }
        impl E {
            pub(crate) fn hours(&self) -> Option<&HoursRule> { None }
            pub(super) fn inside(&self) -> &HoursRule { &self.closed }
        }";
    let file = syn::parse_file(code).expect("Rust");
    let seen: Vec<String> = items(&file)
        .into_iter()
        .filter(|(_, ty)| names(ty).iter().any(|name| name == "HoursRule"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(seen, ["open", "hours"]);
    let pair = |module: &str, name: &str| (module.to_owned(), name.to_owned());
    assert_eq!(re_exports(&file), [pair("hours", "HoursRule"), pair("hours", "TourTime")]);
    assert_eq!(types(&file), ["E"]);
}
