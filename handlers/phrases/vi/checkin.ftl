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
checkin-as-last-month = Như tháng trước: { $value }
checkin-none-this-month = Không có
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
checkin-already =
    Số liệu tháng này anh/chị đã gửi rồi. Nếu cần sửa, anh/chị sửa rồi gửi lại.
    { $summary }
checkin-send = Gửi
checkin-cancel = Hủy
checkin-cancelled = Em đã hủy, chưa gửi gì cả.
checkin-receipt = Em đã nhận số liệu { $month } lúc { $moment }, số biên nhận { $number }.{ $late ->
    [yes] { " " }Kỳ này được ghi là gửi muộn.
   *[no] { "" }
 } Cảm ơn anh/chị.
checkin-corrected = Em đã ghi bản sửa số liệu { $month } lúc { $moment }, số biên nhận { $number }.{ $late ->
    [yes] { " " }Bản sửa được ghi là gửi muộn.
   *[no] { "" }
 }
checkin-not-a-number = Em chưa hiểu số này. Anh/chị nhập một số, ví dụ 128 hoặc 1.250.
checkin-number-out-of-range = Số này ngoài khoảng 0 đến 1.000.000. Anh/chị nhập lại giúp em ạ.
checkin-pick-one = Anh/chị chọn một trong các mục dưới đây giúp em ạ.
checkin-text-too-long = Nội dung dài quá 1.000 ký tự. Anh/chị viết ngắn hơn giúp em ạ.
checkin-doubt-change = { $label }: { $value }, còn tháng trước là { $last }. Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-below = { $label }: { $value }, ít hơn { $floor } ({ $least }). Anh/chị xem lại giúp em có đúng không ạ?
checkin-doubt-yes = Đúng: { $value }
checkin-doubt-no = Nhập lại
checkin-back-to-form =
    Mình làm tiếp số liệu nhé ạ.
    { $question }
checkin-not-officer = Mục này dành cho cán bộ công đoàn cơ sở.
