# Questions with which speed is measured.

bench-question-1 = What is the target for new members in 2025?
bench-question-2 = When is the quarterly report due?
bench-question-3 = What share of collective agreements must be signed?
bench-question-4 = What is our 2025 target?
