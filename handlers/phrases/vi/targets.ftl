# Giao chỉ tiêu.

menu-giaochitieu = Giao chỉ tiêu
target-line = • { $indicator } năm { $year }: { $figure }
target-which-union = Anh/chị giao chỉ tiêu cho đơn vị nào ạ? Anh/chị chọn, nhắn mã hoặc tên đơn vị, hoặc gửi em tệp Excel theo mẫu.{ $pages ->
    [1] { "" }
   *[other] { " " }(Trang { $page }/{ $pages })
 }
target-which-of-these = Anh/chị muốn giao cho đơn vị nào trong số này ạ?
target-which-indicator = { $union }: anh/chị giao chỉ tiêu gì ạ? Anh/chị chọn hoặc nhắn tên chỉ tiêu.
target-which-year = { $union }, { $indicator }: cho năm nào ạ?
target-which-figure = { $union }, { $indicator } năm { $year }: giao bao nhiêu ạ? Ví dụ 26, 1.250, 80% hoặc 310 triệu.
target-no-union-in-line = Em không thấy trong dòng này đơn vị nào thuộc phạm vi của anh/chị.
target-not-understood = Em chưa hiểu ý này.
target-more = Trang sau
target-template = Lấy tệp mẫu Excel
target-template-file = mau-giao-chi-tieu.xlsx
target-template-sent = Đây là tệp mẫu, mỗi dòng một chỉ tiêu của một đơn vị. Anh/chị điền số rồi gửi lại cho em; em cho xem trước, anh/chị xác nhận em mới giao.
target-confirm =
    Giao cho { $union }:
    { $line }
target-before = Chỉ tiêu này đang là { $figure }, giao ngày { $day }; sẽ được thay.
target-yes = Giao
target-cancel = Thôi
target-cancelled = Em đã dừng, chưa giao gì cả.
target-given =
    Em đã giao cho { $union }:
    { $line }
    { $told ->
        [0] Đơn vị chưa có cán bộ nhận tin nên em chưa báo được cho ai.
       *[other] Em đã báo cho cán bộ của đơn vị.
    }
target-another = Giao tiếp
target-withdraw = Thu hồi
target-see-progress = Xem tiến độ
target-withdrawn = Em đã thu hồi chỉ tiêu vừa giao cho { $union }.
target-as-before = Các chỉ tiêu này đã được giao đúng như vậy rồi, nên em không ghi gì thêm.
target-nobody-below = Hiện không có đơn vị nào dưới quyền để giao chỉ tiêu.
target-letter =
    { $named ->
        [yes] { $giver } giao chỉ tiêu cho { $union }:
       *[no] { $union } được giao chỉ tiêu:
    }
    { $lines }
target-letter-withdrawn =
    { $named ->
        [yes] { $giver } thu hồi chỉ tiêu đã giao cho { $union }:
       *[no] Chỉ tiêu đã giao cho { $union } được thu hồi:
    }
    { $lines }

target-column-union = đơn vị
target-column-name = tên đơn vị
target-column-indicator = chỉ tiêu
target-column-year = năm
target-column-figure = số giao
target-column-unit = đơn vị tính
target-sheet-title = Giao chỉ tiêu
target-sheet-names = Tên chỉ tiêu
target-sheet-help = Hướng dẫn
target-sheet-explained =
    Mỗi dòng là một chỉ tiêu của một đơn vị trong một năm.
    Cột đơn vị: mã hoặc tên đơn vị. Cột tên đơn vị chỉ để dễ nhìn, có thể bỏ.
    Cột chỉ tiêu: tên trong trang Tên chỉ tiêu, hoặc cách gọi thường ngày.
    Cột số giao: 26, 1.250, 80% hoặc 310 triệu. Dòng để trống số giao sẽ được bỏ qua.
    Gửi tệp này cho trợ lý: trợ lý cho xem trước, chỉ ghi khi anh/chị xác nhận và khi không còn dòng nào sai.

target-sheet-empty = ô này còn trống.
target-sheet-no-union = không có đơn vị { $found } trong phạm vi của anh/chị.
target-sheet-no-indicator = em không biết chỉ tiêu { $found }. Anh/chị xem tên trong trang Tên chỉ tiêu của tệp mẫu.
target-sheet-which-indicator = { $found } có thể là nhiều chỉ tiêu. Anh/chị ghi đủ tên.
target-sheet-no-year = { $found } không phải là năm, ví dụ 2025.
target-sheet-no-figure = { $found } không phải là số giao được. Anh/chị ghi như 26, 1.250, 80% hoặc 310 triệu.
target-sheet-twice = chỉ tiêu này đã có ở dòng { $row }.

target-fault = • { $fault }
target-more-faults = … và { $count } lỗi khác
target-file-faults =
    Tệp { $file } còn { $count } lỗi nên em chưa giao gì:
    { $lines }
    Anh/chị sửa rồi gửi lại giúp em ạ.
target-file-nothing = Tệp { $file } không có gì mới để giao ({ $same } chỉ tiêu đã giao đúng như vậy).
target-file =
    Tệp { $file }: { $new } chỉ tiêu mới{ $changed ->
        [0] { "" }
       *[other] , { $changed } chỉ tiêu thay số cũ
    }{ $same ->
        [0] { "" }
       *[other] , { $same } giữ nguyên
    }.{ $blank ->
        [0] { "" }
       *[other] { " " }Em bỏ qua { $blank } dòng chưa có số.
    }
    Anh/chị xác nhận thì em mới giao.
target-file-yes = Giao { $count } chỉ tiêu
target-file-given = Em đã giao { $count } chỉ tiêu cho { $unions } đơn vị và báo cho { $told } cán bộ.

