# Group chats: only who is missing is named, and only where staff switched it on.

menu-nhom = Reminders in a group chat
group-overview = { $count ->
    [0] I write in no group chat yet. In a group that you link I name the unions whose reports are missing, never a figure. This works in Telegram groups, not yet in Zalo groups.
   *[other] I name the unions of { $union } whose reports are missing in { $count } groups:
 }
group-line = • Group { $number }, linked at { $since }
group-button-link = Link a group
group-button-off = Switch off group { $number }
group-switched-off = Group { $number } is switched off. I write nothing there any more.
group-code =
    Add me to the group, then send this line there:
    { $order }
    The code serves once, until { $until }. Afterwards everybody in the group reads which unions of { $union } still owe a report. If I do not answer in the group, please ask for a new code.
group-linked = From now on I name in this group the unions of { $union } whose reports are missing, never a figure. For anything else please write to me privately.
group-lost = Another union has linked the group chat that { $union } linked on { $since }, so I no longer speak there for your unions. See the remaining groups with /nhom.
group-missing = { $union }: these unions are asked for the reports that are still missing.
group-missing-report = { $title }, { $period }
group-missing-union = • { $union }
group-missing-more = … and others.
group-missing-foot = Please write to me privately to submit, or to ask for more time.
