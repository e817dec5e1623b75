# Nhắc báo cáo: tin nhắc, báo lên cấp trên, gia hạn, miễn, nghỉ phép, nghĩa vụ báo cáo, lịch nghỉ.

period-custom = kỳ { $number }/{ $year }
chasing-report =
    { $title }, { $period } (số liệu từ { $first } đến { $last }).
    Hạn nộp: { $due }{ $standing ->
        [extended] , đã gia hạn
        [returned] , nộp lại
       *[other] { "" }
    }. { $lateness }
    Căn cứ: { $clause }
chasing-for-union = { $union }:
chasing-draft = Soạn ngay
chasing-paper = Đã nộp bản giấy
chasing-extend = Xin gia hạn
chasing-later = Để mai
chasing-draft-of = Soạn { $period }
chasing-more-of = Việc khác với { $period }
chasing-several = Anh/chị có { $count } việc cần làm ạ:
chasing-put-off = Vâng, { $day } em nhắc lại báo cáo { $period } ạ.
chasing-no-later = Báo cáo { $period } không để lùi thêm được nữa ạ: { $why ->
    [often] em đã để lùi hai lần.
   *[told] sắp đến ngày em phải báo cán bộ cấp trên.
 }
chasing-settled = Báo cáo { $period } không còn phải nộp nữa, anh/chị yên tâm ạ.

escalation-head = { $count } báo cáo quá hạn cần anh/chị đôn đốc giúp ạ:
escalation-group = { $title }, { $period }: hạn { $due }, muộn { $days } ngày làm việc
escalation-line = • { $code } · { $union }{ $note }
escalation-senior = , { $above } đã được báo
escalation-asked = , đang xin gia hạn
escalation-requests = { $count } đơn vị xin gia hạn, chờ anh/chị quyết định.
escalation-in-digest = { $count } báo cáo quá hạn đã đến lúc cần anh/chị đôn đốc giúp ạ.
escalation-requests-of = { $code }: { $count } yêu cầu gia hạn
escalation-open = Gia hạn, miễn, bản giấy

extend-how-long = { $title }, { $period }, hạn { $due }. Anh/chị cần thêm bao nhiêu ngày làm việc ạ?
extend-until = Thêm { $days } ngày, đến { $until }
extend-why = Anh/chị cho em biết lý do xin gia hạn báo cáo { $period } đến { $until } ạ.
extend-why-once-more = Anh/chị nói rõ lý do giúp em ạ, ví dụ: kế toán nghỉ ốm, chưa khớp số liệu. Cán bộ cấp trên đọc lý do này để quyết định.
extend-asked = Em đã chuyển yêu cầu gia hạn báo cáo { $period } đến { $until } cho cán bộ cấp trên. Trong lúc chờ trả lời, hạn nộp vẫn như cũ ạ.
extend-granted = Cấp trên đồng ý gia hạn báo cáo { $period } đến { $until }. Em sẽ nhắc theo hạn mới ạ.
extend-refused = Cấp trên chưa đồng ý gia hạn báo cáo { $period } đến { $until }. Hạn nộp vẫn như cũ, anh/chị nộp sớm giúp em ạ.

menu-giahan = Gia hạn, miễn, bản giấy
menu-nghiavu = Nghĩa vụ báo cáo
exempt-requests =
    { $count } yêu cầu gia hạn chờ anh/chị quyết định:
    { $lines }
exempt-no-requests = Hiện không có yêu cầu gia hạn nào.
exempt-request = • { $code } · { $union }, { $period }: hạn { $due }, xin đến { $until }. Lý do: { $reason }
exempt-other = Muốn gia hạn, miễn, ghi nhận bản giấy hoặc báo cán bộ nghỉ phép, anh/chị gõ mã hay tên đơn vị.
exempt-grant-of = Đồng ý { $code }
exempt-refuse-of = Không đồng ý { $code }
exempt-union =
    { $union } ({ $code })
    { $lines }
exempt-owed = • { $title }, { $period }: hạn { $due }, { $standing }{ $late ->
        [0] .
       *[other] , muộn { $late } ngày làm việc.
    }
exempt-owes-nothing = Hiện không có báo cáo nào phải nộp.
exempt-choose = Chọn { $period }
exempt-away = • Cán bộ nghỉ phép từ { $since } đến { $until }, em tạm dừng nhắc.
exempt-leave = Báo cán bộ nghỉ phép
exempt-home = Đã đi làm lại
exempt-do-days = Gia hạn
exempt-do-excuse = Miễn kỳ này
exempt-do-paper = Đã nhận bản giấy
exempt-do-system = Đã nhận qua hệ thống khác
exempt-do-nothing = Không phát sinh
exempt-back-extension = Thu hồi gia hạn
exempt-back-excuse = Thu hồi việc miễn
exempt-how-long = { $union }, { $period }, hạn { $due }. Anh/chị cho thêm bao nhiêu ngày làm việc ạ?
exempt-days = Thêm { $days } ngày
exempt-why = Anh/chị cho em biết lý do ạ.
exempt-why-once-more = Anh/chị nói rõ lý do giúp em ạ, vì đơn vị sẽ đọc đúng lời này.
exempt-which-days = Cán bộ nghỉ từ ngày nào đến ngày nào ạ? Ví dụ: 20/3 - 28/3
exempt-gave-extension = Em đã gia hạn báo cáo { $period } cho { $union } đến { $until } và báo cho đơn vị.
exempt-gave-excuse = Em đã miễn báo cáo { $period } cho { $union } từ ngày { $until } và báo cho đơn vị.
exempt-gave-paper = Em đã ghi: ngày { $until } nhận bản giấy báo cáo { $period } của { $union }. Em không nhắc kỳ này nữa.
exempt-gave-other-system = Em đã ghi: ngày { $until } nhận báo cáo { $period } của { $union } qua hệ thống khác. Em không nhắc kỳ này nữa.
exempt-gave-nothing = Em đã ghi ngày { $until }: báo cáo { $period } của { $union } không phát sinh. Em không nhắc kỳ này nữa.
exempt-told-extension = Cấp trên gia hạn báo cáo { $period } cho đơn vị mình đến { $until }. Lý do: { $reason }
exempt-told-excuse = Từ ngày { $until } cấp trên miễn báo cáo { $period } cho đơn vị mình. Lý do: { $reason }
exempt-told-paper = Ngày { $until } cấp trên đã ghi nhận bản giấy báo cáo { $period } của đơn vị mình. Em không nhắc kỳ này nữa ạ. { $reason }
exempt-told-other-system = Ngày { $until } cấp trên đã ghi nhận báo cáo { $period } của đơn vị mình qua hệ thống khác. Em không nhắc kỳ này nữa ạ. { $reason }
exempt-told-nothing = Ngày { $until } cấp trên đã ghi báo cáo { $period } của đơn vị mình: không phát sinh. Em không nhắc kỳ này nữa ạ. { $reason }
exempt-granted = Em đã gia hạn báo cáo { $period } cho { $union } đến { $until } và báo cho đơn vị.
exempt-refused = Em đã báo { $union }: chưa gia hạn báo cáo { $period } đến { $until }.
exempt-withdrawn = { $union }: báo cáo { $period } phải nộp theo hạn { $due }.
exempt-gone = Em tạm dừng nhắc { $union } từ { $since } đến hết { $until }.
exempt-back-home = Em sẽ nhắc đơn vị như thường lệ ạ.

standing-missing = chưa nộp
standing-extended = chưa nộp, đã gia hạn
standing-returned = bị trả lại, chờ nộp lại
standing-leave = chưa nộp, cán bộ nghỉ phép
standing-submitted = đã nộp
standing-nothing = không phát sinh
standing-paper = đã nhận bản giấy
standing-other-system = đã nhận qua hệ thống khác
standing-excused = được miễn

days-page =
    Ngày nghỉ theo luật trong một năm tới:
    { $law }
    Ngày nghỉ bù, làm bù do cán bộ nhập:
    { $swapped }
days-span = • { $one ->
        [true] { $first }
       *[false] { $first } đến { $last }
    }
days-swapped = • { $day }: { $works ->
        [true] làm việc
       *[false] nghỉ
    }
days-none = • Chưa có.
days-add-off = Thêm ngày nghỉ
days-add-work = Thêm ngày làm bù
days-drop = Xóa { $day }
days-ask-off = Những ngày nào được nghỉ ạ? Ví dụ: 2/1/2026
days-ask-work = Những ngày nào làm bù ạ? Ví dụ: 10/1/2026
days-which = Em chưa đọc được ngày, hoặc ngày đó đã qua. Anh/chị viết như 2/1/2026 giúp em ạ.
days-entered = Em đã ghi { $days }: { $works ->
        [true] làm việc.
       *[false] nghỉ.
    }
days-removed = Em đã xóa { $day }, ngày này lại theo luật.
days-not-yours = Lịch nghỉ chung do cấp cao nhất trong danh sách giữ. Anh/chị báo giúp cấp trên ạ.

obligation-clause = { $document }{ $place }: “{ $quote }”
obligation-section = { "" }, mục { $section }
obligation-confirmed =
    Báo cáo đang được theo dõi:
    { $lines }
obligation-proposed = { $count } báo cáo nêu trong các văn bản chưa được xác nhận. Em chỉ nhắc khi anh/chị xác nhận ạ:
obligation-nothing = Chưa có nghĩa vụ báo cáo nào.
obligation-new = Thêm nghĩa vụ khác
obligation-rule =
    • { $title }: { $level }, { $rhythm }, hạn { $due }, tính từ { $since }{ $ended ->
        [true] { " " }đến hết { $until }
       *[false] { "" }
    }.
    Căn cứ: { $clause }
obligation-title = Báo cáo theo { $document }
obligation-rhythm = { $cycle } ({ $profile })
obligation-rhythm-custom = chốt số liệu các ngày { $days }
obligation-cycle-month = hằng tháng
obligation-cycle-quarter = hằng quý
obligation-cycle-half = 6 tháng
obligation-cycle-year = hằng năm
obligation-cycle-custom = ngày chốt riêng
obligation-profile-administrative = kỳ hành chính, chốt ngày 14
obligation-profile-calendar = kỳ theo lịch
obligation-profile-union-forms = biểu mẫu công đoàn, chốt 31/5 và 30/11
obligation-due-working = { $days } ngày làm việc sau ngày chốt
obligation-due-day = chậm nhất ngày { $day }
obligation-due-date = chậm nhất ngày { $day }/{ $month }
obligation-usual = { $due } (thường dùng)
obligation-from = Từ { $period }, hạn { $due }
obligation-ask-title = Báo cáo này gọi là gì ạ?
obligation-ask-level = Cấp nào phải nộp báo cáo này ạ?
obligation-ask-cycle = Bao lâu nộp một lần ạ?
obligation-ask-cut-offs = Số liệu chốt vào những ngày nào trong năm ạ? Ví dụ: 20/5, 20/11
obligation-ask-profile = Kỳ báo cáo tính thế nào ạ?
obligation-ask-due = Hạn nộp là khi nào ạ? Anh/chị chọn, hoặc gõ: 3 ngày, ngày 20, hoặc 10/6.
obligation-ask-since = Bắt đầu từ kỳ nào ạ?
obligation-problem = Anh/chị chọn một trong các mục giúp em ạ.
obligation-problem-title = Anh/chị gõ tên báo cáo giúp em ạ.
obligation-problem-cut-offs = Em chưa đọc được ngày chốt. Anh/chị viết như 20/5, 20/11 giúp em ạ.
obligation-problem-due = Em chưa hiểu hạn nộp. Anh/chị gõ như: 3 ngày, ngày 20, hoặc 10/6.
obligation-confirm =
    Anh/chị xem lại giúp em:
    { $rule }
    Kỳ đầu: { $period }, hạn { $due }. Có { $count } đơn vị phải nộp.
obligation-yes = Xác nhận, bắt đầu nhắc
obligation-rename = Đổi tên báo cáo
obligation-no = Thôi
obligation-done = Em đã ghi “{ $title }”. Em sẽ nhắc các đơn vị theo hạn này.
obligation-do-due = Đổi hạn nộp
obligation-do-rhythm = Đổi kỳ báo cáo
obligation-do-end = Kết thúc
obligation-end-sure = Kết thúc “{ $title }”? Các kỳ đã hết vẫn phải nộp, kỳ đang chạy thì không.
obligation-end-yes = Kết thúc
obligation-end-no = Không
obligation-ended = “{ $title }” kết thúc từ { $until }. Em không nhắc kỳ đang chạy nữa.
