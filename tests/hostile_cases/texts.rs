//! Good inputs that are small, and texts that are not.

macro_rules! digits {
    () => {
        digits!(@ten digits!(@ten "999"))
    };
    (@ten $($part:tt)*) => {
        concat!($($part)*, $($part)*, $($part)*, $($part)*, $($part)*, $($part)*, $($part)*, $($part)*, $($part)*, $($part)*)
    };
}

/// A number of 300 digits.
pub const LONG: &str = digits!();

/// An instance of Solomon's form.
pub const SOLOMON: &str = "\
T1

VEHICLE
NUMBER     CAPACITY
  3         50

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      35         35          0          0       230          0
    1      41         49         10          0       204         10
    2      35         17          7          0       202         10
    3      55         45         13          0       197         10
";

/// An instance of Cordeau's form: several depots and windows.
pub const CORDEAU: &str = "\
6 2 3 1
100 50
1 10 10 2 5 1 1 1 0 100
2 12 14 2 5 1 1 1 0 100
3 16 10 2 5 1 1 1 0 100
4 11 11 0 0 0 0 0 0 200
";

/// An instance of the consistent VRP.
pub const CONVRP: &str = "\
NAME: SMALL
COMMENT: none
DIMENSION: 4
NUM_DAYS: 2
CAPACITY: 10
DISTANCE: 60
NODE_COORD_SECTION
1 3 4
2 6 8
3 -3 -4
DEMAND_SECTION
1 5 8
2 5 -1
3 -1 2
SVC_TIME_SECTION
1 1.0 2.0
2 1.0 1.0
3 1.0 3.0
DEPOT_SECTION
0. 0.
-1
EOF
";

/// Events of a day.
pub const EVENTS: &str = "\
kring_events: 1
now: DAYT06:30:00+01:00
events:
  - nurse_absent: {nurse: NURSE, date: DAY}
  - visit_cancelled: {client: CLIENT, care: CARE, date: DAY}
";

/// Values that a field may not be made for, as they stand in JSON.
pub fn values() -> Vec<(&'static str, String)> {
    let quoted = |text: &str| format!("\"{text}\"");
    vec![
        ("null", "null".into()),
        ("wrong type", "true".into()),
        ("negative", "-1".into()),
        ("huge", "1e308".into()),
        ("beyond numbers", "1e999".into()),
        ("beyond 64 bits", "18446744073709551616".into()),
        ("300 digits", LONG.into()),
        ("not a number", "NaN".into()),
        ("empty text", quoted("")),
        ("long text", quoted(&"x".repeat(100_000))),
        ("control characters", quoted("a\\u0000\\u001b[31m\\u0007b")),
        ("bidirectional text", quoted("a\u{202e}b\u{2066}c")),
        ("half a surrogate", quoted("\\ud800")),
        ("another id", quoted("nobody")),
        ("no such day", quoted("2026-02-31")),
        ("empty list", "[]".into()),
        ("empty object", "{}".into()),
        ("nested 200 deep", "[".repeat(200) + &"]".repeat(200)),
        ("a fraction", "0.5".into()),
    ]
}

/// YAML that harms, beside what JSON can do.
pub const YAML: &[(&str, &str)] = &[
    (
        "a bomb of aliases",
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n",
    ),
    ("an alias of itself", "kring: 1\nnurses: &n [*n]\n"),
    ("an alias of nothing", "kring: *nothing\n"),
    ("a tag of Python", "kring: !!python/object/apply:os.system ['true']\n"),
    ("two documents", "kring: 1\n---\nkring: 1\n"),
    ("a tab", "kring: 1\n\tnurses: []\n"),
    ("a key twice", "kring: 1\nkring: 1\n"),
    ("a merge", "a: &a {x: 1}\nkring: 1\n<<: *a\n"),
    ("a key that is a list", "? [a, b]\n: 1\n"),
    ("an open bracket", "kring: [1, {a: "),
    ("a lone percent", "%YAML 9.9\n---\nkring: 1\n"),
    ("a NUL", "kring: 1\u{0}\n"),
    ("an endless number", "kring: 1.0e999999999\n"),
    ("a scalar", "kring\n"),
    ("a comment alone", "# kring: 1\n"),
];

/// The same of TOML.
pub const TOML: &[(&str, &str)] = &[
    ("a key twice", "kring = 1\nkring = 1\n"),
    ("a table twice", "[horizon]\ndays = 1\n[horizon]\ndays = 2\n"),
    ("an open text", "kring = \"1\n"),
    ("a number too long", "kring = 99999999999999999999\n"),
    ("not a number", "kring = nan\n"),
    ("without end", "kring = inf\n"),
    ("no such day", "kring = 2026-02-31\n"),
    ("a list of kinds", "kring = 1\nnurses = [1, \"a\", true]\n"),
    ("a dotted clash", "kring = 1\nkring.a = 1\n"),
    ("a half escape", "kring = \"\\uD800\"\n"),
    ("empty keys", "\"\" = 1\n"),
    ("a comment alone", "# kring = 1\n"),
];

/// Tables of visits that happened.
pub const TABLES: &[(&str, &str)] = &[
    ("no columns", "\n"),
    ("other columns", "a,b,c\n1,2,3\n"),
    ("a column twice", "client,client,nurse,date\nc,c,n,2026-03-02\n"),
    ("a row too short", "client,nurse,date\nc01\n"),
    ("a row too long", "client,nurse,date\nc01,n01,2026-03-02,x,x,x\n"),
    ("no such day", "client,nurse,date\nc01,n01,2026-02-31\n"),
    ("nobody", "client,nurse,date\nnobody,n01,2026-03-02\n"),
    ("an open quotation", "client,nurse,date\n\"c01,n01,2026-03-02\n"),
    ("control characters", "client,nurse,date\n\u{1b}[31mc,n\u{7},2026-03-02\n"),
    ("a formula", "client,nurse,date\n=cmd|' /c calc'!A0,n01,2026-03-02\n"),
    ("a NUL", "client,nurse,date\nc01\u{0},n01,2026-03-02\n"),
    ("300 digits as ids", concat!("client,nurse,date\n", digits!(), ",", digits!(), ",2026-03-02\n")),
    ("300 digits as a date", concat!("client,nurse,date\nc01,n01,", digits!(), "\n")),
    ("300 digits in a list", concat!("[{\"client\": ", digits!(), ", \"nurse\": 1, \"date\": 1}]")),
    ("a list of nothing", "[]"),
    ("a list of numbers", "[1, 2]"),
    ("an object", "{\"client\": 1}"),
];
