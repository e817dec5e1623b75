# Answers to questions. Figures and clauses stay in the document's own words, in quotation marks.

ask-quote = “{ $words }”
ask-item = - { $words }
ask-group = { $period }:
ask-of-period = { $period }: { $said }
ask-of-document = - { $document }: { $said }
ask-of-document-period = - { $document } ({ $period }): { $said }
ask-whose = From the documents of { $place }:
ask-source = Source: { $sources }.
ask-source-section = { $document }, section { $section }
ask-wording = “{ $words }”
    ({ $source })
ask-and = , { "" }

ask-period-year = In { $year }
ask-period-years = For the term { $years }
ask-period-term = For the term
ask-period-annual = Every year
ask-period-semiannual = Every six months
ask-period-quarterly = Every quarter
ask-period-monthly = Every month
ask-period-day = By { $day }

ask-opening-list = The document sets these targets:
ask-opening-duty = The document assigns these tasks:
ask-opening-items = The document says:
ask-opening-outline = The document has these parts:
ask-opening-mention = The document referred to is:
ask-conflict = The document gives different figures for the same target; please check with the issuing body:
ask-difference = Worked out: { $left } − { $right } = { $result } (derived from the two figures above, not written in the document).
ask-difference-share = Worked out: { $left } − { $right } = { $result } percentage points (derived from the two figures above, not written in the document).

ask-not-found = I could not find this: it is not stated in the documents your union can see. Please try asking in another way, or ask the union above yours.
ask-not-found-place = I could not find this: it is not stated in the documents of { $place }. Please try asking in another way, or ask the union above yours.
ask-not-restated = The target for { $asked } is not stated in the documents. They give it only for: { $given }. Tell me which of these you would like to see.
ask-report-no-day = The due day is not stated in the documents: they ask for the report but name no day. Please ask whoever receives it.
ask-document-silent-number = The number of this document is not stated in the document (the copy I have bears none).
ask-document-silent-dated = The date of this document is not stated in the document (the copy I have bears none).
ask-document-silent-signer = The signer is not stated in the document (the copy I have bears no name).
ask-document-silent-issuer = The issuing body is not stated in the document.
ask-document-silent-basis = The legal basis is not stated in the document.
ask-document-silent-recipients = The recipients are not stated in the document.
ask-document-silent-title = The title is not stated in the document.

ask-see-wording = See the wording
ask-wording-gone = That answer is too old to show; please ask again.
ask-rest = There is more: see the wording.
