# The log: who did what.

log-did =
    { $action ->
        [invited] made an invitation
        [revoked] withdrew an invitation
        [joined] accepted an invitation
        [handed-over] took over
        [gave-over] handed over
        [ended] ended a post
        [left] withdrew
        [target-assigned] assigned a target
        [target-withdrawn] withdrew a target
        [document-added] added a document to the library
        [document-withdrawn] took a document out of the library
        [question-answered] answered a question
        [question-handed-up] passed a question on
        [question-closed] closed a question
        [report-accepted] accepted a report
        [report-returned] returned a report
        [reminded-again] sent a further reminder
        [digest-chosen] changed the digest's time
        [group-opened] linked a group chat
        [group-lost] lost the group chat to another union
        [group-closed] switched off a group chat
        [day-worked] added a working day
        [day-off] added a day off
        [day-removed] removed a day from the calendar
        [obligation-confirmed] confirmed a report that is owed
        [obligation-changed] changed a report that is owed
        [obligation-ended] ended a report that was owed
        [gave-extension] extended a due day
        [gave-excuse] excused a report
        [gave-nothing] noted that there is nothing to report
        [gave-paper] noted a report on paper
        [gave-other_system] noted a report by another system
        [extension-granted] granted an extension
        [extension-refused] refused an extension
        [exemption-withdrawn] took back an extension or excuse
        [leave] noted a leave
        [leave-ended] ended a leave
        [letters-retried] sent undelivered letters again
       *[other] { $action }
    }
