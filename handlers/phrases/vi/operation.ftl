# Tin báo sự cố vận hành, gửi cho quản trị viên; mỗi việc một tin trong ngày.
alert-channel-refused =
    Anh/chị lưu ý: { $channel } không còn nhận mã truy cập của em, nên em không gửi và không nhận được tin qua { $channel }. Các kênh khác vẫn làm việc bình thường.
    Anh/chị nhờ người quản trị máy chủ đặt lại mã của { $channel } giúp em ạ.
alert-letters-waiting =
    Anh/chị lưu ý: { $count } tin đang chờ gửi, tin đến hạn sớm nhất đã chờ { $minutes } phút. Em vẫn đang gửi tiếp.
    Anh/chị nhờ người quản trị máy chủ kiểm tra đường truyền giúp em ạ.
alert-letters-given-up =
    Anh/chị lưu ý: trong một giờ qua có { $count } tin không gửi được.
    Anh/chị nhờ người quản trị máy chủ xem lý do và gửi lại giúp em ạ.
alert-ring-late =
    Anh/chị lưu ý: đã { $minutes } phút em chưa rà soát được các kỳ hạn, nên tin nhắc việc có thể đến muộn.
    Anh/chị nhờ người quản trị máy chủ kiểm tra giúp em ạ.
alert-disk-full =
    Anh/chị lưu ý: ổ đĩa của máy chủ chỉ còn trống { $megabytes } MB. Khi hết chỗ, em không lưu được số liệu nữa.
    Anh/chị nhờ người quản trị máy chủ dọn bớt hoặc thêm chỗ giúp em ạ.
