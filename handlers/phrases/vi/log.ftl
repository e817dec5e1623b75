# Nhật ký: ai đã làm gì.

log-did =
    { $action ->
        [invited] tạo lời mời
        [revoked] thu hồi lời mời
        [joined] nhận lời mời
        [handed-over] nhận bàn giao
        [gave-over] bàn giao
        [ended] kết thúc nhiệm vụ
        [left] tự rút
        [target-assigned] giao chỉ tiêu
        [target-withdrawn] thu hồi chỉ tiêu
        [document-added] thêm văn bản vào kho
        [document-withdrawn] gỡ văn bản khỏi kho
        [question-answered] trả lời câu hỏi
        [question-handed-up] chuyển câu hỏi lên cấp trên
        [question-closed] đóng câu hỏi
        [report-accepted] duyệt báo cáo
        [report-returned] trả lại báo cáo
        [reminded-again] nhắc lại
        [digest-chosen] đổi giờ bản tin
        [group-opened] nối nhóm chung
        [group-closed] tắt nhóm chung
        [group-lost] mất nhóm chung, do công đoàn khác nối
        [day-worked] thêm ngày làm bù
        [day-off] thêm ngày nghỉ
        [day-removed] bỏ một ngày khỏi lịch nghỉ
        [obligation-confirmed] xác nhận nghĩa vụ báo cáo
        [obligation-changed] sửa nghĩa vụ báo cáo
        [obligation-ended] kết thúc nghĩa vụ báo cáo
        [gave-extension] gia hạn báo cáo
        [gave-excuse] miễn báo cáo
        [gave-nothing] ghi không phát sinh
        [gave-paper] ghi đã nhận bản giấy
        [gave-other_system] ghi đã nộp qua hệ thống khác
        [extension-granted] đồng ý gia hạn
        [extension-refused] không đồng ý gia hạn
        [exemption-withdrawn] thu hồi việc gia hạn, miễn nộp
        [leave] ghi nghỉ phép
        [leave-ended] kết thúc nghỉ phép
        [letters-retried] gửi lại tin chưa đến
       *[other] { $action }
    }
