# Dữ liệu cá nhân.

privacy-overview =
    Em đang lưu về anh/chị:
    { $lines }
    • Tin nhắn giữa anh/chị và em, kèm tên hiển thị mà kênh gửi theo; đến hạn sẽ được xóa
    Em không hỏi họ tên, số điện thoại. Số liệu, báo cáo anh/chị gửi là của đơn vị.
privacy-address = • Kênh { $channel }, địa chỉ { $address }{ $heard }
privacy-heard = , tin gần nhất { $moment }
privacy-post = • { $role } của { $union }, từ { $since }{ $until }
privacy-until = { " " }đến { $day }
privacy-consent = • Anh/chị đồng ý lưu dữ liệu lúc { $moment }
privacy-no-consent = • Chưa ghi nhận anh/chị đồng ý lưu dữ liệu
privacy-agreed = Em đã ghi nhận anh/chị đồng ý lưu dữ liệu. Cảm ơn anh/chị.
privacy-export = Tải dữ liệu của tôi
privacy-exported = Em gửi toàn bộ dữ liệu em lưu về anh/chị.
privacy-export-file = du-lieu-cua-toi
privacy-forget = Xóa dữ liệu của tôi
privacy-forget-sure =
    Nếu xóa, anh/chị thôi mọi nhiệm vụ ngay, em quên địa chỉ và toàn bộ tin nhắn, không lấy lại được.
    Số liệu, báo cáo đã gửi vẫn thuộc về đơn vị, không gắn với anh/chị nữa.
    Anh/chị xác nhận xóa ạ?
privacy-forget-yes = Xóa hết
privacy-forget-no = Không xóa
privacy-kept = Vâng, em giữ nguyên.
privacy-forgotten = Em đã xóa dữ liệu của anh/chị. Tin này cũng sẽ được xóa. Cảm ơn anh/chị.
privacy-post-empty = { $union }: người phụ trách đã rút và xóa dữ liệu của mình. Anh/chị nhắn /moi để mời người khác.
privacy-by-person = Anh/chị
privacy-by-assistant = Trợ lý
privacy-sheet-addresses = Kênh
privacy-sheet-posts = Nhiệm vụ
privacy-sheet-contributions = Số liệu đã gửi
privacy-sheet-messages = Tin nhắn
privacy-column-channel = Kênh
privacy-column-address = Địa chỉ
privacy-column-heard = Tin gần nhất
privacy-column-union = Đơn vị
privacy-column-role = Nhiệm vụ
privacy-column-since = Từ
privacy-column-until = Đến
privacy-column-agreed = Đồng ý lúc
privacy-column-moment = Thời điểm
privacy-column-what = Biểu
privacy-column-period = Kỳ
privacy-column-by = Người nói
privacy-column-text = Nội dung
