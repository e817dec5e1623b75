# Chữ trên trang dùng thử. Xưng em, gọi anh/chị; ngắn, lịch sự.

page-title = Trợ lý Công đoàn
page-demonstration = Bản dùng thử: công đoàn mẫu, đồng hồ giả lập
page-language = English
page-person = Anh/chị là
page-person-none = Chọn một người
page-letters-elsewhere = Có tin mới:
page-letters-more = +{ $count }
page-letters-new = { $count } tin mới
page-clock = Đồng hồ
page-clock-forward = Chuyển đồng hồ tới
page-clock-date = Ngày khác (08:00)
page-clock-move = Chuyển
page-clock-moving = Đang chuyển đồng hồ…
page-talk = Cuộc trò chuyện
page-nobody = Anh/chị chọn một người ở trên để bắt đầu.
page-empty = Anh/chị cứ nhắn tự nhiên, ví dụ: “Chỉ tiêu năm nay của mình là gì?”
page-letter = Tin tự động
page-you = Anh/chị
page-assistant = Trợ lý
page-choices = Lựa chọn
page-message = Tin nhắn
page-message-hint = Nhắn cho trợ lý
page-send = Gửi
page-attach = Đính kèm tệp hoặc ảnh
page-waiting = Em đang xem…
page-offline = Chưa kết nối được với máy chủ. Anh/chị kiểm tra xem bản dùng thử còn đang chạy không.
page-script = Trang này cần JavaScript. Anh/chị bật JavaScript rồi tải lại trang.

# Khi trang từ chối một yêu cầu.

page-error-request = Yêu cầu chưa đúng dạng: cần JSON có “persona” và một trong ba mục “text”, “choice”, “file”.
page-error-persona = Không có người dùng thử tên “{ $persona }”. Danh sách có ở /api/personas.
page-error-long = Tin nhắn dài quá. Anh/chị rút gọn dưới 64 KB giúp em.
page-error-file = Tệp này chưa đọc được. Anh/chị chọn lại tệp giúp em.
page-error-file-large = Tệp lớn quá 10 MB. Anh/chị chọn tệp nhỏ hơn giúp em.
page-error-time = Thời điểm chưa đúng dạng: cần JSON có “to” như 2026-07-16T08:00:00+07:00.
page-error-backward = Đồng hồ chỉ đi tới, không lùi lại được. Anh/chị chọn thời điểm sau { $now }.
page-error-missing = Không có trang này.
page-error-host = Bản dùng thử chỉ mở được từ chính máy này.
page-error-origin = Yêu cầu đến từ một trang khác nên không được nhận.
page-error-inside = Có trục trặc nên em chưa làm được. Anh/chị thử lại sau ít phút.
