# Reports, reminders, digests.

report-details =
    { $title }, { $period } (figures from { $first } to { $last }).
    Due: { $due }.
report-late = It is { $days } working days late. Please submit it.
report-due-today = It is due today.
report-early = { $days } working days are left.
report-why-me = Why am I reminded?
report-why =
    I remind you because { $union } has not submitted this report:
    { $details }
    Source: { $clause }
report-no-clause = a rule of the union above, confirmed by its staff.
report-confirm = { $title } { $period }: has it been submitted elsewhere (on paper, in another system)?
report-confirm-nothing = { $title } { $period }: is it right that there was nothing to report?
report-answer-yes = Yes, submitted
report-answer-nothing = Yes, nothing to report
report-answer-later = Not yet
report-put-off = All right. When it suits you, send /baocao to do { $period }.
report-receipt = The report for { $period } was noted at { $moment }, receipt { $number }. I will not remind you of it again.
report-receipt-nothing = It was noted at { $moment } that there is nothing to report for { $period }, receipt { $number }. I will not remind you of it again.
report-received =
    { $title }, { $period } was received at { $moment }, receipt { $number }{ $version ->
        [1] .
       *[other] , version { $version }.
    }{ $late ->
        [yes] { " " }It is noted as late.
       *[no] { "" }
    } { $files ->
        [0] The .docx is attached, to be printed, signed and kept.
       *[other] { $files } files were passed to the staff above.
    }
report-known = The report for { $period } was noted at { $moment }, receipt { $number }.
report-send-again = Send another version
report-overview =
    Reports of { $union }:
    { $lines }
report-line-done = • { $period }: submitted at { $moment }, receipt { $number }{ $state ->
    [accepted] , accepted
   *[received] { "" }
 }
report-line-owed = • { $period }: due { $due }. { $lateness }
report-line-returned = • { $period }: returned, reason: { $reason } Due again: { $due }. { $lateness }
report-line-excused = • { $period }: excused
report-none-open = Your union has no report that is still to come.
report-none = Your union has no reports to keep track of.
report-open-draft = Draft { $period } now
report-open-other = Other ways for { $period }
report-ways = { $title }, { $period }: how would you like to submit it?
report-way-draft = Draft it now
report-way-file = Send files or photos
report-way-none = Nothing to report
report-way-done = Submitted elsewhere

report-draft =
    Draft of { $title }, { $period }, { $union } (figures of { $months }, due { $due }):

    { $lines }
report-draft-gaps = There are no figures for { $months }; they are left open, not estimated. Add them with Change a line, or send the monthly figures and open the draft again.
report-draft-returned = The version before was returned because: { $reason }
report-draft-renewed = The figures have changed, so the lines that you had not changed were updated.
report-draft-open = The draft for { $period } is still open. Please go on.
report-draft-kept = All right, the draft is kept. Send /baocao to go on with it.
report-draft-cancelled = The draft was dropped; nothing was submitted.
report-pick-one = Nothing was noted. Please choose below; if this was a proposal, choose Add a proposal and send it again.
report-line-of-unions = { $text } (monthly figures of { $count } unions)
report-months = { $first } to { $last }
report-part-results = { $number }. Results
report-part-goals = { $number }. Targets of { $year } (figures since January)
report-part-difficulties = { $number }. Difficulties as told
report-part-proposals = { $number }. Proposals
report-item = • { $text }
report-nothing-to-say = None.
report-line-stock = { $label }: { $value } ({ $month }){ $before }
report-line-sum = { $label }: { $value }{ $gap }{ $before }
report-line-unknown = { $label }: no figures
report-line-typed = { $label }: { $value }
report-goal-open = target { $target }, no figures
report-line-words = { $month }: “{ $words }”
report-line-below = { $union }: { $text }
report-line-came = Unions that submitted: { $came }/{ $count }
report-label-came = Unions that submitted
report-line-total = { $label }: { $value } (sum of { $of }/{ $count } unions){ $before }
report-total-before = ; before { $value } (sum of { $of }/{ $count } unions)
report-chosen = { $option }: { $count } unions
report-gap = { " " }(no figures for { $months })
report-before = ; before { $figure }{ $missing ->
    [0] { "" }
   *[other] { " " }({ $missing } months are missing)
 }
report-before-by = ; before { $figure }, { $how ->
    [up] up by { $by }
    [down] down by { $by }
   *[same] unchanged
 }
report-origins =
    The figures of the draft come from these check-ins:
    { $lines }
report-origin-month = • { $month }: receipt { $number }, sent on { $day }. { $values }
report-origin-no-month = • { $month }: no figures
report-origins-below =
    The figures of the draft are sums over the reports of the unions:
    { $lines }
report-origin-report = • { $union }: report { $number }
report-origin-checkins = • { $union }: report { $number } holds no figures, so those of the check-ins are taken
report-origin-none = • { $union }: report { $number } came without figures, not counted
report-origin-missing = • { $union }: not submitted, not counted

report-button-send = Submit
report-button-lines = Change a line
report-button-add = Add a proposal
report-button-paper = See the .docx
report-button-sources = Where are the figures from?
report-button-ways = Other ways
report-button-put = Later
report-button-cancel = Drop the draft
report-button-show = Back to the draft
report-button-page = More lines
report-button-drop = Remove this line
report-button-reset = Restore this line
report-button-send-files = Submit { $count } files
report-button-instead = Draft from the monthly figures
report-button-stop = Stop, not now
report-which-line = Which line would you like to change?{ $pages ->
    [1] { "" }
   *[other] { " " }(page { $page }/{ $pages })
 }
report-ask-line =
    This line says: { $text }
    { $figure ->
        [yes] Please type the new number, or the whole line.
       *[no] Please type the whole line anew.
    }
report-ask-gone = This line is no longer in the draft.
report-ask-proposal = Please type a proposal to the union above. Each message is one proposal.
report-enough = A report holds { $most } proposals at most. Please change or remove one.
report-too-long = This is longer than { $most } characters. Please write it shorter.
report-paper = The .docx in the official layout, not submitted yet. Please read it, change what is needed, then submit.
report-ask-files = { $count ->
    [0] Please send the report for { $period } as a file or photo.
   *[other] { $count } files of the report for { $period } are here. Send further pages, or submit.
 }
report-send-files = I am waiting for files or photos of the report. Please send one, or choose below.
report-files-enough = A report holds { $most } files at most. Please put the pages together.
report-file-kind = I do not take this kind of file. Please send PDF, Word, Excel or a picture.
report-file-first = This file was not kept. To submit files in place of the draft, choose Send files or photos and send it again.

report-from-below =
    Reports of the unions below { $union }:
    { $lines }
report-below = • { $period }: { $came }/{ $count } unions have submitted
report-gather = Put { $period } together
report-gathered =
    Reports for { $period } put together; only what came is counted:

    { $lines }
report-gathered-sheet = The figures union by union.
report-sheet-tab = Reports
report-sheet-place = No.
report-sheet-code = Code
report-sheet-union = Union
report-sheet-state = State
report-sheet-total = Total
report-sheet-counted = Unions counted
report-sheet-sum = { $sum } ({ $of }/{ $count } unions)
report-sheet-came = { $came }/{ $count } unions submitted
report-sheet-missing = not submitted
report-sheet-excused = excused
report-sheet-submitted = submitted { $day }, { $number }{ $late ->
    [yes] , late
   *[no] { "" }
 }
report-sheet-from-checkins = { " " }(from check-ins)
