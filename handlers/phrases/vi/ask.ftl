# Trả lời câu hỏi. Con số và lời văn bản luôn để nguyên văn trong ngoặc kép.

ask-quote = “{ $words }”
ask-item = - { $words }
ask-group = { $period }:
ask-of-period = { $period }: { $said }
ask-of-document = - { $document }: { $said }
ask-of-document-period = - { $document } ({ $period }): { $said }
ask-whose = Theo văn bản của { $place }:
ask-source = Nguồn: { $sources }.
ask-source-section = { $document }, mục { $section }
ask-wording = “{ $words }”
    ({ $source })
ask-and = , { "" }

ask-period-year = Năm { $year }
ask-period-years = Giai đoạn { $years }
ask-period-term = Cả nhiệm kỳ
ask-period-annual = Hằng năm
ask-period-semiannual = Mỗi 6 tháng
ask-period-quarterly = Hằng quý
ask-period-monthly = Hằng tháng
ask-period-day = Đến { $day }

ask-opening-list = Các chỉ tiêu văn bản nêu:
ask-opening-duty = Văn bản giao các việc sau:
ask-opening-items = Văn bản nêu các nội dung sau:
ask-opening-outline = Văn bản chia thành các phần sau:
ask-opening-mention = Văn bản được nhắc đến là:
ask-conflict = Văn bản ghi các con số khác nhau cho cùng một chỉ tiêu, anh/chị nên hỏi lại nơi ban hành:
ask-difference = Phép tính: { $left } − { $right } = { $result } (em tính từ hai con số trên, văn bản không ghi sẵn).
ask-difference-share = Phép tính: { $left } − { $right } = { $result } điểm phần trăm (em tính từ hai con số trên, văn bản không ghi sẵn).

ask-not-found = Em không tìm thấy nội dung này trong các văn bản mà đơn vị mình được xem. Anh/chị thử hỏi cách khác giúp em, hoặc hỏi công đoàn cấp trên ạ.
ask-not-found-place = Em không tìm thấy nội dung này trong văn bản của { $place }. Anh/chị thử hỏi cách khác giúp em, hoặc hỏi công đoàn cấp trên ạ.
ask-not-restated = Văn bản không nêu chỉ tiêu này cho { $asked }. Văn bản chỉ nêu cho: { $given }. Anh/chị cần xem mốc nào thì nhắn em ạ.
ask-report-no-day = Em không tìm thấy ngày nộp: văn bản có yêu cầu báo cáo nhưng không nêu hạn nộp cụ thể. Anh/chị hỏi lại nơi nhận báo cáo giúp em ạ.
ask-document-silent-number = Văn bản không nêu số hiệu của chính nó (bản em có không ghi số).
ask-document-silent-dated = Văn bản không nêu ngày ban hành của chính nó (bản em có không ghi ngày).
ask-document-silent-signer = Văn bản không nêu người ký (bản em có không ghi tên).
ask-document-silent-issuer = Văn bản không nêu cơ quan ban hành.
ask-document-silent-basis = Văn bản không nêu căn cứ ban hành.
ask-document-silent-recipients = Văn bản không nêu nơi nhận.
ask-document-silent-title = Văn bản không nêu tên.

ask-see-wording = Xem nguyên văn
ask-wording-gone = Câu trả lời đó đã cũ, anh/chị hỏi lại giúp em ạ.
ask-rest = Còn nữa, anh/chị bấm xem nguyên văn ạ.
