# The demonstration.

demo-report-title = Report on the plan's results
demo-officer = Officer of { $union }
demo-staff = Staff of { $union }
demo-clock-next-day = Tomorrow
demo-clock-end-of-month = End of month
demo-clock-overdue = After the due day
demo-clock-too-far = The clock moves two years at the most at a time. Please choose a nearer day.
