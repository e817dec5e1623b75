# Văn bản do cán bộ gửi lên.

menu-tailieu = Văn bản và giao chỉ tiêu
intake-send = Anh/chị gửi em tệp kế hoạch, hướng dẫn hoặc quyết định (.docx, .pdf có chữ, .txt, .md). Em đọc và cho anh/chị xem; anh/chị xác nhận thì em mới thêm vào kho văn bản để trả lời, và giao chỉ tiêu ghi trong đó.
intake-reading = Em đang đọc { $file }, văn bản hơi dài. Đọc xong em báo anh/chị ngay ạ.
intake-more-of-file = Tệp còn { $count } văn bản khác.
intake-document = { $name }: { $title }
intake-head = Ban hành: { $issuer }, ngày { $day }.
intake-unknown = chưa rõ
intake-counts = Em đọc được { $all } chỉ tiêu{ $own ->
    [0] { "" }
   *[other] { " " }({ $own } chỉ tiêu ghi riêng cho từng đơn vị)
 }, { $duties } nhiệm vụ, { $reports } chế độ báo cáo.
intake-doubtful = { $count } chỗ anh/chị xem lại giúp em:
intake-doubtful-head = • Đầu và cuối văn bản: { $doubts }
intake-doubtful-line = • { $place }“{ $words }”: { $doubts }
intake-doubtful-place = Mục { $section }: { "" }
intake-doubt-no-number = em không thấy số văn bản
intake-doubt-no-issuer = em không thấy cơ quan ban hành
intake-doubt-no-date = em không thấy ngày ban hành
intake-doubt-no-signer = em không thấy người ký
intake-doubt-unknown-indicator = em chưa biết chỉ tiêu này
intake-doubt-no-period = không rõ của năm nào
intake-doubt-unit-unknown = không rõ đơn vị tính
intake-doubt-two-figures = có hai con số khác nhau
intake-doubt-nobody-named = không ghi ai báo cáo
intake-doubt-no-recipient = không ghi gửi cho ai
intake-doubt-figure-not-read = có con số em chưa đọc được
intake-targets = Chỉ tiêu chung:
intake-target = • { $words }
intake-more = … và { $count } mục khác
intake-rows = { $count } dòng khớp với đơn vị của anh/chị, đang chọn { $taken }:
intake-row = { $number }. { $union }: { $indicator } năm { $year }, { $figure }
intake-row-out = { $number }. (bỏ) { $union }: { $indicator } năm { $year }, { $figure }
intake-take = Lấy lại dòng { $number } ({ $code })
intake-leave = Bỏ dòng { $number } ({ $code })
intake-yes = Giao { $count } chỉ tiêu
intake-no = Không giao
intake-next-page = Các dòng khác
intake-pick-one = Anh/chị chọn một trong các mục dưới đây giúp em ạ.
intake-stopped = Em không giao chỉ tiêu nào từ văn bản này.
intake-no-rows = Văn bản không ghi chỉ tiêu riêng cho từng đơn vị nên em không có dòng nào để giao.
intake-too-many = Văn bản có { $count } dòng, nhiều hơn { $most } dòng xem được ở đây. Anh/chị gửi bảng Excel giúp em ạ.
intake-left =
    { $count } dòng em không giao được:
    { $lines }
intake-left-line = • { $union }: { $why } ({ $figures })
intake-left-figure = { $label } { $figure }
intake-why-union = em không thấy đơn vị này trong phạm vi của anh/chị
intake-why-indicator = em chưa biết chỉ tiêu này
intake-why-year = không rõ là chỉ tiêu của năm nào
intake-why-figure = không phải một con số phải đạt
intake-why-twice = văn bản ghi hai số khác nhau
intake-given = Em đã giao { $count } chỉ tiêu theo { $name } cho { $unions } đơn vị và báo cho { $told } cán bộ.{ $same ->
    [0] { "" }
   *[other] { " " }{ $same } chỉ tiêu đã giao đúng như vậy từ trước.
 }

intake-shelve = Anh/chị có thêm { $count ->
    [1] văn bản này
   *[other] { $count } văn bản này
 } vào kho không ạ? Em sẽ trả lời theo văn bản cho { $union } và các đơn vị trực thuộc.
intake-same =
    Trong kho đã có { $count } văn bản trùng nội dung hoặc trùng số:
    { $lines }
intake-keep = Thêm vào kho văn bản
intake-keep-both = Giữ cả hai
intake-swap = Thay bản cũ
intake-where = Áp dụng cho đơn vị khác
intake-none = Không thêm vào kho
intake-ask-where = Văn bản này áp dụng cho đơn vị nào ạ? Anh/chị chọn dưới đây, hoặc gõ mã hay tên đơn vị.
intake-no-union = Em không tìm thấy đơn vị này trong phạm vi của anh/chị.
intake-union-left = Đơn vị này không còn trong phạm vi của anh/chị nên em chưa thêm văn bản.
intake-kept = Em đã thêm { $names } vào kho văn bản, áp dụng cho { $union } và các đơn vị trực thuộc.{ $replaced ->
    [0] { "" }
   *[other] { " " }Em đã gỡ { $replaced } bản cũ.
 } Em đang cập nhật kho, mất khoảng một phút. Xong em báo anh/chị ạ.
intake-not-kept = Em không thêm văn bản này vào kho.
intake-kept-line = { $name }: { $title } (áp dụng cho { $union }, thêm ngày { $day })
intake-listed = Kho có { $count } văn bản do đơn vị thêm:
intake-listed-line = { $place }. { $line }
intake-more-documents = Các văn bản khác
intake-withdraw = Gỡ văn bản { $place }
intake-withdraw-really =
    Anh/chị gỡ văn bản này khỏi kho phải không ạ?
    { $line }
    Sau khi gỡ, em không trả lời theo văn bản này nữa. Chỉ tiêu đã giao vẫn giữ nguyên.
intake-withdraw-yes = Gỡ văn bản
intake-withdraw-no = Không gỡ
intake-withdrawn = Em đã gỡ { $name } khỏi kho văn bản.
intake-gone-before = Văn bản này không còn trong kho của anh/chị.

library-ready = Em đã cập nhật xong kho văn bản. Từ giờ em trả lời theo { $names } ạ.
library-not-built = Lúc { $moment } em chưa cập nhật được kho văn bản nên vẫn trả lời theo kho cũ. Anh/chị báo người quản trị máy chủ kiểm tra dung lượng đĩa và nhật ký giúp em ạ.

