//! How the table in [`terms`](super::terms) becomes types: each row is read once, here.

/// Builds [`Term`](super::terms::Term) and [`Prices`](super::terms::Prices) from rows of the form
///
/// ```text
/// Intention {
///     /// What the price is for, in full.
///     Term    price = default,    Unit,    "a few words for pages";
/// }
/// ```
/// A price is a number of minutes, unless the row names another type (`price: Type = default`). A term has the name
/// of its price, unless the row ends in `as "name"`. A row may end in settings that belong to its price:
/// `with setting = default`, each with documentation of its own.
macro_rules! price_list {
    ($($intention:ident {
        $(
            $(#[doc = $doc:tt])+
            $term:ident $price:ident $(: $type:ty)? = $default:expr, $unit:ident, $words:literal
            $(as $name:literal)?
            $(with $(#[doc = $setting_doc:tt])+ $setting:ident = $setting_default:expr)*;
        )+
    })+) => {
        /// A term of the cost of a plan. The terms are in the order of the intentions: great care, great working lives,
        /// efficient use of resources.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Term {
            $($($(#[doc = $doc])+ $term,)+)+
        }

        impl Term {
            /// Every term, in order. A later version may have more of them.
            pub const ALL: &'static [Term] = &[$($(Term::$term,)+)+];

            /// The name in JSON and reports.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Term::$term => price_list!(@name $price $($name)?),)+)+
                }
            }

            /// The name of its price in `prices` of the document.
            pub fn price_name(self) -> &'static str {
                match self {
                    $($(Term::$term => stringify!($price),)+)+
                }
            }

            /// The intention that it serves.
            pub fn intention(self) -> Intention {
                match self {
                    $($(Term::$term => Intention::$intention,)+)+
                }
            }

            /// What its price is multiplied by.
            pub fn unit(self) -> Unit {
                match self {
                    $($(Term::$term => Unit::$unit,)+)+
                }
            }

            /// What it counts, in a few words.
            pub fn words(self) -> &'static str {
                match self {
                    $($(Term::$term => $words,)+)+
                }
            }

            /// What it counts, in full, as in the documentation of its price.
            pub fn definition(self) -> String {
                let text = match self {
                    $($(Term::$term => concat!($($doc, "\n"),+),)+)+
                };
                text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
            }
        }

        /// The price list: what each undesired feature of a plan costs, in minutes of a nurse's time. The defaults keep
        /// the order of the three intentions: great care, great working lives, efficient use of resources. All of
        /// kring's defaults are assumptions to be discussed in a team, not facts.
        ///
        /// # Units and ranges
        /// Each price is 0 to 1,000,000, and is rounded to a thousandth of a second of a nurse's time per unit. Prices of
        /// faces are multiplied by the `weight` of the client before they are rounded.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct Prices {
            $($(
                $(#[doc = $doc])+
                pub $price: price_list!(@type $($type)?),
                $($(#[doc = $setting_doc])+ pub $setting: f64,)*
            )+)+
        }

        impl Default for Prices {
            fn default() -> Self {
                Self { $($($price: $default, $($setting: $setting_default,)*)+)+ }
            }
        }

        impl Prices {
            /// A list on which nothing costs anything.
            pub(crate) fn free() -> Self {
                Self { $($($price: Amount::FREE, $($setting: 0.0,)*)+)+ }
            }

            /// The price of a term.
            pub fn of(&self, term: Term) -> Price {
                match term {
                    $($(Term::$term => self.$price.price(),)+)+
                }
            }
        }
    };
    (@name $price:ident) => { stringify!($price) };
    (@name $price:ident $name:literal) => { $name };
    (@type) => { f64 };
    (@type $type:ty) => { $type };
}

pub(super) use price_list;
