# Báo cáo, nhắc hạn, tình hình.

report-reminder =
    { $details }
    { $lateness }
report-details =
    { $title }, { $period } (số liệu từ { $first } đến { $last }).
    Hạn nộp: { $due }.
report-late = Đã quá hạn { $days } ngày làm việc. Anh/chị nộp giúp em ạ.
report-due-today = Hôm nay là hạn nộp.
report-early = Còn { $days } ngày làm việc.
report-done = Đã nộp
report-later = Để sau
report-why-me = Vì sao tôi được nhắc?
report-why =
    Em nhắc vì { $union } chưa đánh dấu đã nộp:
    { $details }
    Căn cứ: { $clause }
report-no-clause = quy định của công đoàn cấp trên, do cán bộ cấp trên xác nhận.
report-confirm = { $title } { $period }: anh/chị xác nhận đã nộp rồi ạ?
report-confirm-yes = Đúng, đã nộp
report-confirm-no = Chưa nộp
report-put-off = Vâng. Khi nào nộp xong anh/chị nhắn /baocao để đánh dấu { $period } giúp em.
report-receipt = Em đã ghi nhận báo cáo { $period } lúc { $moment }, số biên nhận { $number }. Em sẽ không nhắc kỳ này nữa.
report-known = Báo cáo { $period } đã được ghi nhận lúc { $moment }, số biên nhận { $number }.
report-overview =
    Báo cáo của { $union }:
    { $lines }
report-line-done = • { $period }: đã nộp lúc { $moment }, số { $number }
report-line-owed = • { $period }: hạn { $due }. { $lateness }
report-mark = Đã nộp { $period }
report-none = Đơn vị mình hiện không có báo cáo nào cần theo dõi.

digest-head =
    Tình hình báo cáo { $union }, ngày { $day }:
    { $late ->
        [0] Không có đơn vị nào nộp muộn.
       *[other] { $late } đơn vị chưa nộp báo cáo đã quá hạn.
    }
digest-late = { $title }, { $period }: hạn { $due }, muộn { $days } ngày làm việc ({ $count } đơn vị)
digest-silent = Chưa gửi số liệu { $month } ({ $count } đơn vị)
digest-unreachable = Chưa liên lạc được ({ $count } đơn vị)
digest-line = • { $code } · { $union }{ $note }
digest-no-officer = chưa có cán bộ phụ trách
digest-blocked = không nhận được tin nhắn
digest-undelivered = tin gần nhất không gửi được
digest-more = … và { $count } đơn vị khác
digest-all-well = Các đơn vị đã gửi đủ.
digest-not-staff = Mục này dành cho cán bộ công đoàn cấp trên. Anh/chị nhắn /baocao để xem báo cáo của đơn vị mình.
