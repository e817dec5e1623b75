# Bảng tổ chức công đoàn: mẫu để điền và phần giải thích.

organisation-sheet = Tổ chức
organisation-sheet-example = Ví dụ
organisation-sheet-explained = Giải thích
organisation-explained-column = Cột
organisation-explained-meaning = Ý nghĩa
organisation-example-province = LĐLĐ tỉnh (ví dụ)
organisation-example-district = LĐLĐ huyện (ví dụ)
organisation-example-commune = Công đoàn xã (ví dụ)
organisation-example-grassroots = CĐCS Công ty May (ví dụ)
organisation-column-code = Mã của đơn vị, bắt buộc, không trùng, không đổi. Chỉ gồm chữ, số và các dấu - . _
organisation-column-name = Tên đơn vị, bắt buộc. Đổi tên ở đây thì tên cũ được giữ lại.
organisation-column-level = Cấp của đơn vị, bắt buộc. Xem danh sách cấp ở dưới; có thể dùng từ khác.
organisation-column-parent = Mã của đơn vị quản lý trực tiếp. Để trống nếu không có cấp trên trong bảng.
organisation-column-sector = Lĩnh vực: public (hành chính, sự nghiệp), enterprise (doanh nghiệp) hoặc từ khác. Có thể để trống.
organisation-column-opened = Ngày bắt đầu hoạt động, ví dụ 01/07/2025. Để trống nếu không rõ.
organisation-column-closed = Ngày chấm dứt hoạt động, là ngày đầu tiên không còn hoạt động. Kết thúc hết ngày 30/06/2025 thì ghi 01/07/2025.
organisation-column-successor = Mã đơn vị tiếp nhận từ ngày chấm dứt. Chia tách thành nhiều đơn vị thì ghi nhiều mã, cách nhau bằng dấu chấm phẩy.
organisation-column-former-parents = Các đơn vị quản lý trước đây và ngày thôi quản lý, ví dụ: HUYEN until 2025-07-01. Để trống thì giữ như đang có.
organisation-column-former-names = Các tên trước đây và ngày thôi dùng, ví dụ: LĐLĐ huyện cũ until 2020-01-01. Để trống thì giữ như đang có.
organisation-levels = Các từ chỉ cấp thường dùng. Ở các cột không bắt buộc, dấu - nghĩa là xóa điều đã ghi.

union-closed = { $union } đã kết thúc hoạt động hết ngày { $last }.
union-taken-over = { $union } đã kết thúc hoạt động hết ngày { $last }. Đơn vị tiếp nhận: { $successors }.
