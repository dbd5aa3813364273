# Uitleg in het Nederlands. Wat tussen accolades staat, wordt ingevuld.

# Getallen, namen, data
decimal = ,
minutes = { $count ->
    [one] 1 minuut
   *[other] { $text } minuten
}
visits = { $count ->
    [one] 1 bezoek
   *[other] { $count } bezoeken
}
faces = { $count ->
    [one] 1 gezicht
   *[other] { $count } gezichten
}
nth = { $n ->
    [1] eerste
    [2] tweede
    [3] derde
    [4] vierde
    [5] vijfde
    [6] zesde
    [7] zevende
    [8] achtste
    [9] negende
    [10] tiende
   *[other] { $n }e
}
period = { $days ->
    [1] op deze dag
    [7] in deze week
    [14] in deze twee weken
   *[other] in deze { $days } dagen
}
date = { weekday } { $day } { month } { $year }
weekday = { $weekday ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}
month = { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
and = { $rest } en { $last }
foot = In minuten werktijd, volgens de prijzen van het document. Een voorstel. Het team beslist.
foot-others = Een voorstel. Het team beslist.

# Een bezoek
visit = Waarom { $nurse } op { $date } om { $time } het bezoek { $care } bij { $client } doet
visit-out = Waarom het bezoek { $care } bij { $client } op { $date } is weggelaten
costs-here = Het kost hier { $minutes }: { $terms }.
costs-here-nothing = Het kost hier niets.
costs-some = Wat het hier kost, voor zover dat u aangaat: { $terms }.
share = { $minutes } voor { $what }
elsewhere = Met een andere collega:
nobody-else = Er is geen andere collega.
nth-face = zou { $period } het { $nth } gezicht van { $client } zijn
other-face = zou in de plaats komen van een ander gezicht van { $client }
faces-left = houdt { $client } op { $faces }
road-less = bespaart { $minutes } onderweg
road-more = is { $minutes } langer onderweg
more-for = { $minutes } meer voor { $what }
less-for = { $minutes } minder voor { $what }
dearer = { $minutes } duurder
cheaper = { $minutes } goedkoper
as-dear = even duur als nu
possible = zou kunnen komen
at = om { $time }
if-moves = als { $count ->
    [one] een ander bezoek verschuift
   *[other] { $count } andere bezoeken verschuiven
}
if-left-out = als { $count ->
    [one] een ander bezoek vervalt
   *[other] { $count } andere bezoeken vervallen
}
moved = { $care } bij { $client } gaat van { $nurse } { $time } naar { $to-nurse } { $to-time }
moved-out = { $care } bij { $client }, { $nurse } { $time }, vervalt
tied = niet geprobeerd: het bezoek kan niet alleen uit zijn route, omdat de directe weg tussen de bezoeken ernaast langer duurt
untold = kan niet komen
unknown = niet bekend: gestopt voordat het was geprobeerd
stopped = Gestopt voordat alles was geprobeerd: er kunnen goedkopere plaatsen en andere uitwegen zijn.

# Een cliënt
client = Wie er bij { $client } komt, en waarom
client-visits = { $visits } { $period }, door { $faces }.
client-left-out = Weggelaten: { $visits }.
cost-of-client = Wat alleen over deze cliënt gaat, kost { $minutes }: { $terms }.
cost-of-client-nothing = Wat alleen over deze cliënt gaat, kost niets.
first-nurse = EVV'er
circle = van de kring
new-face = nieuw voor de cliënt
by-others = Zonder haar, als de andere gezichten haar bezoeken deden: { $changes }.
by-others-possible = De andere gezichten zouden haar bezoeken kunnen doen.
no-place = De andere gezichten hebben geen plaats voor { $visits } van haar.
only-face = Er komt niemand anders.
without-unknown = Wat het zonder haar zou kosten, is niet bekend.
known-face = bekend bij de cliënt
does-not-come = komt niet
has-places = heeft plaats voor { $count } van { $visits }
cheapest-place = het goedkoopst is { $care } op { $date }: { $place }
reason-of-visits = { $why } ({ $visits })

# Een collega
nurse = Wat { $nurse } doet, en wat het kost
nurse-visits = { $visits } bij { $clients ->
    [one] 1 cliënt
   *[other] { $clients } cliënten
}, in { $used } van { $shifts ->
    [one] 1 dienst
   *[other] { $shifts } diensten
}.
nurse-time = { $care } zorg, { $road } onderweg, { $waiting } wachten (uren en minuten).
week = Week { $week }: { $paid } betaald
week-contract = Week { $week }: { $paid } betaald, contract { $contract } ({ $more })
cost-of-nurse = Wat alleen over haar routes en uren gaat, kost { $minutes }: { $terms }.
cost-of-nurse-nothing = Wat alleen over haar routes en uren gaat, kost niets.

# De planning
plan = Wat de planning kost: { $minutes }
plan-visits = { $visits } { $period }; weggelaten: { $left }.
by-term = Naar waar het voor is, in minuten:
by-client = Per cliënt (bezoeken en gezichten), in minuten, het grootste eerst:
by-nurse = Per collega (routes en uren), in minuten, in de volgorde van het document:
of-team = het team als geheel
others = { $count } anderen samen

# Weggelaten bezoeken
none-left-out = Er is geen bezoek weggelaten.
left-out-more = Er zijn nog { $visits } weggelaten.
the-same-on = Hetzelfde op { $dates }.
out-costs = Weglaten kost { $minutes }.
ways-out = Wat ruimte zou maken:
no-way-out = Er is niets gevonden dat ruimte zou maken: niet een of twee bezoeken verschuiven, niet tot drie van een route weglaten, en niet één regel minder.
out-move = met { $nurse }
out-instead = de kleinste groep bezoeken die in de weg staat, met { $nurse }
out-rule = als { $rule }, met { $nurse }
rule-window = de zorg { $minutes } buiten het tijdvenster mocht beginnen
rule-overtime = diensten van die dag { $minutes } later mochten eindigen
rule-competence = iedereen bekwaam was
rule-faces = de cliënt elk aantal gezichten goedvond
rule-known_faces = de cliënt bij korte bezoeken nieuwe gezichten goedvond
rule-regular_hour = het uur van dat van de andere dagen mocht afwijken
rule-contract = niemand een contract had
rule-forbidden_pairs = iedereen bij elke cliënt mocht komen
rule-pins = geen bezoek aan een collega was toegezegd

# De prijs van een regel
rule-title = Wat het zou schelen als { $rule }
rule-price = { $price }: de beste planning die is gevonden kost { $with } met de regel, { $without } zonder.
rule-stopped = Gestopt voordat er lang genoeg was gezocht: de prijs kan anders zijn.
rule-at-most = Ten hoogste { $minutes }: dat is bewezen.
rule-left-out = Weggelaten: { $with } met de regel, { $without } zonder.
rule-terms = Wat de regel toevoegt, in minuten:

# Waarom een collega geen plaats heeft voor een bezoek
why-level = heeft niveau { $has }, de zorg vraagt { $needs }
why-competence = mist de bekwaamheid { $missing }
why-forbidden_pair = komt niet bij deze cliënt
why-pinned = het bezoek is aan een collega toegezegd
why-new_face = is nieuw voor de cliënt, die bij bezoeken korter dan { $minutes } bekende gezichten wil
why-no_shift = heeft die dag geen dienst
why-on_leave = heeft die dag verlof
why-home_late = zou { $minutes } na het uiterste einde van haar dienst terug zijn
why-outside_window = geen dienst van die dag reikt tot in het tijdvenster
why-no_gap = geen ruimte van { $minutes } en de weg erheen in het tijdvenster
why-max_faces = zou een gezicht meer zijn dan de cliënt goedvindt
why-regular_hour = geen ruimte rond het uur van de andere dagen
why-bound = zou een grens van de planning overschrijden
why-dearer = zou meer kosten dan het bezoek weglaten
why-has_room = heeft er ruimte voor

# Wat iets kost: wat op "voor" volgt
term-unplanned = weggelaten bezoeken
term-withdrawn = gepubliceerde bezoeken die zijn weggelaten
term-faces = het aantal gezichten
term-new_faces = nieuwe gezichten
term-unintroduced = onbekenden die vervangen tijdens verlof
term-not_first_nurse = bezoeken niet door de EVV'er
term-not_circle = bezoeken door collega's buiten de kring
term-faces_over_max = gezichten boven het afgesproken aantal
term-coc = bezoeken verdeeld over collega's (COC)
term-upc = bezoeken niet door de gewone collega (UPC)
term-handovers = wisselingen van bezoek op bezoek
term-households = meer zorgverleners voor een echtpaar op een dag
term-not_preferred = bezoeken door een ander dan gewenst
term-preferred_start = zorg niet op het eigen uur van de cliënt
term-irregular_hour = zorg op een uur dat niet vast is
term-changed_nurse = bezoeken door een ander dan gepubliceerd
term-changed_day = bezoeken op een andere dan de gepubliceerde dag
term-changed_hour = zorg op een ander dan het gepubliceerde uur
term-fair_load = uren boven een eerlijk deel
term-used_shift = diensten waarin iemand komt
term-wished_off = diensten op een dag die vrij was gevraagd
term-short_tour = routes korter dan de minste lengte
term-overtime = overwerk
term-over_contract = betaalde uren boven het contract
term-under_contract = betaalde uren onder het contract
term-travel = de weg
term-waiting = wachten aan de deur
