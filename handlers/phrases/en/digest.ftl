# The digest for the staff above: who is late, who sent no figures, what waits; reminding again, the workbook, the hour.

digest-head =
    { $late ->
        [0] No union is late.
        [one] 1 union has not submitted a report that is overdue.
       *[other] { $late } unions have not submitted reports that are overdue.
    }
    { $union }, { $day }.
digest-late = { $title }, { $period }: due { $due }, { $days } working days late ({ $count })
digest-away = The officer is away, so nobody was reminded ({ $count })
digest-silent = No figures for { $month } ({ $count })
digest-unreachable = Cannot be reached ({ $count })
digest-line = • { $code } · { $union }
digest-known = { $head }: { $codes }
digest-line-why = { $line } ({ $why })
digest-heard = { $why }, last heard of on { $day }/{ $month }
digest-asked = asks for more time
digest-quota = no more messages may be sent
digest-undelivered = the last message could not be delivered
digest-returned = what was submitted was returned
digest-unopened = has not opened a message
digest-unanswered = has not answered the reminder
digest-seen = has answered, not submitted
digest-no-officer = has no officer yet
digest-blocked = does not receive messages
digest-away-report = { $title }, { $period }
digest-more = … and { $count } more
digest-arrived = New since { $since }: { $news }.
digest-new-reports = { $count } reports
digest-new-figures = { $count } sets of monthly figures
digest-waiting = { $count } reports wait for you to look through.
digest-all-well = Everything has come in.
digest-not-staff = This is for the staff of the unions above. Send /baocao to see the reports of your own union.
digest-page =
    { $lines }

    Page { $page } of { $pages }.
digest-nothing-listed = No union is late and no figures are missing.

digest-button-nudge = Remind again
digest-button-more = More time
digest-button-paper = Received on paper
digest-button-list = Show the list
digest-button-sheet = Export to Excel
digest-button-requests = { $count } requests for more time
digest-button-settings = Change the hour of the digest
digest-button-next = Next page
digest-button-all = Remind all { $count }, { $period }
digest-button-one = { $code } · { $union } · { $period }
digest-button-branch = { $code }: { $late ->
    [0] show unions
   *[other] { $late } late
 }
digest-pick-nudge = Which union shall I remind again? Each person gets at most one more reminder a day.
digest-pick-more = Which union gets more time?
digest-pick-paper = Whose report did you receive on paper?

digest-nudged = I have reminded { $count } unions again: { $unions }.
digest-nudged-not = I could not remind { $count } unions:
digest-nudge-told = I have written today already
digest-nudge-quiet = I do not write to officers at this hour. Please choose it again from { $moment } on.
digest-nudge-head = { $union } asked me to remind you again.

digest-sheet-sent = The list of { $union }, { $day }.
digest-sheet-file = status-{ $union }-{ $day }
digest-sheet-late = Overdue reports
digest-sheet-silent = Missing figures
digest-sheet-unreachable = Not reached
digest-sheet-branches = By union
digest-sheet-code = Code
digest-sheet-union = Union
digest-sheet-above = Union above
digest-sheet-title = Report
digest-sheet-period = Period
digest-sheet-due = Due day
digest-sheet-days = Working days late
digest-sheet-why = Reason
digest-sheet-heard = Last heard of
digest-sheet-away = the officer is away
digest-sheet-owed = Owed
digest-sheet-on-time = On time
digest-sheet-came-late = Late
digest-sheet-missing = Missing
digest-sheet-share = On time (%)

rollup-head =
    { $late ->
        [0] No union is late.
        [one] 1 union has not submitted a report that is overdue.
       *[other] { $late } unions have not submitted reports that are overdue.
    }
    { $union }, { $day }.
rollup-whole = For { $period }, { $on_time } of { $owed } unions were on time ({ $percent }%), { $came_late } late, { $missing } missing.
rollup-trend = On time over the periods: { $rates }.
rollup-rate = { $period } { $percent }%
rollup-line = • { $code } · { $union }: { $on_time }/{ $owed } on time, { $came_late } late, { $missing } missing
rollup-line-none = • { $code } · { $union }: nothing was due yet
rollup-direct = Unions directly below
rollup-silent = { $count } unions sent no monthly figures.
rollup-picture-title = Reports for { $period }, { $union }
rollup-picture-note = { $on_time } of { $owed } unions on time ({ $percent }%){ $more ->
    [0] { "" }
   *[other] . { $more } more in the workbook
 }
rollup-picture-said = { $on_time }/{ $owed } · { $percent }%
rollup-picture-trend = Small columns: share on time, { $first } to { $last }
rollup-picture-on-time = On time
rollup-picture-came-late = Late
rollup-picture-missing = Missing
rollup-picture-file = reports.png

bantin-settings = You get the digest { $every ->
    [weekly] once a week, on its first working day
   *[daily] every working day
 }, from { $hour }:00 on. When nothing is new I do not write.
bantin-saved = Noted.
bantin-daily = Every day
bantin-weekly = Every week
bantin-hour = { $hour }:00
menu-bantin = Hour of the digest
