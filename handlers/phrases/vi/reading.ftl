# Văn bản không đọc được: vì sao, và anh/chị làm gì tiếp.

reading-refused-empty = Em mở { $file } nhưng bên trong không có nội dung. Anh/chị lưu lại văn bản rồi gửi em lần nữa ạ.
reading-refused-too-large = { $file } lớn quá, em chỉ nhận tệp dưới 20 MB. Anh/chị gửi riêng bản kế hoạch, không kèm ảnh, giúp em ạ.
reading-refused-too-long = { $file } dài quá, em chỉ đọc được đến 200 trang. Anh/chị gửi riêng phần kế hoạch, không kèm phụ lục dài, giúp em ạ.
reading-refused-old-word = { $file } là tệp Word kiểu cũ (.doc). Anh/chị mở bằng Word, chọn Lưu thành .docx rồi gửi em tệp mới ạ.
reading-refused-encrypted = { $file } đang đặt mật khẩu nên em không mở được. Anh/chị lưu một bản không có mật khẩu rồi gửi em ạ.
reading-refused-broken = { $file } bị hỏng hoặc tải lên chưa hết. Anh/chị mở thử trên máy, lưu lại rồi gửi em bản mới ạ.
reading-refused-unsafe = { $file } chứa những phần lạ mà văn bản thường không có nên em không mở. Anh/chị chép nội dung sang một văn bản mới rồi gửi em ạ.
reading-refused-no-text-layer = { $file } chỉ có ảnh chụp, em không đọc được chữ trong ảnh. Anh/chị gửi tệp Word, hoặc bản scan đã nhận dạng chữ, giúp em ạ.
reading-refused-not-text = Em không đọc được chữ trong { $file }. Anh/chị lưu thành .docx hoặc .pdf rồi gửi em ạ.
reading-refused-unknown-format = Em chưa đọc được loại tệp như { $file }. Anh/chị gửi tệp .docx, .pdf, .txt hoặc .md ạ.
