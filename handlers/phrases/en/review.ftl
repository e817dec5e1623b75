# The staff above decide on reports.

menu-duyetbaocao = Reports to accept
review-none = No report is waiting.
review-show =
    Report { $place }/{ $total }
    { $details }

    { $content }
review-details = { $union }: { $title }, { $period }. Submitted at { $moment }, receipt { $number }{ $version ->
    [1] { "" }
   *[other] { " " }(version { $version })
 }, { $late ->
    [yes] late
   *[no] on time
 }. { $way ->
    [draft] Drafted from the monthly figures.
    [file] Sent as files.
    [nothing] The union says that there is nothing to report.
    [paper] Received on paper.
   *[marked] The union says that it was submitted elsewhere.
 }
review-changed = Changed by the union: “{ $was }” to “{ $text }”
review-button-accept = Accept
review-button-return = Return
review-button-open = Open what was sent
review-button-show = Another report
review-keep = Do not return it
review-opened = { $details }
review-nothing-to-open = This report came without files.
review-accepted = Report { $number } of { $union } is noted as accepted. { $told ->
    [yes] The union will be told.
   *[no] Nobody there can be told.
 }
review-ask-reason = Why is report { $number } of { $union } returned? The union gets your words as they are.
review-returned = Report { $number } of { $union } was returned and the union was told. Due again: { $due }.
review-returned-nobody = Report { $number } of { $union } was returned, due again on { $due }. Nobody there can be told.
review-decided = Report { $number } { $state ->
    [accepted] was accepted before.
    [returned] was returned before.
   *[replaced] was replaced by another version.
 }
review-told = { $staff } has accepted the { $report }. Thank you.
review-told-several =
    { $count } of your reports were accepted:
    { $lines }
    Thank you.
review-told-line = • { $report }
review-told-report = { $title }, { $period } (receipt { $number })
review-next = { $count } more reports wait
review-letter =
    { $staff } returns { $title }, { $period } (receipt { $number }).
    Reason: { $reason }
    { $way ->
        [draft] Please correct it and submit it again by { $due }. What you had drafted is kept.
       *[other] Please submit it again by { $due }.
    }
report-again-draft = Correct and submit
report-again-file = Send another file
