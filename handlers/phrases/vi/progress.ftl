# Tiến độ: đã làm được bao nhiêu so với chỉ tiêu.

progress-line = • { $indicator }: { $state }
progress-of = { $done }/{ $target }
progress-percent = { $figure }%
progress-share = { $share } ({ $parts })
progress-share-of = { $share }, chỉ tiêu { $target }
progress-reached = { $figures }, đã đạt{ $share ->
    [yes] { "" }
   *[no] { $exact ->
        [yes] { "" }
       *[no] { " " }({ $percent }%)
    }
 }
progress-under-way = { $figures }{ $share ->
    [yes] { "" }
   *[no] , { $percent }%
 }, còn { $left } trong { $months } tháng
progress-fell-short = { $figures }{ $share ->
    [yes] { "" }
   *[no] , { $percent }%
 }, còn thiếu { $left }
progress-no-figures = chỉ tiêu { $target }, chưa có số liệu năm { $year }
progress-not-measured = chỉ tiêu { $target }, số liệu tháng không hỏi mục này nên em chưa tính được
progress-missing = { " " }(chưa có số liệu tháng { $months })
progress-and = , { "" }
progress-counted = { $unit ->
    [percent] { $figure }%
    [members] { $figure } đoàn viên
    [unions] { $figure } công đoàn cơ sở
    [persons] { $figure } người
    [houses] { $figure } căn nhà
    [enterprises] { $figure } doanh nghiệp
    [agreements] { $figure } thỏa ước
    [times] { $figure } lần
    [conferences] { $figure } hội nghị
    [inspections] { $figure } cuộc kiểm tra
    [initiatives] { $figure } sáng kiến
    [cases] { $figure } vụ việc
    [dong] { $figure } đồng
    [thousand_dong] { $figure } nghìn đồng
    [million_dong] { $figure } triệu đồng
    [billion_dong] { $figure } tỷ đồng
   *[other] { $figure }
 }
progress-source = theo { $source }
progress-given = giao ngày { $day }
progress-given-by = do { $union } giao ngày { $day }
progress-given-clause = { $given }, theo { $clause }
progress-as-of = số liệu đến { $month }
progress-as-of-none = chưa có số liệu

menu-tiendo = Tiến độ chỉ tiêu
progress-own =
    Tiến độ năm { $year } của { $union }, { $month }:
    { $lines }
progress-own-source =
    { $line }
    { "  " }({ $source })
progress-unmeasured = Còn { $count } chỉ tiêu khác trong các kế hoạch mà số liệu tháng không hỏi nên em chưa tính được.
progress-no-target = Em chưa thấy chỉ tiêu năm { $year } nào giao riêng cho { $union }.
progress-no-target-of = Em chưa thấy chỉ tiêu năm { $year } nào giao riêng cho { $union } về: { $indicator }.
progress-ask-above = Anh/chị hỏi cán bộ công đoàn cấp trên, hoặc hỏi em chỉ tiêu chung trong kế hoạch.
progress-so-far =
    Số liệu năm { $year } đã gửi, đến { $month }:
    { $lines }
progress-so-far-line = • { $indicator }: { $figure }
progress-see-picture = Xem hình
progress-picture-file = tien-do.png
progress-sheet-file = tien-do.xlsx
progress-get-sheet = Tải bảng Excel
progress-see-all = Xem từng đơn vị
progress-next-page = Trang sau
progress-unknown-union = Em không thấy đơn vị này trong phạm vi của anh/chị.
progress-which-union = Anh/chị muốn xem đơn vị nào ạ?
progress-none-below = Chưa có chỉ tiêu năm { $year } nào được giao cho { $union } hay các đơn vị cấp dưới.
progress-not-measured-below = Các chỉ tiêu năm { $year } đã giao không có trong số liệu tháng nên em chưa tính được tiến độ. Anh/chị tải bảng Excel để xem đủ.
progress-sheet-sent = Bảng tiến độ năm { $year } của { $union }.

progress-behind = { "  " }Còn { $count } đơn vị chưa đạt, chậm nhất: { $unions }
progress-behind-of = • { $indicator }: còn { $count } đơn vị chưa đạt, chậm nhất: { $unions }

progress-table = { $indicator }, năm { $year }
progress-table-whole = { $union }: { $state }{ $origin }
progress-table-origin = { " " }({ $source })
progress-table-sum = { " " }(cộng các chỉ tiêu đã giao)
progress-table-coverage = { $told }/{ $count } đơn vị đã gửi, { $month }.
progress-table-laggards = Chậm nhất trước{ $pages ->
    [1] { "" }
   *[other] { " " }(trang { $page }/{ $pages })
 }:
progress-table-line = • { $code } · { $union }: { $state }
progress-brief = { $figures } · { $percent }%
progress-brief-none = chưa có số liệu, giao { $target }

progress-picture-title = { $union }: { $indicator } năm { $year }
progress-picture-own = { $union }: tiến độ năm { $year }
progress-picture-note = { $whole }, { $month }{ $more ->
    [0] { "" }
   *[other] , còn { $more } đơn vị không vẽ
 }
progress-picture-until = Theo { $month }
progress-picture-mark = vạch đứng: thời gian đã qua ({ $months }/12 tháng)
progress-picture-reached = đã đạt
progress-picture-going = kịp tiến độ
progress-picture-behind = chậm tiến độ
progress-picture-unknown = chưa có số liệu

progress-sheet = Tiến độ
progress-sheet-code = Mã
progress-sheet-union = Đơn vị
progress-sheet-indicator = Chỉ tiêu
progress-sheet-year = Năm
progress-sheet-target = Được giao
progress-sheet-done = Đã đạt
progress-sheet-percent = Tỷ lệ (%)
progress-sheet-left = Còn thiếu
progress-sheet-month = Số liệu đến
progress-sheet-missing = Tháng chưa có
progress-sheet-source = Nguồn chỉ tiêu
