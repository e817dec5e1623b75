# Shared sentences: short and polite.

month = { $number }/{ $year }
period-quarter = quarter { $number }/{ $year }
period-half = half-year { $number }/{ $year }
period-year = { $year }

welcome-officer =
    Hello. You speak for { $union }.
    Ask me about the targets, duties and reports in the plans, for example: what is our target this year?
    I also take the monthly figures and remind you of reports.
welcome-staff =
    Hello. You are on the staff of { $union }.
    Ask me about the plans, or see how the reports of the unions below you stand.
menu-checkin = Send monthly figures
menu-report = Our reports
menu-digest = How reports stand

stranger =
    I do not know which union you belong to, so I cannot answer yet. If you have the code of an invitation, type it here.
    If not, please send this line to the staff of the union above yours to be added: { $channel } { $address }
old-button = This belongs to something that is over or has changed, so I wrote nothing down.
nothing-to-read = I could not read this. Please write it in words or send a photo. Word, PDF and Excel files do not come through on every channel.
file-not-asked-for = I have not asked for a file or a photo, so I have not kept this one. Please write it as text.
file-not-fetched = I could not fetch this file (it is larger than 20 MB, or the connection failed). Please send it again.
now-speaking-for = Now I am working for { $union }.
not-your-command = This is not part of your post. Send /menu to see what I can do.
too-long = This message is longer than { $most } characters, so I could not handle it. Please send a shorter one.
key-without-menu = I am not sure what this number chooses, so I did nothing. Please choose again.
unknown-command = I do not know this command. Send /menu to see what I can do.
nothing-to-cancel = Nothing is being filled in at the moment.
cancelled = Stopped. Nothing was noted.
perhaps-known = You may have received this message already; if so, please disregard it.
too-many = You sent more messages at once than I can answer. Please wait a minute, then send the one that matters most.
trouble = Something went wrong and I could not handle this message. Please send it again.

said-thanks = You are welcome. Write to me whenever you need something.
said-agreed = All right. I have recorded nothing new. If you would like to do something, write /menu.
said-later = All right. When it suits you, write /menu to do it. I keep to the usual reminders.
said-told = All right. I have recorded nothing new. I answer questions about the union plans and take monthly figures and reports; ask me whenever you need something, or write /menu.
said-handover = A change of person or a handover is made by the union above yours. Please tell its staff; figures and reports stay with the union.
