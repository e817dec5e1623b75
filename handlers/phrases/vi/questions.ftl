# Câu hỏi chuyển lên cấp trên.

question-pass-button = Chuyển câu hỏi cho cấp trên
question-wrong-button = Chưa đúng
question-passed = Em đã chuyển câu hỏi cho { $union }. Có câu trả lời em báo anh/chị ngay.
question-passed-nobody = Em đã giữ câu hỏi cho { $union }. Nơi đó chưa có cán bộ dùng trợ lý, khi có người em chuyển ngay.
question-passed-already = Câu hỏi này em đã chuyển cho { $union } rồi, đang chờ trả lời ạ.
question-gone = Câu hỏi đó đã cũ, anh/chị hỏi lại giúp em ạ.
question-nobody-above = Em không thấy công đoàn cấp trên nào của đơn vị mình, nên chưa chuyển được câu hỏi.

question-none = Hiện không có câu hỏi nào chờ anh/chị.
question-show =
    Câu hỏi { $place }/{ $total }, của { $union } lúc { $moment }:
    “{ $question }”
    { $reason ->
        [wrong] Người hỏi báo câu trả lời của em chưa đúng. Em đã dẫn: “{ $given }”
       *[not_found] Em không tìm thấy nội dung này trong văn bản.
    }
question-answer-button = Trả lời
question-up-button = Chuyển lên cấp trên
question-close-button = Không trả lời
question-show-button = Câu sau
question-next = Câu tiếp theo (còn { $count })
question-type =
    Anh/chị nhắn câu trả lời trong một tin, cho câu hỏi:
    “{ $question }”
question-too-long = Câu trả lời dài quá 1.500 ký tự. Anh/chị viết ngắn hơn giúp em ạ.
question-scope =
    Câu trả lời: “{ $answer }”
    Câu này dùng cho đơn vị nào ạ?
question-scope-one = Chỉ { $union }
question-scope-all = { $union } và cấp dưới
question-term = Câu trả lời dùng được đến khi nào ạ?
question-term-year = Hết năm { $year }
question-term-next = Hết năm { $year }
question-term-never = Chưa có hạn
question-answered = Em đã gửi câu trả lời cho đơn vị hỏi. Ai hỏi câu như vậy em sẽ dẫn lời anh/chị.
question-answered-nobody = Em đã ghi câu trả lời. Đơn vị hỏi hiện chưa có cán bộ, nên em chưa báo được cho ai.
question-handed-up = Em đã chuyển câu hỏi cho { $union }.
question-closed = Em đã đóng câu hỏi này và báo cho người hỏi.
question-closed-letter =
    { $union } chưa trả lời được câu hỏi của anh/chị:
    “{ $question }”
question-letter =
    { $union } trả lời câu hỏi của anh/chị, ngày { $day }:
    “{ $answer }”
    (Câu hỏi: “{ $question }”)
question-ruling =
    “{ $answer }”
    Đây là câu trả lời của { $union } ngày { $day }, không phải lời văn bản, cho câu hỏi “{ $question }”. { $expires ->
        [never] { "" }
       *[other] Dùng đến hết ngày { $expires }.
    }
question-ruling-source = Trả lời của { $union } ngày { $day }
digest-questions = { $count } câu hỏi của đơn vị cấp dưới đang chờ trả lời.
menu-cauhoi = Câu hỏi chờ trả lời
