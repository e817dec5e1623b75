# A report on paper, in the official layout.

paper-title = REPORT
paper-subject = { $subject }, { $period }
paper-number = No.:          /BC-{ $level ->
    [grassroots] CĐCS
   *[other] LĐLĐ
 }
paper-place-date = { $place }, { $day }/{ $month }/{ $year }
paper-no-place = …………………
paper-confederation = Viet Nam General Confederation of Labour
paper-grassroots-union = Grassroots union
paper-federation = Federation of Labour
paper-intro = { $union } submits its { $title }, { $period } (figures { $months }):
paper-item = - { $text }
paper-closing = This is the report of { $union } for { $period }./.
paper-recipient = - { $union } (for report);
paper-archive = - Archive.
paper-authority = { $level ->
    [grassroots] FOR THE EXECUTIVE COMMITTEE
   *[other] FOR THE STANDING COMMITTEE
 }
paper-signer = CHAIR
paper-appendix = Annex: figures union by union, { $period }
paper-file = report-{ $union }-{ $period }
paper-sheet-file = reports-{ $union }-{ $period }
