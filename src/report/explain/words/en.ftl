# Explanations in English. What stands between braces is filled in.

# Numbers, names, dates
decimal = .
minutes = { $count ->
    [one] 1 minute
   *[other] { $text } minutes
}
visits = { $count ->
    [one] 1 visit
   *[other] { $count } visits
}
faces = { $count ->
    [one] 1 face
   *[other] { $count } faces
}
nth = { $n ->
    [1] first
    [2] second
    [3] third
    [4] fourth
    [5] fifth
    [6] sixth
    [7] seventh
    [8] eighth
    [9] ninth
    [10] tenth
   *[other] { NUMBER($n, type: "ordinal") ->
        [one] { $n }st
        [two] { $n }nd
        [few] { $n }rd
       *[other] { $n }th
    }
}
period = { $days ->
    [1] this day
    [7] this week
    [14] this fortnight
   *[other] these { $days } days
}
date = { weekday } { $day } { month } { $year }
weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
and = { $rest } and { $last }
foot = In minutes of a nurse's time, by the prices of the document. A proposal. The team decides.
foot-others = A proposal. The team decides.

# A visit
visit = Why { $nurse } makes { $care } of { $client } on { $date } at { $time }
visit-out = Why { $care } of { $client } on { $date } is left out
costs-here = It costs { $minutes } where it is: { $terms }.
costs-here-nothing = It costs nothing where it is.
costs-some = What it costs where it is, as far as that is yours to know: { $terms }.
share = { $minutes } for { $what }
elsewhere = With another nurse:
nobody-else = There is no other nurse.
nth-face = would be the { $nth } face of { $client } { $period }
other-face = would take the place of another face of { $client }
faces-left = leaves { $client } with { $faces }
road-less = saves { $minutes } on the road
road-more = takes { $minutes } more on the road
more-for = { $minutes } more for { $what }
less-for = { $minutes } less for { $what }
dearer = { $minutes } dearer
cheaper = { $minutes } cheaper
as-dear = as dear as now
possible = could come
at = at { $time }
if-moves = if { $count ->
    [one] another visit moves
   *[other] { $count } other visits move
}
if-left-out = if { $count ->
    [one] another visit is left out
   *[other] { $count } other visits are left out
}
moved = { $care } of { $client } moves from { $nurse } { $time } to { $to-nurse } { $to-time }
moved-out = { $care } of { $client }, { $nurse } { $time }, is left out
tied = not tried: the visit cannot leave its tour by itself, because the direct way between its neighbours takes longer
untold = cannot come
unknown = not known: stopped before it was tried
stopped = Stopped before everything was tried: there may be cheaper places and other ways out.

# A client
client = Who comes to { $client }, and why
client-visits = { $visits } { $period }, by { $faces }.
client-left-out = Left out: { $visits }.
cost-of-client = What is about this client alone costs { $minutes }: { $terms }.
cost-of-client-nothing = What is about this client alone costs nothing.
first-nurse = first nurse
circle = of the circle
new-face = new to the client
by-others = Without her, if the other faces made her visits: { $changes }.
by-others-possible = The other faces could make her visits.
no-place = The other faces have no place for { $visits } of hers.
only-face = Nobody else comes.
without-unknown = What it would cost without her is not known.
known-face = known to the client
does-not-come = does not come
has-places = has a place for { $count } of { $visits }
cheapest-place = the cheapest is { $care } on { $date }: { $place }
reason-of-visits = { $why } ({ $visits })

# A nurse
nurse = What { $nurse } does, and what it costs
nurse-visits = { $visits } to { $clients ->
    [one] 1 client
   *[other] { $clients } clients
}, in { $used } of { $shifts ->
    [one] 1 shift
   *[other] { $shifts } shifts
}.
nurse-time = { $care } of care, { $road } on the road, { $waiting } of waiting (hours and minutes).
week = Week { $week }: { $paid } paid
week-contract = Week { $week }: { $paid } paid, contract { $contract } ({ $more })
cost-of-nurse = What is about her tours and hours alone costs { $minutes }: { $terms }.
cost-of-nurse-nothing = What is about her tours and hours alone costs nothing.

# The plan
plan = What the plan costs: { $minutes }
plan-visits = { $visits } { $period }; left out: { $left }.
by-term = By what it is for, in minutes:
by-client = By client (its visits and faces), in minutes, the largest first:
by-nurse = By nurse (her tours and hours), in minutes, in the order of the document:
of-team = the team as a whole
others = { $count } others together

# Visits left out
none-left-out = No visit is left out.
left-out-more = { $visits } more are left out.
the-same-on = The same on { $dates }.
out-costs = Leaving it out costs { $minutes }.
ways-out = What would make room:
no-way-out = Nothing was found that would make room: not moving one or two visits, not leaving out up to three of one tour, not one rule less.
out-move = with { $nurse }
out-instead = the smallest set of visits in its way, with { $nurse }
out-rule = if { $rule }, with { $nurse }
rule-window = care might start { $minutes } outside its window
rule-overtime = shifts of that day might end { $minutes } later
rule-competence = anybody were competent
rule-faces = the client accepted any number of faces
rule-known_faces = the client accepted new faces in short visits
rule-regular_hour = the hour could differ from that of the other days
rule-contract = nobody had a contract
rule-forbidden_pairs = every nurse could come to every client
rule-pins = no visit were pinned to a nurse

# The price of a rule
rule-title = What it would save if { $rule }
rule-price = { $price }: the best plan found costs { $with } with the rule, { $without } without it.
rule-stopped = Stopped before the searches were done: the price may be another.
rule-at-most = At most { $minutes }: that is proven.
rule-left-out = Left out: { $with } with the rule, { $without } without it.
rule-terms = What the rule adds, in minutes:

# Why a nurse has no place for a visit
why-level = has level { $has }, the care needs { $needs }
why-competence = lacks the competence { $missing }
why-forbidden_pair = does not visit this client
why-pinned = the visit is pinned to a colleague
why-new_face = is new to the client, who wants known faces in visits under { $minutes }
why-no_shift = has no shift that day
why-on_leave = is on leave that day
why-home_late = would be back { $minutes } after the latest end of her shift
why-outside_window = no shift that day reaches into the time window
why-no_gap = no gap of { $minutes } and the way there in the time window
why-max_faces = would be one face more than the client accepts
why-regular_hour = no gap at about the hour of the other days
why-bound = would break a bound of the plan
why-dearer = would cost more than leaving the visit out
why-has_room = has room for it

# What costs something: what follows "for"
term-unplanned = visits left out
term-withdrawn = published visits that are left out
term-faces = the number of faces
term-new_faces = new faces
term-unintroduced = strangers who stand in during leave
term-not_first_nurse = visits by another than the first nurse
term-not_circle = visits by nurses outside the circle
term-faces_over_max = faces beyond the agreed number
term-coc = visits divided among nurses (COC)
term-upc = visits not by the usual nurse (UPC)
term-handovers = hand-overs from visit to visit
term-households = further nurses of a couple on a day
term-not_preferred = visits by another than a preferred nurse
term-preferred_start = care away from the client's own hour
term-irregular_hour = care at an hour that is not regular
term-changed_nurse = visits by another nurse than published
term-changed_day = visits on another day than published
term-changed_hour = care at another hour than published
term-fair_load = hours beyond a fair share
term-used_shift = shifts in which somebody comes in
term-wished_off = shifts on a day that was wished off
term-short_tour = tours shorter than the least length
term-overtime = overtime
term-over_contract = paid hours above the contract
term-under_contract = paid hours below the contract
term-travel = the road
term-waiting = waiting at the door
