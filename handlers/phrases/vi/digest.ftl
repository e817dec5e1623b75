# Bản tin cho cán bộ cấp trên: ai chậm, ai chưa gửi số liệu, việc chờ giải quyết; nhắc lại, bảng Excel, giờ nhận.

digest-head =
    { $late ->
        [0] Không có đơn vị nào nộp muộn.
       *[other] { $late } đơn vị chưa nộp báo cáo đã quá hạn.
    }
    { $union }, ngày { $day }.
digest-late = { $title }, { $period }: hạn { $due }, muộn { $days } ngày làm việc ({ $count } đơn vị)
digest-away = Cán bộ đang nghỉ nên em chưa nhắc ({ $count } đơn vị)
digest-silent = Chưa gửi số liệu { $month } ({ $count } đơn vị)
digest-unreachable = Chưa liên lạc được ({ $count } đơn vị)
digest-line = • { $code } · { $union }
digest-known = { $head }: { $codes }
digest-line-why = { $line } ({ $why })
digest-heard = { $why }, liên lạc { $day }/{ $month }
digest-asked = đang xin gia hạn
digest-quota = hết lượt gửi tin
digest-undelivered = tin không gửi được
digest-returned = bị trả lại
digest-unopened = chưa mở tin
digest-unanswered = chưa trả lời
digest-seen = có nhắn lại
digest-no-officer = chưa có cán bộ
digest-blocked = không nhận tin
digest-away-report = { $title }, { $period }
digest-more = … và { $count } đơn vị khác
digest-arrived = Mới nhận từ { $since }: { $news }.
digest-new-reports = { $count } báo cáo
digest-new-figures = { $count } bản số liệu tháng
digest-waiting = { $count } báo cáo chờ anh/chị duyệt.
digest-all-well = Các đơn vị đã gửi đủ.
digest-not-staff = Mục này dành cho cán bộ công đoàn cấp trên. Anh/chị nhắn /baocao để xem báo cáo của đơn vị mình.
digest-page =
    { $lines }

    Trang { $page }/{ $pages }.
digest-nothing-listed = Hiện không còn đơn vị nào chậm hay thiếu số liệu.

digest-button-nudge = Nhắc lại
digest-button-more = Gia hạn
digest-button-paper = Đã nhận bản giấy
digest-button-list = Xem danh sách
digest-button-sheet = Xuất Excel
digest-button-requests = { $count } yêu cầu gia hạn
digest-button-settings = Đổi giờ nhận bản tin
digest-button-next = Trang sau
digest-button-all = Nhắc cả { $count } đơn vị, { $period }
digest-button-one = { $code } · { $union } · { $period }
digest-button-branch = { $code }: { $late ->
    [0] xem đơn vị
   *[other] { $late } đơn vị chậm
 }
digest-pick-nudge = Anh/chị muốn nhắc lại đơn vị nào ạ? Mỗi người em nhắc thêm nhiều nhất một lần trong ngày.
digest-pick-more = Anh/chị gia hạn cho đơn vị nào ạ?
digest-pick-paper = Anh/chị đã nhận bản giấy của đơn vị nào ạ?

digest-nudged = Em đã nhắc lại { $count } đơn vị: { $unions }.
digest-nudged-not = Em chưa nhắc được { $count } đơn vị:
digest-nudge-told = hôm nay em đã nhắn rồi
digest-nudge-quiet = Giờ này em không nhắn cho cán bộ cơ sở. Từ { $moment } anh/chị chọn lại giúp em ạ.
digest-nudge-head = { $union } nhờ em nhắc lại.

digest-sheet-sent = Danh sách của { $union }, ngày { $day }.
digest-sheet-file = tinh-hinh-{ $union }-{ $day }
digest-sheet-late = Báo cáo quá hạn
digest-sheet-silent = Thiếu số liệu tháng
digest-sheet-unreachable = Chưa liên lạc được
digest-sheet-branches = Theo đơn vị
digest-sheet-code = Mã
digest-sheet-union = Đơn vị
digest-sheet-above = Cấp trên
digest-sheet-title = Báo cáo
digest-sheet-period = Kỳ
digest-sheet-due = Hạn nộp
digest-sheet-days = Số ngày làm việc muộn
digest-sheet-why = Lý do
digest-sheet-heard = Liên lạc gần nhất
digest-sheet-away = cán bộ đang nghỉ
digest-sheet-owed = Phải nộp
digest-sheet-on-time = Đúng hạn
digest-sheet-came-late = Nộp muộn
digest-sheet-missing = Chưa nộp
digest-sheet-share = Tỷ lệ đúng hạn (%)

rollup-head =
    { $late ->
        [0] Không có đơn vị nào nộp muộn.
       *[other] { $late } đơn vị chưa nộp báo cáo đã quá hạn.
    }
    { $union }, ngày { $day }.
rollup-whole = Kỳ { $period }: { $on_time }/{ $owed } đơn vị nộp đúng hạn ({ $percent }%), { $came_late } nộp muộn, { $missing } chưa nộp.
rollup-trend = Tỷ lệ đúng hạn các kỳ gần đây: { $rates }.
rollup-rate = { $period } { $percent }%
rollup-line = • { $code } · { $union }: đúng hạn { $on_time }/{ $owed }, muộn { $came_late }, chưa nộp { $missing }
rollup-line-none = • { $code } · { $union }: chưa có kỳ nào đến hạn
rollup-direct = Đơn vị trực thuộc
rollup-silent = { $count } đơn vị chưa gửi số liệu tháng.
rollup-picture-title = Báo cáo { $period }, { $union }
rollup-picture-note = { $on_time }/{ $owed } đơn vị đúng hạn ({ $percent }%){ $more ->
    [0] { "" }
   *[other] . Còn { $more } đơn vị trong bảng Excel
 }
rollup-picture-said = { $on_time }/{ $owed } · { $percent }%
rollup-picture-trend = Cột nhỏ bên phải: tỷ lệ đúng hạn, { $first } đến { $last }
rollup-picture-on-time = Đúng hạn
rollup-picture-came-late = Nộp muộn
rollup-picture-missing = Chưa nộp
rollup-picture-file = nop-bao-cao.png

bantin-settings = Anh/chị đang nhận bản tin { $every ->
    [weekly] mỗi tuần một lần, vào ngày làm việc đầu tuần
   *[daily] mỗi ngày làm việc
 }, từ { $hour }:00. Không có gì mới thì em không nhắn.
bantin-saved = Vâng, em ghi lại rồi ạ.
bantin-daily = Mỗi ngày
bantin-weekly = Mỗi tuần
bantin-hour = { $hour }:00
menu-bantin = Giờ nhận bản tin
