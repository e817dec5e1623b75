# Taking up an invitation, consent, several posts, a further channel.

role-officer = union officer
role-staff = staff
role-administrator = administrator

join-offer = You are invited to be { $role } of { $union }{ $above }.
join-above = , below { $union }
join-offer-channel = You are adding this channel to your post as { $role } of { $union }.
join-notice =
    If you agree, I store this address, your union, your post and what you write to me. I use it to answer, to take figures and to remind you of reports, and for nothing else.
    You can see, download or delete your data at any time with /quyenriengtu.
    Under the Law on Personal Data Protection (91/2025/QH15) silence is not consent. I store nothing until you choose I agree.
join-agree = I agree
join-refuse = I do not agree
join-unclear = Please choose I agree or I do not agree. Until you choose, nothing is stored.
join-refused = I store nothing about you. If you change your mind, type the code again while it is valid.
join-refused-post = I have not added this post. Your other posts stay as they are.
join-wrong = I do not know this code. Please check it in your invitation and type it again. It has 8 characters, without 0, 1, O and I.
join-used = This code has been used. Each code works once; please ask the staff of the union above yours for a new one.
join-expired = This code has expired. Please ask the staff of the union above yours for a new one.
join-revoked = This invitation was withdrawn. Please ask the staff of the union above yours.
join-paused = There were several wrong codes, so I am not taking codes for now. Please try again in an hour.
join-already = You hold this post already. Send /menu to see what I can do.
join-channel-code =
    The code for a further channel of your own: { $code }
    Within { $minutes } minutes, open the assistant in the other channel and type this code. Please do not give it to anybody.
join-channel-added = A new channel was added for you. If this was not you, please tell the union above yours at once.
join-same-channel = This is the channel in which you asked for the code. Please open the assistant in the other one and type it there.
join-channel-of-another = This channel belongs to somebody else, so I could not add it.

membership-welcome = Welcome. From now on you are { $role } of { $union }.
membership-beside = { $count } people in your union share this post.
membership-several = You hold several posts; change between them with /donvi.
membership-draft = { $subject ->
    [report] The report that was begun is kept. Send /baocao to go on with it.
   *[other] The monthly figures that were being filled in are kept. Send /solieu to go on.
 }
membership-menu = See what I can do
membership-handed-over = The work for { $union } was handed over to somebody else. From now on I do not answer you about this union. Thank you.
membership-ended = You no longer act for { $union }. From now on I do not answer you about this union. Thank you.
membership-another = Somebody else has taken the same post as yours in { $union }; you are { $count } now.
membership-joined = Somebody has accepted the invitation to be { $role } of { $union }.
