# Monthly figures.

checkin-prompt =
    The figures of { $union } for { $month } are due.
    It takes a minute.
checkin-prompt-again = I have not received the figures of { $union } for { $month } yet. Please send them. I will not remind you of this month again.
checkin-start = Send now
checkin-unchanged = Nothing changed
checkin-later = Later
checkin-put-off = All right. Send /solieu when it suits you. I keep what you have entered.
checkin-question = ({ $place }/{ $total }, { $month }) { $question }
checkin-if-unchanged = If nothing changed this month, I note: { $figures }.
checkin-send-unchanged = Nothing changed, send it
checkin-rest-unchanged = Nothing else changed
checkin-as-last-month = As last month: { $value }
checkin-none-this-month = None
checkin-none-of-these = None of these
checkin-marked = ✓ { $label }
checkin-done = Done ({ $count })
checkin-today = Today
checkin-yesterday = Yesterday
checkin-yes = Yes
checkin-no = No
checkin-skip = Skip
checkin-back = Back
checkin-nothing = none
checkin-line = • { $label }: { $value }
checkin-summary =
    Figures for { $month }:
    { $lines }
    Is this right?
checkin-lines = Change a line
checkin-which-line = Which line shall be changed?
checkin-send = Send
checkin-cancel = Cancel
checkin-cancelled = The figures for { $month } that were being entered are cancelled. Nothing more was sent.
checkin-not-understood = I did not understand { $parts }. The rest is noted.
checkin-quoted = “{ $text }”

checkin-receipt = Figures for { $month } received at { $moment }, receipt { $number }.{ $late ->
    [yes] { " " }They are marked as late.
   *[no] { "" }
 } Thank you.
checkin-corrected = The corrected figures for { $month } were kept at { $moment }, receipt { $number }. The earlier ones are kept too.{ $late ->
    [yes] { " " }The month is closed, so this is marked as a correction after closing.
   *[no] { "" }
 }
checkin-same-as-sent = The figures sent for { $month } before are the same, so no correction was noted.
checkin-as-before = The figures are those of { $month }.
checkin-against-before =
    Compared with { $month }:
    { $lines }
checkin-moved-up = • { $label }: { $now }, up { $by } (from { $then })
checkin-moved-down = • { $label }: { $now }, down { $by } (from { $then })
checkin-moved-flow = • { $label }: { $now } (before: { $then })
checkin-progress = Against the targets of this year:

checkin-already =
    There are figures for { $month } already, sent by { $by } at { $moment }, receipt { $number }:
    { $lines }
checkin-already-closed = This month was closed on { $day }. It can still be corrected; that is marked as a correction after closing.
checkin-correct = Correct these figures
checkin-history = See what was sent
checkin-history-of = What was sent for { $month }:
checkin-history-line = { $place }. { $moment }, receipt { $number }, sent by { $by }{ $late ->
    [yes] { " " }(after closing)
   *[no] { "" }
 }. { $changes }
checkin-changed = { $label }: { $before } → { $after }
checkin-by-you = you
checkin-by-other = another officer of the union
checkin-by-office = the staff above
checkin-other-sent =
    While you were entering figures, { $by } sent those for { $month } at { $moment }, receipt { $number }. They differ:
    { $lines }
    Which shall stand?
checkin-differs = • { $label }: sent { $before }, yours { $after }
checkin-keep = Keep what was sent
checkin-mine = Send mine instead
checkin-kept-theirs = The figures sent for { $month } stand. Yours were not sent.

checkin-not-a-number = I could not read this number. Please enter a number, such as 128 or 1,250.
checkin-not-a-percentage = I could not read this percentage. Please enter it like 98.5%.
checkin-not-a-day = I could not read this day. Please enter it like 15/3/2025, 15/3 or yesterday.
checkin-number-out-of-range = This number is above 1,000,000, which looks like a slip. Please enter it again.
checkin-no-last-figure = I have no figure of last month to count from. Please enter the present one.
checkin-below-zero = That would be below 0. Please enter the present figure.
checkin-pick-one = Please choose one of the following.
checkin-pick-some = Please choose among the following, or enter their numbers, such as 1, 3.
checkin-send-a-file = A photo or a file is needed here. Please send one.
checkin-text-too-long = This is longer than 1,000 characters. Please write less.

checkin-doubt-change = { $label }: { $value }, while last month it was { $last }. Is that right?
checkin-doubt-below = { $label }: { $value }, fewer than { $bound } ({ $figure }). Is that right?
checkin-doubt-above = { $label }: { $value }, more than { $bound } ({ $figure }). Is that right?
checkin-doubt-negative = { $label }: this number is below 0. What is meant?
checkin-doubt-high = { $label }: { $value }, above 100%. Is that right?
checkin-doubt-moved = { $label }: last month it was { $last }, so it is { $value } now. Is that right?
checkin-doubt-sure = { $label }: I note { $value }. Is that right?
checkin-doubt-about = { $label }: shall I note exactly { $value }? If there is an exact figure, please enter it.
checkin-doubt-either = { $label }: I am not sure how to read this number. Please choose.
checkin-doubt-partly = { $label }: I note { $value } only, not “{ $left }”. Is that right?
checkin-doubt-future = { $label }: { $value } is still to come. Is that right?
checkin-doubt-yes = Yes: { $value }
checkin-doubt-this = { $value }
checkin-doubt-fewer = { $by } fewer: { $value }
checkin-doubt-no = Enter again
checkin-back-to-form =
    Back to the figures.
    { $question }
checkin-month-not-open = Only the figures of this month and the last are taken. For older ones, please tell the staff above.
checkin-not-officer = This is for the officers of grassroots unions.
