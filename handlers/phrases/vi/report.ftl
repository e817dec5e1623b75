# Báo cáo, nhắc hạn, tình hình.

report-details =
    { $title }, { $period } (số liệu từ { $first } đến { $last }).
    Hạn nộp: { $due }.
report-late = Đã quá hạn { $days } ngày làm việc. Anh/chị nộp giúp em ạ.
report-due-today = Hôm nay là hạn nộp.
report-early = Còn { $days } ngày làm việc.
report-why-me = Vì sao tôi được nhắc?
report-why =
    Em nhắc vì { $union } chưa nộp báo cáo này:
    { $details }
    Căn cứ: { $clause }
report-no-clause = quy định của công đoàn cấp trên, do cán bộ cấp trên xác nhận.
report-confirm = { $title } { $period }: anh/chị xác nhận đã nộp ở nơi khác (bản giấy, hệ thống khác) rồi ạ?
report-confirm-nothing = { $title } { $period }: anh/chị xác nhận trong kỳ không phát sinh gì để báo cáo ạ?
report-answer-yes = Đúng, đã nộp
report-answer-nothing = Đúng, không phát sinh
report-answer-later = Chưa nộp
report-put-off = Vâng. Khi nào tiện anh/chị nhắn /baocao để làm { $period } giúp em.
report-receipt = Em đã ghi nhận báo cáo { $period } lúc { $moment }, số biên nhận { $number }. Em sẽ không nhắc kỳ này nữa.
report-receipt-nothing = Em đã ghi nhận { $period } không phát sinh, lúc { $moment }, số biên nhận { $number }. Em sẽ không nhắc kỳ này nữa.
report-received =
    Em đã nhận { $title }, { $period } lúc { $moment }, số biên nhận { $number }{ $version ->
        [1] .
       *[other] , bản thứ { $version }.
    }{ $late ->
        [yes] { " " }Báo cáo được ghi là nộp muộn.
       *[no] { "" }
    } { $files ->
        [0] Bản .docx em gửi kèm để anh/chị in, ký và lưu.
       *[other] Em đã chuyển { $files } tệp cho cán bộ cấp trên xem.
    }
report-known = Báo cáo { $period } đã được ghi nhận lúc { $moment }, số biên nhận { $number }.
report-send-again = Nộp bản khác thay thế
report-overview =
    Báo cáo của { $union }:
    { $lines }
report-line-done = • { $period }: đã nộp lúc { $moment }, số { $number }{ $state ->
    [accepted] , cấp trên đã duyệt
   *[received] { "" }
 }
report-line-owed = • { $period }: hạn { $due }. { $lateness }
report-line-returned = • { $period }: bị trả lại, lý do: { $reason } Hạn nộp lại: { $due }. { $lateness }
report-line-excused = • { $period }: được miễn
report-none-open = Đơn vị mình hiện không còn báo cáo nào chưa nộp ạ.
report-none = Đơn vị mình hiện không có báo cáo nào cần theo dõi.
report-open-draft = Soạn ngay { $period }
report-open-other = Nộp cách khác { $period }
report-ways = { $title }, { $period }: anh/chị muốn nộp thế nào ạ?
report-way-draft = Soạn ngay
report-way-file = Gửi tệp hoặc ảnh
report-way-none = Không phát sinh
report-way-done = Đã nộp nơi khác

report-draft =
    Dự thảo { $title }, { $period } của { $union } (số liệu { $months }, hạn { $due }):

    { $lines }
report-draft-gaps = Chưa có số liệu { $months }, nên em để trống chứ không ước tính. Anh/chị bổ sung ở mục Sửa một dòng, hoặc gửi số liệu tháng rồi mở lại dự thảo.
report-draft-returned = Cấp trên trả lại bản trước vì: { $reason }
report-draft-renewed = Số liệu vừa thay đổi nên em đã cập nhật các dòng anh/chị chưa sửa.
report-draft-open = Dự thảo báo cáo { $period } vẫn đang mở. Anh/chị làm tiếp nhé ạ.
report-draft-kept = Vâng, em giữ dự thảo. Khi nào tiện anh/chị nhắn /baocao để làm tiếp.
report-draft-cancelled = Em đã bỏ dự thảo, chưa nộp gì cả.
report-pick-one = Em chưa ghi gì ạ. Anh/chị chọn một mục dưới đây; nếu vừa viết kiến nghị, anh/chị chọn Thêm kiến nghị rồi gửi lại giúp em.
report-line-of-unions = { $text } (theo số liệu tháng của { $count } đơn vị)
report-months = { $first } đến { $last }
report-part-results = { $number }. Kết quả hoạt động
report-part-goals = { $number }. Thực hiện chỉ tiêu năm { $year } (số liệu từ đầu năm)
report-part-difficulties = { $number }. Tình hình, khó khăn đã nêu
report-part-proposals = { $number }. Kiến nghị, đề xuất
report-item = • { $text }
report-nothing-to-say = Không có.
report-line-stock = { $label }: { $value } ({ $month }){ $before }
report-line-sum = { $label }: { $value }{ $gap }{ $before }
report-line-unknown = { $label }: chưa có số liệu
report-line-typed = { $label }: { $value }
report-goal-open = chỉ tiêu { $target }, chưa có số liệu
report-line-words = { $month }: “{ $words }”
report-line-below = { $union }: { $text }
report-line-came = Đơn vị đã nộp báo cáo: { $came }/{ $count }
report-label-came = Đơn vị đã nộp báo cáo
report-line-total = { $label }: { $value } (cộng { $of }/{ $count } đơn vị){ $before }
report-total-before = ; kỳ trước { $value } (cộng { $of }/{ $count } đơn vị)
report-chosen = { $option }: { $count } đơn vị
report-gap = { " " }(chưa có số liệu { $months })
report-before = ; kỳ trước { $figure }{ $missing ->
    [0] { "" }
   *[other] { " " }(thiếu số liệu { $missing } tháng)
 }
report-before-by = ; kỳ trước { $figure }, { $how ->
    [up] tăng { $by }
    [down] giảm { $by }
   *[same] không đổi
 }
report-origins =
    Số liệu trong dự thảo lấy từ các biên nhận số liệu tháng:
    { $lines }
report-origin-month = • { $month }: biên nhận { $number }, gửi ngày { $day }. { $values }
report-origin-no-month = • { $month }: chưa có số liệu
report-origins-below =
    Số liệu trong dự thảo cộng từ báo cáo của các đơn vị:
    { $lines }
report-origin-report = • { $union }: báo cáo { $number }
report-origin-checkins = • { $union }: báo cáo { $number } không có số liệu trong dự thảo, em lấy từ số liệu tháng
report-origin-none = • { $union }: báo cáo { $number } không kèm số liệu, chưa cộng
report-origin-missing = • { $union }: chưa nộp, chưa cộng

report-button-send = Nộp báo cáo
report-button-lines = Sửa một dòng
report-button-add = Thêm kiến nghị
report-button-paper = Xem bản .docx
report-button-sources = Số liệu từ đâu?
report-button-ways = Nộp cách khác
report-button-put = Để sau
report-button-cancel = Bỏ dự thảo
report-button-show = Quay lại dự thảo
report-button-page = Các dòng khác
report-button-drop = Bỏ dòng này
report-button-reset = Lấy lại dòng ban đầu
report-button-send-files = Nộp { $count } tệp
report-button-instead = Soạn từ số liệu tháng
report-button-stop = Thôi, chưa nộp
report-which-line = Anh/chị muốn sửa dòng nào ạ?{ $pages ->
    [1] { "" }
   *[other] { " " }(trang { $page }/{ $pages })
 }
report-ask-line =
    Dòng này đang ghi: { $text }
    { $figure ->
        [yes] Anh/chị gõ số mới, hoặc cả dòng mới ạ.
       *[no] Anh/chị gõ lại cả dòng ạ.
    }
report-ask-gone = Dòng này không còn trong dự thảo.
report-ask-proposal = Anh/chị gõ kiến nghị, đề xuất với công đoàn cấp trên ạ. Mỗi tin nhắn là một kiến nghị.
report-enough = Một báo cáo có nhiều nhất { $most } kiến nghị. Anh/chị sửa hoặc bỏ bớt giúp em ạ.
report-too-long = Nội dung dài quá { $most } ký tự. Anh/chị viết ngắn hơn giúp em ạ.
report-paper = Bản .docx theo thể thức văn bản, chưa nộp. Anh/chị xem giúp em, cần thì sửa rồi nộp ạ.
report-ask-files = { $count ->
    [0] Anh/chị gửi tệp hoặc ảnh chụp báo cáo { $period } vào đây ạ.
   *[other] Em đã nhận { $count } tệp của báo cáo { $period }. Anh/chị gửi thêm trang khác, hoặc chọn Nộp ạ.
 }
report-send-files = Em đang chờ tệp hoặc ảnh báo cáo. Anh/chị gửi tệp, hoặc chọn một mục dưới đây giúp em ạ.
report-files-enough = Một báo cáo gồm nhiều nhất { $most } tệp. Anh/chị ghép các trang lại giúp em ạ.
report-file-kind = Em chưa nhận loại tệp này. Anh/chị gửi PDF, Word, Excel hoặc ảnh giúp em ạ.
report-file-first = Em chưa giữ tệp này. Nếu muốn nộp bằng tệp thay cho dự thảo, anh/chị chọn Gửi tệp hoặc ảnh rồi gửi lại giúp em ạ.

report-from-below =
    Báo cáo các đơn vị cấp dưới gửi về { $union }:
    { $lines }
report-below = • { $period }: { $came }/{ $count } đơn vị đã nộp
report-gather = Tổng hợp { $period }
report-gathered =
    Tổng hợp báo cáo { $period }, chỉ cộng những gì đã nộp:

    { $lines }
report-gathered-sheet = Bảng số liệu từng đơn vị.
report-sheet-tab = Tổng hợp
report-sheet-place = STT
report-sheet-code = Mã
report-sheet-union = Đơn vị
report-sheet-state = Tình trạng
report-sheet-total = Cộng
report-sheet-counted = Số đơn vị được cộng
report-sheet-sum = { $sum } ({ $of }/{ $count } đơn vị)
report-sheet-came = { $came }/{ $count } đơn vị đã nộp
report-sheet-missing = chưa nộp
report-sheet-excused = được miễn
report-sheet-submitted = nộp { $day }, { $number }{ $late ->
    [yes] , muộn
   *[no] { "" }
 }
report-sheet-from-checkins = { " " }(số liệu tháng)
