# Reports, reminders, digests.

report-reminder =
    { $details }
    { $lateness }
report-details =
    { $title }, { $period } (figures from { $first } to { $last }).
    Due: { $due }.
report-late = It is { $days } working days late. Please submit it.
report-due-today = It is due today.
report-early = { $days } working days are left.
report-done = Submitted
report-later = Later
report-why-me = Why am I reminded?
report-why =
    I remind you because { $union } has not marked this as submitted:
    { $details }
    Source: { $clause }
report-no-clause = a rule of the union above, confirmed by its staff.
report-confirm = { $title } { $period }: has it been submitted?
report-confirm-yes = Yes, submitted
report-confirm-no = Not yet
report-put-off = All right. When it is submitted, send /baocao to mark { $period }.
report-receipt = The report for { $period } was noted at { $moment }, receipt { $number }. I will not remind you of it again.
report-known = The report for { $period } was noted at { $moment }, receipt { $number }.
report-overview =
    Reports of { $union }:
    { $lines }
report-line-done = • { $period }: submitted at { $moment }, receipt { $number }
report-line-owed = • { $period }: due { $due }. { $lateness }
report-mark = Submitted { $period }
report-none = Your union has no reports to keep track of.

digest-head =
    Reports of { $union } on { $day }:
    { $late ->
        [0] No union is late.
       *[other] { $late } unions have not submitted an overdue report.
    }
digest-late = { $title }, { $period }: due { $due }, { $days } working days late ({ $count })
digest-silent = No figures for { $month } ({ $count })
digest-unreachable = Cannot be reached ({ $count })
digest-line = • { $code } · { $union }{ $note }
digest-no-officer = has no officer yet
digest-blocked = does not receive messages
digest-undelivered = the last message could not be delivered
digest-more = … and { $count } more
digest-all-well = Everything has come in.
digest-not-staff = This is for the staff of the unions above. Send /baocao to see the reports of your own union.
