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
checkin-as-last-month = As last month: { $value }
checkin-none-this-month = None
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
checkin-already =
    These figures were sent before. If something is wrong, change it and send again.
    { $summary }
checkin-send = Send
checkin-cancel = Cancel
checkin-cancelled = Cancelled. Nothing was sent.
checkin-receipt = Figures for { $month } received at { $moment }, receipt { $number }.{ $late ->
    [yes] { " " }They are marked as late.
   *[no] { "" }
 } Thank you.
checkin-corrected = The corrected figures for { $month } were kept at { $moment }, receipt { $number }.{ $late ->
    [yes] { " " }The correction is marked as late.
   *[no] { "" }
 }
checkin-not-a-number = I could not read this number. Please enter a number, such as 128 or 1,250.
checkin-number-out-of-range = This number is not between 0 and 1,000,000. Please enter it again.
checkin-pick-one = Please choose one of the following.
checkin-text-too-long = This is longer than 1,000 characters. Please write less.
checkin-doubt-change = { $label }: { $value }, while last month it was { $last }. Is that right?
checkin-doubt-below = { $label }: { $value }, fewer than { $floor } ({ $least }). Is that right?
checkin-doubt-yes = Yes: { $value }
checkin-doubt-no = Enter again
checkin-back-to-form =
    Back to the figures.
    { $question }
checkin-not-officer = This is for the officers of grassroots unions.
