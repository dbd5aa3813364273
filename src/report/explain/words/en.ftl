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
   *[other] { $n }th
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
moved = { $care } of { $client } moves from { $nurse } { $time } to { $to-nurse } { $to-time }
moved-out = { $care } of { $client }, { $nurse } { $time }, is left out
tied = not tried: the visit cannot leave its tour by itself, because the direct way between its neighbours takes longer
untold = cannot come
unknown = not known: stopped before it was tried

# Why a nurse has no place for a visit
why-level = has level { $has }, the care needs { $needs }
why-competence = lacks the competence { $missing }
why-forbidden_pair = does not visit this client
why-pinned = the visit is pinned to a colleague
why-new_face = is new to the client, who wants known faces in visits under { $minutes }
why-no_shift = has no shift that day
why-outside_window = no shift that day reaches into the time window
why-no_gap = no gap of { $minutes } and the way there in the time window
why-max_faces = would be one face more than the client accepts
why-regular_hour = no gap at about the hour of the other days
why-bound = would break a bound of the plan
why-dearer = would cost more than leaving the visit out
why-has_room = has room for it

# What costs something: what follows "for"
term-unplanned = visits left out
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
