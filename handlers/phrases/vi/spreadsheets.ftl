# Những chỗ chưa đúng trong bảng tính người dùng gửi.

sheet-place = dòng { $row }, cột { $column }: { $problem }
sheet-place-row = dòng { $row }: { $problem }
sheet-old-excel = { $file } là tệp Excel cũ (.xls) hoặc có mật khẩu. Anh/chị mở bằng Excel rồi lưu lại dạng .xlsx, không đặt mật khẩu giúp em.
sheet-not-utf8 = { $file } không phải văn bản UTF-8 (dòng { $line }). Trong Excel, anh/chị chọn “Lưu thành” rồi “CSV UTF-8”, hoặc gửi tệp .xlsx.
sheet-bad-csv = { $file }, dòng { $line } không đọc được dạng CSV ({ $reason }). Anh/chị lưu thành .xlsx rồi gửi lại giúp em.
sheet-damaged = Em không mở được tệp: tệp bị hỏng hoặc đang khóa. Anh/chị lưu lại dạng .xlsx rồi gửi lại giúp em.
sheet-too-large = Tệp quá lớn. Anh/chị chỉ giữ lại trang tính có bảng rồi gửi lại giúp em.
sheet-too-long = Bảng có hơn { $most } dòng. Anh/chị chia thành nhiều tệp giúp em.
sheet-no-workbook = Tệp này không phải bảng tính Excel. Anh/chị lưu thành .xlsx hoặc CSV UTF-8 giúp em.
sheet-missing-columns = Tệp thiếu các cột { $columns }. Dòng đầu của bảng phải ghi tên các cột này.
sheet-no-table = Không trang tính nào ({ $sheets }) có đủ dòng tiêu đề: còn thiếu { $columns }.
sheet-column-twice = Dòng tiêu đề ghi hai lần các cột: { $columns }. Anh/chị chỉ giữ một cột mỗi loại.
sheet-formula = ô này có công thức nhưng chưa có kết quả. Anh/chị mở tệp bằng Excel, lưu lại rồi gửi lại giúp em.
sheet-error-value = ô này đang hiện { $found } thay cho giá trị. Anh/chị sửa công thức hoặc gõ giá trị vào.
sheet-merged = các ô { $area } đang gộp. Anh/chị bỏ gộp ô và điền đủ từng dòng giúp em.
sheet-too-wide = có nhiều ô hơn số cột ở dòng tiêu đề. Nếu chữ trong ô có dấu phân cách, anh/chị đặt chữ trong dấu ngoặc kép.
