# Bản dùng thử.

demo-report-title = Báo cáo kết quả thực hiện kế hoạch
demo-officer = Cán bộ { $union }
demo-staff = Cán bộ theo dõi, { $union }
demo-clock-next-day = Ngày mai
demo-clock-end-of-month = Cuối tháng
demo-clock-overdue = Sau hạn báo cáo
demo-clock-too-far = Đồng hồ chỉ chuyển được nhiều nhất hai năm một lần. Anh/chị chọn ngày gần hơn giúp em ạ.
