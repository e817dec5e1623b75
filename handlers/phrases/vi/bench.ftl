# Câu hỏi để đo tốc độ.

bench-question-1 = Chỉ tiêu phát triển đoàn viên năm 2025 là bao nhiêu?
bench-question-2 = Hạn nộp báo cáo quý là ngày nào?
bench-question-3 = Tỷ lệ ký thỏa ước lao động tập thể phải đạt bao nhiêu?
bench-question-4 = What is our 2025 target?
