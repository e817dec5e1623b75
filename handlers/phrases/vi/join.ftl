# Nhận lời mời, đồng ý lưu dữ liệu, giữ nhiều nhiệm vụ, thêm kênh.

role-officer = cán bộ công đoàn
role-staff = cán bộ theo dõi
role-administrator = cán bộ quản trị

join-offer = Anh/chị được mời làm { $role } của { $union }{ $above }.
join-above = , thuộc { $union }
join-offer-channel = Anh/chị thêm kênh nhắn tin này cho nhiệm vụ { $role } của { $union }.
join-notice =
    Nếu anh/chị đồng ý, em lưu: địa chỉ nhắn tin này, đơn vị, nhiệm vụ, và những gì anh/chị nhắn cho em. Em dùng để trả lời, nhận số liệu và nhắc hạn báo cáo, không dùng vào việc khác.
    Anh/chị xem, tải về hoặc xóa dữ liệu của mình bất cứ lúc nào bằng /quyenriengtu.
    Theo Luật Bảo vệ dữ liệu cá nhân (91/2025/QH15), im lặng không phải là đồng ý. Em chỉ lưu khi anh/chị chọn Đồng ý.
join-agree = Đồng ý
join-refuse = Không đồng ý
join-unclear = Anh/chị chọn Đồng ý hoặc Không đồng ý giúp em ạ. Khi chưa chọn, em chưa lưu gì.
join-refused = Vâng, em không lưu gì về anh/chị. Nếu đổi ý, anh/chị nhập lại mã mời khi mã còn hạn.
join-refused-post = Vâng, em không thêm nhiệm vụ này. Các nhiệm vụ khác của anh/chị vẫn như cũ.
join-wrong = Em không thấy mã này. Anh/chị xem lại mã trong lời mời rồi nhập lại giúp em ạ. Mã có 8 ký tự, không có số 0, số 1, chữ O và chữ I.
join-used = Mã này đã có người dùng. Mỗi mã chỉ dùng một lần, anh/chị xin cán bộ công đoàn cấp trên một mã mới giúp em ạ.
join-expired = Mã này đã hết hạn. Anh/chị xin cán bộ công đoàn cấp trên một mã mới giúp em ạ.
join-revoked = Lời mời này đã được thu hồi. Anh/chị hỏi lại cán bộ công đoàn cấp trên giúp em ạ.
join-paused = Anh/chị đã nhập sai mã nhiều lần, nên em tạm dừng nhận mã. Một giờ nữa anh/chị nhập lại giúp em ạ.
join-already = Anh/chị đang giữ nhiệm vụ này rồi. Anh/chị nhắn /menu để xem các việc em làm được.
join-channel-code =
    Mã để thêm một kênh nhắn tin của chính anh/chị: { $code }
    Trong { $minutes } phút tới, anh/chị mở trợ lý ở kênh kia và nhập mã này. Anh/chị không đưa mã cho người khác ạ.
join-channel-added = Đã thêm kênh nhắn tin mới cho anh/chị. Nếu không phải anh/chị làm việc này, anh/chị báo ngay cho công đoàn cấp trên giúp em ạ.
join-same-channel = Anh/chị đang ở chính kênh đã lấy mã. Anh/chị mở trợ lý ở kênh kia rồi nhập mã giúp em ạ.
join-channel-of-another = Kênh này đang thuộc một người khác nên em chưa thêm được.

membership-welcome = Em chào anh/chị. Từ nay anh/chị là { $role } của { $union }.
membership-beside = Đơn vị mình có { $count } người cùng giữ nhiệm vụ này.
membership-several = Anh/chị giữ nhiều nhiệm vụ, chuyển qua lại bằng /donvi.
membership-draft = { $subject ->
    [report] Người trước đang soạn dở báo cáo, em vẫn giữ. Anh/chị nhắn /baocao để làm tiếp.
   *[other] Người trước đang nhập dở số liệu, em vẫn giữ. Anh/chị nhắn /solieu để làm tiếp.
 }
membership-menu = Xem các việc em làm được
membership-handed-over = Việc của { $union } đã được bàn giao cho người khác. Từ nay em không trả lời anh/chị về đơn vị này nữa. Cảm ơn anh/chị.
membership-ended = Anh/chị đã thôi phụ trách { $union }. Từ nay em không trả lời anh/chị về đơn vị này nữa. Cảm ơn anh/chị.
membership-another = { $union } vừa có thêm người cùng nhiệm vụ với anh/chị, nay là { $count } người.
membership-joined = { $union } vừa có người nhận lời mời làm { $role }.
