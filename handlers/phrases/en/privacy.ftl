# Personal data.

privacy-overview =
    What I store about you:
    { $lines }
    • The messages between us, with the display name that the channel sends; deleted after a time
    I ask for no names and no telephone numbers. Figures and reports that you send belong to the union.
privacy-address = • Channel { $channel }, address { $address }{ $heard }
privacy-heard = , last message { $moment }
privacy-post = • { $role } of { $union }, since { $since }{ $until }
privacy-until = { " " }until { $day }
privacy-consent = • You agreed to this at { $moment }
privacy-no-consent = • Your consent to this has not been noted
privacy-agreed = I have noted that you agree. Thank you.
privacy-export = Download my data
privacy-exported = Here is everything I store about you.
privacy-export-file = my-data
privacy-forget = Delete my data
privacy-forget-sure =
    If you delete it, all your posts end at once, and I forget your address and all messages. This cannot be undone.
    Figures and reports that you sent stay with the union, no longer tied to you.
    Do you confirm?
privacy-forget-yes = Delete everything
privacy-forget-no = Do not delete
privacy-kept = Nothing was changed.
privacy-forgotten = Your data was deleted. This message will be deleted too. Thank you.
privacy-post-empty = { $union }: whoever was responsible has withdrawn and deleted their data. Send /moi to invite somebody else.
privacy-by-person = You
privacy-by-assistant = Assistant
privacy-sheet-addresses = Channels
privacy-sheet-posts = Posts
privacy-sheet-contributions = Figures sent
privacy-sheet-messages = Messages
privacy-column-channel = Channel
privacy-column-address = Address
privacy-column-heard = Last message
privacy-column-union = Union
privacy-column-role = Post
privacy-column-since = Since
privacy-column-until = Until
privacy-column-agreed = Agreed at
privacy-column-moment = Moment
privacy-column-what = Form
privacy-column-period = Period
privacy-column-by = Said by
privacy-column-text = Text
