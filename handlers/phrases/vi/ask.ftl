# Trả lời câu hỏi. Con số và lời văn bản luôn để nguyên văn trong ngoặc kép.

ask-quote = “{ $words }”
ask-item = - { $words }
ask-item-figure = { $figure }: { $words }
ask-item-rivals = { $label }: văn bản ghi các mức khác nhau, { $figures }
ask-cell = { $label }: { $figure }
ask-group = { $period }:
ask-of-actor = { $actor }: { $said }
ask-of-period = { $period }: { $said }
ask-of-document = - { $document }: { $said }
ask-of-document-period = - { $document } ({ $period }): { $said }
ask-whose = Theo văn bản áp dụng cho { $place }:
ask-unassigned = Văn bản không giao chỉ tiêu riêng cho đơn vị mình, chỉ có mức chung sau đây:
ask-empty-cell = Bảng trong văn bản không giao chỉ tiêu này cho đơn vị, ô đó để trống:
ask-replaces = Nội dung này đang có hiệu lực, thay cho { $source }.
ask-source = Nguồn: { $sources }.
ask-source-section = { $document }, mục { $section }
ask-source-issuer = { $document } của { $issuer }
ask-wording = “{ $words }”
    ({ $source })
ask-and = , { "" }
ask-both = { "" } và { "" }

ask-period-quarter = Quý { $quarter } năm { $year }
ask-period-year = Năm { $year }
ask-period-years = Giai đoạn { $years }
ask-period-term = Cả nhiệm kỳ
ask-period-annual = Hằng năm
ask-period-semiannual = Mỗi 6 tháng
ask-period-quarterly = Hằng quý
ask-period-monthly = Hằng tháng
ask-period-day = Đến { $day }
ask-period-until = { $rhythm } đến { $year }
ask-period-from = { $rhythm } từ { $year }
ask-period-none = Mức chung
ask-this = Nội dung này

ask-figure = { $period }: { $figure }.
ask-figure-of = { $period }: { $figure } ({ $indicator }).
ask-range = { $low } đến { $high }
ask-compared-least = từ { $figure } trở lên
ask-compared-over = trên { $figure }
ask-compared-most = không quá { $figure }
ask-compared-under = dưới { $figure }
ask-compared-about = khoảng { $figure }
ask-compared-kept = duy trì { $figure }
ask-compared-exact = { $figure }
ask-unit-percent = { $figure }%
ask-unit-members = { $figure } đoàn viên
ask-unit-unions = { $figure } công đoàn cơ sở
ask-unit-persons = { $figure } người
ask-unit-houses = { $figure } căn nhà
ask-unit-enterprises = { $figure } doanh nghiệp, đơn vị
ask-unit-agreements = { $figure } thỏa ước
ask-unit-times = { $figure } lần
ask-unit-conferences = { $figure } hội nghị
ask-unit-initiatives = { $figure } sáng kiến
ask-unit-dong = { $figure } đồng
ask-unit-thousand-dong = { $figure } nghìn đồng
ask-unit-million-dong = { $figure } triệu đồng
ask-unit-billion-dong = { $figure } tỷ đồng

ask-opening-list = Các chỉ tiêu văn bản nêu:
ask-opening-duty = Văn bản giao các việc sau:
ask-opening-items = Văn bản nêu các nội dung sau:
ask-opening-outline = Văn bản chia thành các phần sau:
ask-opening-mention = Văn bản được nhắc đến là:
ask-opening-repealed = Nội dung này đã bị bãi bỏ, không còn áp dụng:
ask-conflict = { $period }: văn bản ghi các mức khác nhau cho cùng một chỉ tiêu, { $figures }. Anh/chị nên hỏi lại nơi ban hành.
ask-conflict-documents = Các văn bản ghi khác nhau về chỉ tiêu này, em nêu đủ để anh/chị đối chiếu:
ask-multiple = Phép tính: { $left } × { $right } = { $result } (em tính từ mức mỗi năm, văn bản không ghi sẵn).
ask-difference = Phép tính: { $left } − { $right } = { $result } (em tính từ các con số trên, văn bản không ghi sẵn).
ask-difference-share = Phép tính: { $left } − { $right } = { $result } điểm phần trăm (em tính từ hai con số trên, văn bản không ghi sẵn).
ask-ratio = Phép tính: { $left } : { $right } ≈ { $result } lần (em tính từ hai con số trên, văn bản không ghi sẵn).

ask-not-found = Em không tìm thấy nội dung này trong các văn bản mà đơn vị mình được xem. Anh/chị thử hỏi cách khác giúp em, hoặc hỏi công đoàn cấp trên ạ.
ask-not-found-place = Em không tìm thấy nội dung này trong văn bản của { $place }. Anh/chị thử hỏi cách khác giúp em, hoặc hỏi công đoàn cấp trên ạ.
ask-part-not-found = Còn về “{ $topic }”, em không tìm thấy trong các văn bản mà đơn vị mình được xem ạ.
ask-nearest = Văn bản không nêu chỉ tiêu này cho năm { $asked }. Mốc gần nhất là { $given }: “{ $words }”
    Nguồn: { $sources }.
ask-not-restated = Văn bản không nêu chỉ tiêu này cho mốc { $asked }. Văn bản chỉ nêu cho: { $given }. Anh/chị cần xem mốc nào thì nhắn em ạ.
ask-report-no-day = Em không tìm thấy ngày nộp: văn bản có yêu cầu báo cáo nhưng không nêu hạn nộp cụ thể. Anh/chị hỏi lại nơi nhận báo cáo giúp em ạ.
ask-report-day-open = Văn bản có yêu cầu báo cáo nhưng không nêu hạn nộp cụ thể.
ask-report-due-days = Hạn mà em đang nhắc đơn vị mình, do công đoàn cấp trên xác nhận: { $days }.
ask-report-due = { $period } hạn { $due }
ask-report-no-rhythm = Văn bản không nêu kỳ báo cáo này cho đơn vị mình, chỉ nêu kỳ báo cáo khác. Anh/chị hỏi em “báo cáo mấy kỳ” để xem ạ.
ask-document-silent-number = Văn bản không nêu số hiệu của chính nó (bản em có không ghi số).
ask-document-silent-dated = Văn bản không nêu ngày ban hành của chính nó (bản em có không ghi ngày).
ask-document-silent-signer = Văn bản không nêu người ký (bản em có không ghi tên).
ask-document-silent-issuer = Văn bản không nêu cơ quan ban hành.
ask-document-silent-basis = Văn bản không nêu căn cứ ban hành.
ask-document-silent-recipients = Văn bản không nêu nơi nhận.
ask-document-silent-title = Văn bản không nêu tên.

ask-see-wording = Xem nguyên văn
ask-wording-gone = Câu trả lời đó đã cũ, anh/chị hỏi lại giúp em ạ.
ask-see-more = Xem thêm
ask-rest = Còn nữa, anh/chị chọn Xem thêm ạ.
