# Reminders of reports, what the staff hear, extensions, excuses, leave, obligations, days off.

period-custom = period { $number }/{ $year }
chasing-report =
    { $title }, { $period } (figures from { $first } to { $last }).
    Due: { $due }{ $standing ->
        [extended] , extended
        [returned] , to be sent again
       *[other] { "" }
    }. { $lateness }
    Basis: { $clause }
chasing-for-union = { $union }:
chasing-draft = Draft it now
chasing-paper = Sent on paper
chasing-extend = Ask for more time
chasing-later = Tomorrow
chasing-draft-of = Draft { $period }
chasing-more-of = More about { $period }
chasing-several = There are { $count } things to do:
chasing-put-off = I will remind you of { $period } again on { $day }.
chasing-no-later = { $period } cannot be put off any further: { $why ->
    [often] it was put off twice.
   *[told] the staff above hear of it if it is still missing then.
 }
chasing-settled = { $period } need not be sent any more.

escalation-head = { $count } late reports need your help:
escalation-group = { $title }, { $period }: due { $due }, { $days } working days late
escalation-line = • { $code } · { $union }{ $note }
escalation-senior = , { $above } has been told
escalation-asked = , has asked for more time
escalation-requests = { $count } unions ask for more time and wait for your decision.
escalation-in-digest = { $count } late reports need your help now.
escalation-requests-of = { $code }: { $count } requests for more time
escalation-open = More time, excuse, on paper

extend-how-long = { $title }, { $period }, due { $due }. How many more working days do you need?
extend-until = { $days } more days, until { $until }
extend-why = Why do you need until { $until } for { $period }?
extend-why-once-more = Please say a little more, for example: the accountant is ill and the figures do not match yet. The staff above read this to decide.
extend-asked = The staff above have your request for { $period } until { $until }. While it waits, the old day holds.
extend-granted = { $period } is now due on { $until }. Reminders follow the new day.
extend-refused = More time for { $period } until { $until } was not granted. The old day holds.

menu-giahan = More time, excuse, on paper
menu-nghiavu = Reporting obligations
exempt-requests =
    { $count } requests wait for your decision:
    { $lines }
exempt-no-requests = No request waits.
exempt-request = • { $code } · { $union }, { $period }: due { $due }, asks until { $until }. Reason: { $reason }
exempt-other = To give more time, excuse, enter a paper report or a leave, type the code or the name of the union.
exempt-grant-of = Grant { $code }
exempt-refuse-of = Refuse { $code }
exempt-union =
    { $union } ({ $code })
    { $lines }
exempt-owed = • { $title }, { $period }: due { $due }, { $standing }{ $late ->
        [0] .
       *[other] , { $late } working days late.
    }
exempt-owes-nothing = No report is owed.
exempt-choose = Choose { $period }
exempt-away = • The officer is away from { $since } to { $until }; reminders wait.
exempt-leave = The officer is away
exempt-home = Back at work
exempt-do-days = More time
exempt-do-excuse = Excuse for this period
exempt-do-paper = Received on paper
exempt-do-system = Received by another system
exempt-do-nothing = Nothing to report
exempt-back-extension = Take back the extension
exempt-back-excuse = Take back the excuse
exempt-how-long = { $union }, { $period }, due { $due }. How many more working days?
exempt-days = { $days } more days
exempt-why = What is the reason?
exempt-why-once-more = Please say a little more: the union reads these very words.
exempt-which-days = From which day to which day? Example: 20/3 - 28/3
exempt-gave-extension = { $period } of { $union } is now due on { $until }; the union is told.
exempt-gave-excuse = { $union } is excused for { $period } from { $until } on; the union is told.
exempt-gave-paper = { $until }: { $period } of { $union } was received on paper. No more reminders for it.
exempt-gave-other-system = { $until }: { $period } of { $union } was received by another system. No more reminders for it.
exempt-gave-nothing = { $until }: { $union } has nothing to report for { $period }. No more reminders for it.
exempt-told-extension = { $period } of your union is now due on { $until }. Reason: { $reason }
exempt-told-excuse = From { $until } on your union is excused for { $period }. Reason: { $reason }
exempt-told-paper = { $until }: the staff above entered your { $period } as received on paper. { $reason }
exempt-told-other-system = { $until }: the staff above entered your { $period } as received by another system. { $reason }
exempt-told-nothing = { $until }: the staff above entered that your union has nothing to report for { $period }. { $reason }
exempt-granted = { $period } of { $union } is now due on { $until }; the union is told.
exempt-refused = { $union } is told: no extension of { $period } until { $until }.
exempt-withdrawn = { $union }, { $period }: due on { $due } again.
exempt-gone = { $union } is not reminded from { $since } to { $until }.
exempt-back-home = The union is reminded as usual.

standing-missing = missing
standing-extended = missing, extended
standing-returned = returned, to be sent again
standing-leave = missing, the officer is away
standing-submitted = received
standing-nothing = nothing to report
standing-paper = received on paper
standing-other-system = received by another system
standing-excused = excused

days-page =
    Days off by law in the coming year:
    { $law }
    Days that staff swapped:
    { $swapped }
days-span = • { $one ->
        [true] { $first }
       *[false] { $first } to { $last }
    }
days-swapped = • { $day }: { $works ->
        [true] working day
       *[false] day off
    }
days-none = • None yet.
days-add-off = Add a day off
days-add-work = Add a working day
days-drop = Remove { $day }
days-ask-off = Which days are off? Example: 2/1/2026
days-ask-work = Which days are worked? Example: 10/1/2026
days-which = I could not read a day to come. Write it like 2/1/2026.
days-entered = { $days }: { $works ->
        [true] working.
       *[false] off.
    }
days-removed = { $day } is as the law has it again.
days-not-yours = The common calendar is kept by the highest level here. Please tell them.

obligation-clause = { $document }{ $place }: “{ $quote }”
obligation-section = { "" }, section { $section }
obligation-confirmed =
    Reports that are followed up:
    { $lines }
obligation-proposed = { $count } obligations of the documents are not confirmed. Nobody is reminded before you confirm:
obligation-nothing = There is no reporting obligation yet.
obligation-new = Add another one
obligation-rule =
    • { $title }: { $level }, { $rhythm }, due { $due }, from { $since }{ $ended ->
        [true] { " " }until { $until }
       *[false] { "" }
    }.
    Basis: { $clause }
obligation-title = Report by { $document }
obligation-rhythm = { $cycle } ({ $profile })
obligation-rhythm-custom = cut-offs on { $days }
obligation-cycle-month = monthly
obligation-cycle-quarter = quarterly
obligation-cycle-half = every half-year
obligation-cycle-year = yearly
obligation-cycle-custom = cut-offs of its own
obligation-profile-administrative = administrative, cut-off on the 14th
obligation-profile-calendar = by the calendar
obligation-profile-union-forms = union forms, as of 31/5 and 30/11
obligation-due-working = { $days } working days after the cut-off
obligation-due-day = no later than day { $day } of the month
obligation-due-date = no later than { $day }/{ $month }
obligation-usual = { $due } (usual)
obligation-from = From { $period }, due { $due }
obligation-ask-title = What is this report called?
obligation-ask-level = Which level owes this report?
obligation-ask-cycle = How often?
obligation-ask-cut-offs = On which days of the year are the figures cut off? Example: 20/5, 20/11
obligation-ask-profile = How is the period counted?
obligation-ask-due = When is it due? Choose, or type: 3 days, ngày 20, or 10/6.
obligation-ask-since = From which period on?
obligation-problem = Please choose one of the answers.
obligation-problem-title = Please type the name of the report.
obligation-problem-cut-offs = I could not read the days. Write them like 20/5, 20/11.
obligation-problem-due = I could not read the due day. Write 3 days, ngày 20, or 10/6.
obligation-confirm =
    Please check:
    { $rule }
    First: { $period }, due { $due }. { $count } unions owe it.
obligation-yes = Confirm and begin
obligation-rename = Another name
obligation-no = Leave it
obligation-done = “{ $title }” is kept. The unions are reminded by this day.
obligation-do-due = Change the due day
obligation-do-rhythm = Change the period
obligation-do-end = End it
obligation-end-sure = End “{ $title }”? Periods that are over stay owed, the running one is not.
obligation-end-yes = End it
obligation-end-no = No
obligation-ended = “{ $title }” ends on { $until }. The running period is not owed.
