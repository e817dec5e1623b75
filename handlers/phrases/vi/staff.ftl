# Cán bộ cấp trên: lời mời, bàn giao, nhật ký.

staff-pick = Anh/chị chọn đơn vị, hoặc gõ mã hay tên đơn vị ({ $count } đơn vị):
staff-no-union = Em không thấy đơn vị nào như vậy trong phạm vi của anh/chị. Anh/chị gõ mã hoặc một phần tên giúp em ạ.
staff-earlier = Trang trước
staff-further = Trang sau
staff-union =
    { $union } ({ $code })
    { $lines }
staff-holder = { $role }, từ { $since }{ $reach }
staff-one = • { $holder }
staff-nth = • Người thứ { $place }: { $holder }
staff-not-reached = , không nhận được tin nhắn
staff-nobody = • Chưa có ai phụ trách.
staff-invited = • Đang chờ nhận lời mời: { $role }, hạn { $day }
staff-invite-officer = Mời cán bộ công đoàn
staff-invite-staff = Mời cán bộ theo dõi
staff-invite-administrator = Mời cán bộ quản trị

invite-with-code =
    Lời mời làm { $role } của { $union }, dùng một lần, đến hết ngày { $day }.
    Mã: { $code }
    Anh/chị chuyển tin này cho người được mời. Người đó mở trợ lý rồi nhập mã.
invite-with-link =
    Lời mời làm { $role } của { $union }, dùng một lần, đến hết ngày { $day }.
    Liên kết: { $link }
    Mã: { $code }
    Anh/chị chuyển tin này cho người được mời. Người đó mở liên kết, quét hình, hoặc mở trợ lý rồi nhập mã.
invite-revoke = Thu hồi lời mời này
invite-revoke-of = Thu hồi lời mời { $code }
invite-revoked = Em đã thu hồi lời mời của { $union }. Mã đó không dùng được nữa.
invite-none = Hiện không có lời mời nào đang chờ.
invite-open =
    { $count } lời mời đang chờ:
    { $lines }
invite-line = • { $union }: { $role }, hạn { $day }

handover-post = Bàn giao
handover-nth = Bàn giao người thứ { $place }
handover-to-whom = Anh/chị bàn giao việc của { $union } cho ai ạ?
handover-invite = Mời người mới
handover-somebody = Người đã có trong danh sách
handover-nobody = Chưa có người thay
handover-pick = Người nhận đang ở đơn vị nào ạ? Anh/chị chọn, hoặc gõ mã hay tên đơn vị ({ $count } đơn vị):
handover-nobody-there = { $union } không có ai nhận thay được. Anh/chị chọn đơn vị khác giúp em ạ.
handover-which = Anh/chị chọn người của { $union } nhận việc này:
handover-sure = Việc của { $union } chuyển ngay cho người của { $other }. Người cũ thôi quyền ngay. Anh/chị xác nhận ạ?
handover-yes = Bàn giao ngay
handover-no = Không
handover-done = Em đã bàn giao việc của { $union } và báo cho cả hai người. Số liệu, lịch sử và lịch nhắc vẫn theo đơn vị.
end-sure = { $union } sẽ không có người nào giữ nhiệm vụ này, và người cũ thôi quyền ngay. Anh/chị xác nhận ạ?
end-yes = Kết thúc ngay
end-done = Em đã kết thúc nhiệm vụ ở { $union } và báo cho người cũ.

log-page =
    Nhật ký, mới nhất trước:
    { $lines }
log-empty = Chưa có việc nào được ghi.
log-earlier = Xem trước đó
log-line = • { $moment } · { $who } { $did } · { $union }
log-post = { $role } { $code }
log-above = cấp trên
log-operator = người vận hành

posts-list = Anh/chị đang giữ { $count } nhiệm vụ. Anh/chị chọn đơn vị muốn làm việc:
posts-one = Anh/chị đang làm việc cho { $union }.
posts-label = { $union } ({ $role })
menu-posts = Chuyển đơn vị
menu-units = Đơn vị, lời mời, bàn giao

invite-sheet = Lời mời
invite-column-code = Mã đơn vị
invite-column-union = Đơn vị
invite-column-typed = Mã mời
invite-column-link = Liên kết
invite-column-day = Hạn

log-sheet = Nhật ký
log-column-moment = Thời điểm
log-column-post = Số
log-column-of = Người làm
log-column-action = Việc
log-column-union = Đơn vị
log-column-details = Chi tiết
