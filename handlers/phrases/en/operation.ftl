# Troubles of operation, told to administrators; one letter a day for each.
alert-channel-refused =
    Please note: { $channel } does not accept my access code any more, so I can neither send nor receive messages there. Other channels work as usual.
    Please ask whoever runs the server to set the code of { $channel } again.
alert-letters-waiting =
    Please note: { $count } messages wait to be sent; the one due first has waited for { $minutes } minutes. I keep sending.
    Please ask whoever runs the server to check the network.
alert-letters-given-up =
    Please note: { $count } messages could not be sent within the last hour.
    Please ask whoever runs the server to look at the reasons and send them again.
alert-ring-late =
    Please note: I have not looked through the deadlines for { $minutes } minutes, so reminders may come late.
    Please ask whoever runs the server to check.
alert-disk-full =
    Please note: the server's disk has only { $megabytes } MB left. When it is full I cannot keep figures any more.
    Please ask whoever runs the server to make room.
