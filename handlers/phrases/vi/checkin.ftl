# Số liệu tháng.

checkin-prompt =
    Đã đến kỳ số liệu { $month } của { $union }.
    Anh/chị dành một phút gửi giúp em ạ.
checkin-prompt-again = Em chưa nhận được số liệu { $month } của { $union }. Anh/chị gửi giúp em ạ. Em sẽ không nhắc thêm kỳ này.
checkin-start = Gửi ngay
checkin-unchanged = Không phát sinh
checkin-later = Để sau
checkin-put-off = Vâng, khi nào tiện anh/chị nhắn /solieu để làm tiếp. Phần đã nhập em vẫn giữ.
checkin-question = ({ $place }/{ $total }, { $month }) { $question }
checkin-if-unchanged = Nếu cả tháng không phát sinh thì em ghi: { $figures }.
checkin-send-unchanged = Không phát sinh, gửi luôn
checkin-rest-unchanged = Phần còn lại không phát sinh
checkin-as-last-month = Như tháng trước: { $value }
checkin-none-this-month = Không có
checkin-none-of-these = Không mục nào
checkin-marked = ✓ { $label }
checkin-done = Xong ({ $count } mục)
checkin-today = Hôm nay
checkin-yesterday = Hôm qua
checkin-yes = Có
checkin-no = Không
checkin-skip = Bỏ qua
checkin-back = Quay lại
checkin-nothing = không có
checkin-line = • { $label }: { $value }
checkin-summary =
    Số liệu { $month }:
    { $lines }
    Anh/chị xem đúng chưa ạ?
checkin-lines = Sửa một dòng
checkin-which-line = Anh/chị muốn sửa dòng nào ạ?
checkin-send = Gửi
checkin-cancel = Hủy
checkin-cancelled = Em đã hủy phần số liệu { $month } đang nhập, chưa gửi gì thêm.
checkin-not-understood = Em chưa hiểu: { $parts }. Phần khác em đã ghi.
checkin-quoted = “{ $text }”

checkin-receipt = Em đã nhận số liệu { $month } lúc { $moment }, số biên nhận { $number }.{ $late ->
    [yes] { " " }Kỳ này được ghi là gửi muộn.
   *[no] { "" }
 } Cảm ơn anh/chị.
checkin-corrected = Em đã ghi bản sửa số liệu { $month } lúc { $moment }, số biên nhận { $number }. Bản trước em vẫn lưu.{ $late ->
    [yes] { " " }Tháng này đã chốt, nên đây được ghi là sửa sau khi chốt.
   *[no] { "" }
 }
checkin-same-as-sent = Số liệu { $month } đã gửi trước đó giống hệt bản này, nên em không ghi thêm bản sửa.
checkin-as-before = Các con số như { $month }.
checkin-against-before =
    So với { $month }:
    { $lines }
checkin-moved-up = • { $label }: { $now }, tăng { $by } (trước là { $then })
checkin-moved-down = • { $label }: { $now }, giảm { $by } (trước là { $then })
checkin-moved-flow = • { $label }: { $now } (trước là { $then })
checkin-progress = So với chỉ tiêu năm nay:

checkin-already =
    Số liệu { $month } đã có, { $by } gửi lúc { $moment }, số biên nhận { $number }:
    { $lines }
checkin-already-closed = Tháng này đã chốt ngày { $day }. Nếu cần, anh/chị vẫn sửa được; bản sửa sẽ được ghi là sửa sau khi chốt.
checkin-correct = Sửa số liệu này
checkin-history = Xem các lần gửi
checkin-history-of = Các lần gửi số liệu { $month }:
checkin-history-line = { $place }. { $moment }, số { $number }, { $by } gửi{ $late ->
    [yes] { " " }(sau khi chốt)
   *[no] { "" }
 }. { $changes }
checkin-changed = { $label }: { $before } → { $after }
checkin-by-you = anh/chị
checkin-by-other = cán bộ khác của đơn vị
checkin-by-office = cán bộ cấp trên
checkin-other-sent =
    Trong lúc anh/chị nhập, { $by } đã gửi số liệu { $month } lúc { $moment }, số biên nhận { $number }. Hai bản khác nhau:
    { $lines }
    Anh/chị muốn giữ bản nào ạ?
checkin-differs = • { $label }: đã gửi { $before }, bản này { $after }
checkin-keep = Giữ bản đã gửi
checkin-mine = Gửi bản này thay thế
checkin-kept-theirs = Vâng, em giữ bản số liệu { $month } đã gửi. Bản đang nhập em không gửi.

checkin-not-a-number = Em chưa hiểu số này. Anh/chị nhập một số, ví dụ 128 hoặc 1.250.
checkin-not-a-percentage = Em chưa hiểu tỷ lệ này. Anh/chị nhập ví dụ 98,5% giúp em ạ.
checkin-not-a-day = Em chưa hiểu ngày này. Anh/chị nhập ví dụ 15/3/2025, 15/3 hoặc hôm qua giúp em ạ.
checkin-number-out-of-range = Số này lớn quá 1.000.000, em nghĩ là gõ nhầm. Anh/chị nhập lại giúp em ạ.
checkin-no-last-figure = Em chưa có số tháng trước để cộng trừ. Anh/chị nhập số hiện nay giúp em ạ.
checkin-below-zero = Tính ra thì số này nhỏ hơn 0. Anh/chị nhập số hiện nay giúp em ạ.
checkin-pick-one = Anh/chị chọn một trong các mục dưới đây giúp em ạ.
checkin-pick-some = Anh/chị chọn trong các mục dưới đây giúp em, hoặc nhập số thứ tự, ví dụ 1, 3.
checkin-send-a-file = Mục này cần một ảnh hoặc tệp. Anh/chị gửi ảnh chụp giúp em ạ.
checkin-text-too-long = Nội dung dài quá 1.000 ký tự. Anh/chị viết ngắn hơn giúp em ạ.

checkin-doubt-change = { $label }: { $value }, còn tháng trước là { $last }. Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-below = { $label }: { $value }, ít hơn { $bound } ({ $figure }). Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-above = { $label }: { $value }, nhiều hơn { $bound } ({ $figure }). Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-negative = { $label }: anh/chị nhập một số nhỏ hơn 0. Ý anh/chị là thế nào ạ?
checkin-doubt-high = { $label }: { $value }, cao hơn 100%. Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-moved = { $label }: tháng trước là { $last }, vậy nay là { $value }, đúng không ạ?
checkin-doubt-sure = { $label }: em ghi { $value }, đúng không ạ?
checkin-doubt-about = { $label }: em ghi đúng { $value } được không ạ? Nếu có số chính xác, anh/chị nhập giúp em.
checkin-doubt-either = { $label }: em chưa chắc đã đọc đúng số này. Anh/chị chọn giúp em ạ.
checkin-doubt-partly = { $label }: em chỉ ghi số { $value }, phần “{ $left }” em không ghi. Được không ạ?
checkin-doubt-future = { $label }: { $value } chưa tới. Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-yes = Đúng: { $value }
checkin-doubt-this = { $value }
checkin-doubt-fewer = Giảm { $by }, còn { $value }
checkin-doubt-no = Nhập lại
checkin-back-to-form =
    Mình làm tiếp số liệu nhé ạ.
    { $question }
checkin-month-not-open = Em chỉ nhận số liệu tháng này và tháng trước. Tháng cũ hơn, anh/chị báo công đoàn cấp trên giúp em ạ.
checkin-not-officer = Mục này dành cho cán bộ công đoàn cơ sở.
