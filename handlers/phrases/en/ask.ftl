# Answers to questions. Figures and clauses stay in the document's own words, in quotation marks.

ask-quote = “{ $words }”
ask-item = - { $words }
ask-item-figure = { $figure }: “{ $words }”
ask-item-rivals = { $label }: the document gives different figures, { $figures }
ask-cell = { $label }: { $figure }
ask-group = { $period }:
ask-of-actor = { $actor }: { $said }
ask-of-period = { $period }: { $said }
ask-of-document = - { $document }: { $said }
ask-of-document-period = - { $document } ({ $period }): { $said }
ask-whose = From the documents that hold for { $place }:
ask-unassigned = No target is assigned to your union itself; the overall target is:
ask-empty-cell = The table assigns no such target to this union, its cell is empty:
ask-replaces = This is in force now, in place of { $source }.
ask-source = Source: { $sources }.
ask-source-section = { $document }, section { $section }
ask-source-issuer = { $document } of { $issuer }
ask-wording = “{ $words }”
    ({ $source })
ask-and = , { "" }
ask-both = { "" } and { "" }

ask-period-quarter = Quarter { $quarter } of { $year }
ask-period-year = In { $year }
ask-period-years = For the term { $years }
ask-period-term = For the term
ask-period-annual = Every year
ask-period-semiannual = Every six months
ask-period-quarterly = Every quarter
ask-period-monthly = Every month
ask-period-day = By { $day }
ask-period-until = { $rhythm } until { $year }
ask-period-from = { $rhythm } from { $year }
ask-period-none = Overall
ask-this = Here

ask-figure = { $period }: { $figure }.
ask-figure-of = { $period }: { $figure } ({ $indicator }).
ask-range = { $low } to { $high }
ask-compared-least = at least { $figure }
ask-compared-over = more than { $figure }
ask-compared-most = at most { $figure }
ask-compared-under = less than { $figure }
ask-compared-about = about { $figure }
ask-compared-kept = { $figure } maintained
ask-compared-exact = { $figure }
ask-unit-percent = { $figure }%
ask-unit-members = { $figure } members
ask-unit-unions = { $figure } grassroots unions
ask-unit-persons = { $figure } people
ask-unit-houses = { $figure } houses
ask-unit-enterprises = { $figure } enterprises or units
ask-unit-agreements = { $figure } agreements
ask-unit-times = { $figure } times
ask-unit-conferences = { $figure } conferences
ask-unit-initiatives = { $figure } initiatives
ask-unit-dong = { $figure } dong
ask-unit-thousand-dong = { $figure } thousand dong
ask-unit-million-dong = { $figure } million dong
ask-unit-billion-dong = { $figure } billion dong

ask-opening-list = The document sets these targets:
ask-opening-duty = The document assigns these tasks:
ask-opening-items = The document says:
ask-opening-outline = The document has these parts:
ask-opening-mention = The document referred to is:
ask-opening-repealed = This has been repealed and no longer applies:
ask-conflict = { $period }: the document gives different figures for the same target, { $figures }. Please check with the issuing body.
ask-conflict-documents = The documents give different figures for this target; here are all of them:
ask-multiple = Worked out: { $left } × { $right } = { $result } (derived from the yearly figure, not written in the document).
ask-difference = Worked out: { $left } − { $right } = { $result } (derived from the figures above, not written in the document).
ask-difference-share = Worked out: { $left } − { $right } = { $result } percentage points (derived from the two figures above, not written in the document).
ask-ratio = Worked out: { $left } ÷ { $right } ≈ { $result } times (derived from the two figures above, not written in the document).

ask-not-found = I could not find this: it is not stated in the documents your union can see. Please try asking in another way, or ask the union above yours.
ask-not-found-place = I could not find this: it is not stated in the documents of { $place }. Please try asking in another way, or ask the union above yours.
ask-part-not-found = As for “{ $topic }”: I could not find it in the documents your union can see.
ask-nearest = The target for { $asked } is not stated in the documents. The nearest is { $given }: “{ $words }”
    Source: { $sources }.
ask-not-restated = The target for { $asked } is not stated in the documents. They give it only for: { $given }. Tell me which of these you would like to see.
ask-report-no-day = The due day is not stated in the documents: they ask for the report but name no day. Please ask whoever receives it.
ask-report-day-open = The documents ask for the report but name no day.
ask-report-due-days = Due days that I remind your union of, as confirmed by the union above: { $days }.
ask-report-due = { $period } by { $due }
ask-report-no-rhythm = A report of this rhythm is not stated in the documents; they ask for others. Ask me “how often do we report” to see them.
ask-document-silent-number = The number of this document is not stated in the document (the copy I have bears none).
ask-document-silent-dated = The date of this document is not stated in the document (the copy I have bears none).
ask-document-silent-signer = The signer is not stated in the document (the copy I have bears no name).
ask-document-silent-issuer = The issuing body is not stated in the document.
ask-document-silent-basis = The legal basis is not stated in the document.
ask-document-silent-recipients = The recipients are not stated in the document.
ask-document-silent-title = The title is not stated in the document.

ask-see-wording = See the wording
ask-wording-gone = That answer is too old to show; please ask again.
ask-see-more = See the rest
ask-rest = There is more: see the rest.
