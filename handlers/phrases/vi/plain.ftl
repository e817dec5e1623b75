# Tệp và lựa chọn trên kênh không có nút bấm, không nhận tệp.

file-link =
    Tệp { $name }:
    { $link }
    Liên kết mở được đến { $until }.
file-elsewhere = Em có tệp { $name } nhưng kênh này không nhận tệp. Anh/chị lấy tệp trên Telegram hoặc trang web giúp em ạ.
file-link-over = Liên kết này không còn mở được. Anh/chị nhắn em trong khung trò chuyện để lấy lại tệp ạ.
choose-by-words = Mục sau đây anh/chị gõ đúng chữ để chọn, em không nhận số:
key-instead-of-words = Bước này không lấy lại được, nên em chưa làm gì với số anh/chị vừa gõ.
choose-later = Anh/chị đang làm dở một việc, nên chưa chọn ở tin này được. Xong việc đó, anh/chị nhắn /menu giúp em ạ.
