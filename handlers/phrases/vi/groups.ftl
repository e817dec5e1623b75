# Nhóm chung: chỉ nêu tên đơn vị còn thiếu báo cáo, khi cán bộ cấp trên đã bật.

menu-nhom = Nhắc trong nhóm chung
group-overview = { $count ->
    [0] Em chưa nhắc trong nhóm chung nào. Khi anh/chị nối một nhóm, em nêu tên đơn vị còn thiếu báo cáo ở đó, không nêu số liệu. Hiện em làm được với nhóm Telegram, nhóm Zalo thì chưa ạ.
   *[other] Em đang nêu tên các đơn vị của { $union } còn thiếu báo cáo trong { $count } nhóm:
 }
group-line = • Nhóm { $number }, nối từ { $since }
group-button-link = Nối một nhóm
group-button-off = Tắt nhóm { $number }
group-switched-off = Em đã tắt nhóm { $number }, từ nay em không nhắn gì trong nhóm đó nữa ạ.
group-code =
    Anh/chị thêm em vào nhóm, rồi gửi vào nhóm đúng dòng này:
    { $order }
    Mã dùng một lần, đến { $until }. Nối xong, ai trong nhóm cũng đọc được tên đơn vị của { $union } còn thiếu báo cáo. Nếu trong nhóm em không trả lời, anh/chị lấy mã mới giúp em ạ.
group-linked = Từ nay em nêu tên các đơn vị của { $union } còn thiếu báo cáo trong nhóm này, không nêu số liệu. Trao đổi khác anh/chị nhắn riêng cho em ạ.
group-lost = Một công đoàn khác đã nối nhóm chung mà { $union } nối từ { $since }, nên em thôi nhắc trong nhóm đó cho đơn vị mình. Anh/chị xem các nhóm còn lại bằng /nhom ạ.
group-missing = { $union }: em nhờ các đơn vị dưới đây gửi báo cáo còn thiếu ạ.
group-missing-report = { $title }, { $period }
group-missing-union = • { $union }
group-missing-more = … và các đơn vị khác.
group-missing-foot = Anh/chị nhắn riêng cho em để nộp hoặc xin gia hạn ạ.
