# Staff: invitations, handover, the log.

staff-pick = Choose a union, or type its code or name ({ $count } unions):
staff-no-union = I see no such union within your reach. Please type its code or part of its name.
staff-earlier = Previous page
staff-further = Next page
staff-union =
    { $union } ({ $code })
    { $lines }
staff-holder = { $role }, since { $since }{ $reach }
staff-one = • { $holder }
staff-nth = • Number { $place }: { $holder }
staff-not-reached = , cannot be reached
staff-nobody = • Nobody holds a post.
staff-invited = • Invitation waiting: { $role }, until { $day }
staff-invite-officer = Invite a union officer
staff-invite-staff = Invite staff
staff-invite-administrator = Invite an administrator

invite-with-code =
    An invitation to be { $role } of { $union }, for one use, until { $day }.
    Code: { $code }
    Please pass this message on. The person opens the assistant and types the code.
invite-with-link =
    An invitation to be { $role } of { $union }, for one use, until { $day }.
    Link: { $link }
    Code: { $code }
    Please pass this message on. The person opens the link, scans the picture, or opens the assistant and types the code.
invite-revoke = Withdraw this invitation
invite-revoke-of = Withdraw invitation { $code }
invite-revoked = The invitation for { $union } was withdrawn. Its code no longer works.
invite-none = No invitation is waiting.
invite-open =
    { $count } invitations are waiting:
    { $lines }
invite-line = • { $union }: { $role }, until { $day }

handover-post = Hand over
handover-nth = Hand over number { $place }
handover-to-whom = To whom is the work for { $union } handed over?
handover-invite = Invite somebody new
handover-somebody = Somebody who has a post
handover-nobody = Nobody yet
handover-pick = In which union is that person? Choose it, or type its code or name ({ $count } unions):
handover-nobody-there = Nobody in { $union } can take this over. Please choose another union.
handover-which = Choose who of { $union } takes this over:
handover-sure = The work for { $union } goes at once to somebody of { $other }. Whoever held it loses access at once. Do you confirm?
handover-yes = Hand over now
handover-no = No
handover-done = The work for { $union } was handed over and both were told. Figures, history and reminders stay with the union.
end-sure = Nobody will hold this post in { $union }, and whoever held it loses access at once. Do you confirm?
end-yes = End it now
end-done = The post in { $union } was ended and its holder was told.

log-page =
    The log, newest first:
    { $lines }
log-empty = Nothing was noted yet.
log-earlier = Earlier entries
log-line = • { $moment } · { $who } { $did } · { $union }
log-post = { $role } { $code }
log-above = the union above
log-operator = the operator

posts-list = You hold { $count } posts. Choose the union to work for:
posts-one = You are working for { $union }.
posts-label = { $union } ({ $role })
menu-posts = Change union
menu-units = Unions, invitations, handover

invite-sheet = Invitations
invite-column-code = Union code
invite-column-union = Union
invite-column-typed = Code
invite-column-link = Link
invite-column-day = Until

log-sheet = Log
log-column-moment = Moment
log-column-post = Post
log-column-of = Done by
log-column-action = Action
log-column-union = Union
log-column-details = Details
