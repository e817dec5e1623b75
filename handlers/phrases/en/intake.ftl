# Documents that staff send.

menu-tailieu = Documents and assigning targets
intake-send = Send me a plan, guideline or decision (.docx, .pdf with text, .txt, .md). I read it and show you what it says; only when you confirm do I add it to the library for answers, and assign the targets in it.
intake-reading = I am reading { $file }, which is rather long. I will tell you as soon as I am done.
intake-more-of-file = The file holds { $count } more documents.
intake-document = { $name }: { $title }
intake-head = Issued by { $issuer }, on { $day }.
intake-unknown = unknown
intake-counts = I read { $all } targets{ $own ->
    [0] { "" }
   *[other] { " " }({ $own } of them for single unions)
 }, { $duties } duties, { $reports } reporting obligations.
intake-doubtful = { $count } places to look at:
intake-doubtful-head = • Head and foot of the document: { $doubts }
intake-doubtful-line = • { $place }“{ $words }”: { $doubts }
intake-doubtful-place = Section { $section }: { "" }
intake-doubt-no-number = no number was found
intake-doubt-no-issuer = no issuer was found
intake-doubt-no-date = no date was found
intake-doubt-no-signer = no signer was found
intake-doubt-unknown-indicator = the indicator is not known
intake-doubt-no-period = it is not clear for which year
intake-doubt-unit-unknown = the unit is not clear
intake-doubt-two-figures = there are two different figures
intake-doubt-nobody-named = it does not say who reports
intake-doubt-no-recipient = it does not say to whom
intake-doubt-figure-not-read = it holds a figure that was not read
intake-targets = Targets for everybody:
intake-target = • { $words }
intake-more = … and { $count } more
intake-rows = { $count } lines match your unions, { $taken } are chosen:
intake-row = { $number }. { $union }: { $indicator } { $year }, { $figure }
intake-row-out = { $number }. (left out) { $union }: { $indicator } { $year }, { $figure }
intake-take = Take line { $number } again ({ $code })
intake-leave = Leave out line { $number } ({ $code })
intake-yes = Assign { $count } targets
intake-no = Assign none
intake-next-page = Other lines
intake-pick-one = Please choose one of the lines below.
intake-stopped = Nothing of this document was assigned.
intake-no-rows = The document sets no targets for single unions, so there is nothing to assign.
intake-too-many = The document has { $count } lines, more than the { $most } that can be confirmed here. Please send a spreadsheet.
intake-left =
    { $count } lines that cannot be assigned:
    { $lines }
intake-left-line = • { $union }: { $why } ({ $figures })
intake-left-figure = { $label } { $figure }
intake-why-union = there is no such union below yours
intake-why-indicator = the indicator is not known
intake-why-year = it is not clear for which year
intake-why-figure = it is no figure to be reached
intake-why-twice = the document gives two different figures
intake-given = { $count } targets were assigned after { $name } to { $unions } unions, { $told } officers were told.{ $same ->
    [0] { "" }
   *[other] { " " }{ $same } targets stood like that before.
 }

intake-shelve = Shall I add { $count ->
    [1] this document
   *[other] these { $count } documents
 } to the library? I will then answer from it for { $union } and the unions below it.
intake-same =
    The library holds { $count } documents with the same content or number:
    { $lines }
intake-keep = Add to the library
intake-keep-both = Keep both
intake-swap = Replace the old one
intake-where = It holds for another union
intake-none = Do not add
intake-ask-where = For which union does this document hold? Please choose below, or type a code or name.
intake-no-union = I find no such union below yours.
intake-union-left = This union is not below yours any more, so nothing was added.
intake-kept = { $names } was added to the library, for { $union } and the unions below it.{ $replaced ->
    [0] { "" }
   *[other] { " " }{ $replaced } old ones were taken out.
 } The library is being renewed now, which takes about a minute; I tell you when it is done.
intake-not-kept = The document was not added to the library.
intake-kept-line = { $name }: { $title } (for { $union }, added on { $day })
intake-listed = { $count } documents were added to the library here:
intake-listed-line = { $place }. { $line }
intake-more-documents = Other documents
intake-withdraw = Take out document { $place }
intake-withdraw-really =
    Shall this document be taken out of the library?
    { $line }
    After that I do not answer from it any more. Targets that were assigned stay.
intake-withdraw-yes = Take it out
intake-withdraw-no = Leave it
intake-withdrawn = { $name } was taken out of the library.
intake-gone-before = This document is not in your library any more.

library-ready = The library is renewed. From now on I answer from { $names }.
library-not-built = At { $moment } the library could not be renewed, so I still answer from the old one. Please ask whoever runs the server to check the disk space and the log.

