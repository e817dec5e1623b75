# Câu dùng chung. Xưng em, gọi anh/chị; ngắn, lịch sự.

month = tháng { $number }/{ $year }
period-quarter = quý { $number }/{ $year }
period-half = 6 tháng { $number }/{ $year }
period-year = năm { $year }

welcome-officer =
    Em chào anh/chị, cán bộ { $union }.
    Anh/chị cứ hỏi em về chỉ tiêu, nhiệm vụ, báo cáo trong các kế hoạch, ví dụ: chỉ tiêu năm nay của mình là gì?
    Em cũng nhận số liệu tháng và nhắc hạn báo cáo.
welcome-staff =
    Em chào anh/chị, cán bộ { $union }.
    Anh/chị hỏi em về các kế hoạch, hoặc xem tình hình báo cáo của các công đoàn cấp dưới.
menu-checkin = Gửi số liệu tháng
menu-report = Báo cáo của đơn vị
menu-digest = Tình hình báo cáo

stranger =
    Em chưa biết anh/chị thuộc công đoàn nào nên chưa trả lời được. Nếu có mã mời, anh/chị nhập mã vào đây.
    Nếu chưa có, anh/chị gửi dòng sau cho cán bộ công đoàn cấp trên để được thêm vào: { $channel } { $address }
old-button = Mục này thuộc việc đã xong hoặc đã đổi, nên em không ghi gì thêm.
nothing-to-read = Em chưa đọc được tin này. Anh/chị nhắn chữ hoặc gửi ảnh giúp em ạ. Tệp Word, PDF, Excel thì có kênh không chuyển được cho em.
file-not-asked-for = Em chưa cần tệp hay ảnh này nên chưa giữ lại. Anh/chị nhắn nội dung bằng chữ giúp em ạ.
file-not-fetched = Em chưa tải được tệp này (tệp lớn quá 20 MB, hoặc đường truyền lỗi). Anh/chị gửi lại giúp em ạ.
now-speaking-for = Em chuyển sang làm việc cho { $union }.
not-your-command = Mục này không thuộc phần việc của anh/chị. Anh/chị nhắn /menu để xem các việc em làm được.
too-long = Tin nhắn dài quá { $most } ký tự nên em chưa xử lý được. Anh/chị gửi lại ngắn hơn giúp em ạ.
key-without-menu = Em chưa rõ anh/chị chọn mục nào, nên chưa làm gì. Anh/chị chọn lại giúp em ạ.
unknown-command = Em không có lệnh này. Anh/chị nhắn /menu để xem các việc em làm được.
nothing-to-cancel = Hiện không có việc gì đang làm dở.
cancelled = Em đã dừng việc đang làm dở, chưa ghi gì ạ.
perhaps-known = Có thể anh/chị đã nhận tin này; nếu vậy xin anh/chị bỏ qua giúp em ạ.
too-many = Anh/chị gửi nhiều tin cùng lúc quá nên em chưa trả lời hết được. Anh/chị chờ một phút rồi nhắn lại điều cần nhất giúp em ạ.
trouble = Em gặp trục trặc nên chưa xử lý được tin này. Anh/chị nhắn lại giúp em ạ.

said-thanks = Dạ không có gì ạ. Anh/chị cần gì cứ nhắn em.
said-agreed = Vâng ạ. Em chưa ghi gì thêm. Cần làm việc gì, anh/chị nhắn /menu giúp em.
said-later = Vâng ạ. Khi nào tiện, anh/chị nhắn /menu để làm giúp em. Em vẫn nhắc theo lịch.
said-told = Vâng ạ. Em chưa ghi gì thêm. Em trả lời câu hỏi về các kế hoạch công đoàn, nhận số liệu tháng và báo cáo; anh/chị cần gì cứ hỏi, hoặc nhắn /menu giúp em.
said-handover = Việc đổi người hay bàn giao do công đoàn cấp trên làm. Anh/chị báo cán bộ công đoàn cấp trên giúp em; số liệu và báo cáo vẫn theo đơn vị ạ.
