# Cán bộ cấp trên duyệt báo cáo.

menu-duyetbaocao = Duyệt báo cáo
review-none = Không có báo cáo nào đang chờ duyệt.
review-show =
    Báo cáo chờ duyệt { $place }/{ $total }
    { $details }

    { $content }
review-details = { $union }: { $title }, { $period }. Nộp lúc { $moment }, số { $number }{ $version ->
    [1] { "" }
   *[other] { " " }(bản thứ { $version })
 }, { $late ->
    [yes] nộp muộn
   *[no] đúng hạn
 }. { $way ->
    [draft] Soạn từ số liệu tháng.
    [file] Nộp bằng tệp.
    [nothing] Đơn vị báo không phát sinh.
    [paper] Đã nhận bản giấy.
   *[marked] Đơn vị báo đã nộp nơi khác.
 }
review-changed = Đơn vị đã sửa: “{ $was }” thành “{ $text }”
review-button-accept = Duyệt
review-button-return = Trả lại
review-button-open = Mở bản đã nộp
review-button-show = Báo cáo khác
review-keep = Không trả lại nữa
review-opened = { $details }
review-nothing-to-open = Báo cáo này không kèm tệp nào.
review-accepted = Em đã ghi: anh/chị duyệt báo cáo { $number } của { $union }. { $told ->
    [yes] Em sẽ báo cho đơn vị.
   *[no] Đơn vị hiện chưa có cán bộ nhận tin.
 }
review-ask-reason = Anh/chị cho em biết lý do trả lại báo cáo { $number } của { $union } ạ. Em gửi nguyên văn cho đơn vị.
review-returned = Em đã trả lại báo cáo { $number } của { $union } và báo cho đơn vị. Hạn nộp lại: { $due }.
review-returned-nobody = Em đã trả lại báo cáo { $number } của { $union }, hạn nộp lại { $due }. Đơn vị hiện chưa có cán bộ nhận tin.
review-decided = Báo cáo { $number } { $state ->
    [accepted] đã được duyệt trước đó.
    [returned] đã được trả lại trước đó.
   *[replaced] đã được đơn vị thay bằng bản khác.
 }
review-told = { $staff } đã duyệt { $report }. Cảm ơn anh/chị.
review-told-several =
    Cấp trên đã duyệt { $count } báo cáo của anh/chị:
    { $lines }
    Cảm ơn anh/chị.
review-told-line = • { $report }
review-told-report = { $title }, { $period } (số { $number })
review-next = Còn { $count } báo cáo chờ duyệt
review-letter =
    { $staff } trả lại { $title }, { $period } (số { $number }).
    Lý do: { $reason }
    { $way ->
        [draft] Anh/chị sửa và nộp lại giúp em, chậm nhất là ngày { $due } ạ. Nội dung đã soạn em vẫn giữ.
       *[other] Anh/chị nộp lại giúp em, chậm nhất là ngày { $due } ạ.
    }
report-again-draft = Sửa và nộp lại
report-again-file = Gửi tệp khác
