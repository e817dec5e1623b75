# Progress: how much of a target is done.

progress-line = • { $indicator }: { $state }
progress-of = { $done }/{ $target }
progress-percent = { $figure }%
progress-share = { $share } ({ $parts })
progress-share-of = { $share }, target { $target }
progress-reached = { $figures }, reached{ $share ->
    [yes] { "" }
   *[no] { $exact ->
        [yes] { "" }
       *[no] { " " }({ $percent }%)
    }
 }
progress-under-way = { $figures }{ $share ->
    [yes] { "" }
   *[no] , { $percent }%
 }, { $left } to go in { $months ->
    [1] 1 month
   *[other] { $months } months
 }
progress-fell-short = { $figures }{ $share ->
    [yes] { "" }
   *[no] , { $percent }%
 }, { $left } short
progress-no-figures = target { $target }, no figures for { $year } yet
progress-not-measured = target { $target }, the monthly figures do not ask for it, so it cannot be computed
progress-missing = { " " }(no figures for month { $months })
progress-and = , { "" }
progress-counted = { $unit ->
    [percent] { $figure }%
    [members] { $figure } members
    [unions] { $figure } grassroots unions
    [persons] { $figure } people
    [houses] { $figure } houses
    [enterprises] { $figure } enterprises
    [agreements] { $figure } agreements
    [times] { $figure } times
    [conferences] { $figure } conferences
    [inspections] { $figure } inspections
    [initiatives] { $figure } initiatives
    [cases] { $figure } cases
    [dong] { $figure } dong
    [thousand_dong] { $figure } thousand dong
    [million_dong] { $figure } million dong
    [billion_dong] { $figure } billion dong
   *[other] { $figure }
 }
progress-source = from { $source }
progress-given = assigned on { $day }
progress-given-by = assigned by { $union } on { $day }
progress-given-clause = { $given }, after { $clause }
progress-as-of = figures up to { $month }
progress-as-of-none = no figures yet

menu-tiendo = Progress
progress-own =
    Progress of { $union } in { $year }, { $month }:
    { $lines }
progress-own-source =
    { $line }
    { "  " }({ $source })
progress-unmeasured = { $count } more targets of the plans are not asked for by the monthly figures, so they cannot be computed.
progress-no-target = There is no target of { $union } itself for { $year } that I know of.
progress-no-target-of = There is no target of { $union } itself for { $year } on: { $indicator }.
progress-ask-above = Ask the staff above, or ask me for the general target of the plan.
progress-so-far =
    Figures sent for { $year }, up to { $month }:
    { $lines }
progress-so-far-line = • { $indicator }: { $figure }
progress-see-picture = See a picture
progress-picture-file = progress.png
progress-sheet-file = progress.xlsx
progress-get-sheet = Get the Excel table
progress-see-all = See each union
progress-next-page = Next page
progress-unknown-union = There is no such union below yours.
progress-which-union = Which union do you want to see?
progress-none-below = No target for { $year } has been assigned to { $union } or the unions below it.
progress-not-measured-below = The monthly figures do not ask for the targets assigned for { $year }, so progress cannot be computed. The Excel table holds them all.
progress-sheet-sent = The progress of { $union } in { $year }.

progress-behind = { "  " }{ $count } unions have not reached it, furthest behind: { $unions }
progress-behind-of = • { $indicator }: { $count } unions have not reached it, furthest behind: { $unions }

progress-table = { $indicator }, { $year }
progress-table-whole = { $union }: { $state }{ $origin }
progress-table-origin = { " " }({ $source })
progress-table-sum = { " " }(sum of the targets assigned)
progress-table-coverage = { $told }/{ $count } unions have figures, { $month }.
progress-table-laggards = Furthest behind first{ $pages ->
    [1] { "" }
   *[other] { " " }(page { $page }/{ $pages })
 }:
progress-table-line = • { $code } · { $union }: { $state }
progress-brief = { $figures } · { $percent }%
progress-brief-none = no figures yet, target { $target }

progress-picture-title = { $union }: { $indicator } { $year }
progress-picture-own = { $union }: progress in { $year }
progress-picture-note = { $whole }, { $month }{ $more ->
    [0] { "" }
   *[other] , { $more } more unions not drawn
 }
progress-picture-until = After { $month }
progress-picture-mark = upright mark: time passed ({ $months }/12 months)
progress-picture-reached = reached
progress-picture-going = in time
progress-picture-behind = behind the time
progress-picture-unknown = no figures yet

progress-sheet = Progress
progress-sheet-code = Code
progress-sheet-union = Union
progress-sheet-indicator = Indicator
progress-sheet-year = Year
progress-sheet-target = Target
progress-sheet-done = Done
progress-sheet-percent = Percent
progress-sheet-left = Missing
progress-sheet-month = Figures up to
progress-sheet-missing = Months without figures
progress-sheet-source = Source of the target
