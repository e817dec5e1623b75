# Báo cáo trên giấy, theo thể thức văn bản.

paper-title = BÁO CÁO
paper-subject = { $subject }, { $period }
paper-number = Số:          /BC-{ $level ->
    [grassroots] CĐCS
   *[other] LĐLĐ
 }
paper-place-date = { $place }, ngày { $day } tháng { $month } năm { $year }
paper-no-place = …………………
paper-confederation = Tổng Liên đoàn Lao động Việt Nam
paper-grassroots-union = Công đoàn cơ sở
paper-federation = Liên đoàn Lao động
paper-intro = Thực hiện chế độ báo cáo định kỳ, { $union } lập { $title }, { $period } (số liệu { $months }) như sau:
paper-item = - { $text }
paper-closing = Trên đây là báo cáo { $period } của { $union }./.
paper-recipient = - { $union } (để báo cáo);
paper-archive = - Lưu: VT.
paper-authority = { $level ->
    [grassroots] TM. BAN CHẤP HÀNH
   *[other] TM. BAN THƯỜNG VỤ
 }
paper-signer = CHỦ TỊCH
paper-appendix = Phụ lục: số liệu từng đơn vị, { $period }
paper-file = bao-cao-{ $union }-{ $period }
paper-sheet-file = tong-hop-{ $union }-{ $period }
