# What is wrong in a spreadsheet that somebody sent.

sheet-place = row { $row }, column { $column }: { $problem }
sheet-place-row = row { $row }: { $problem }
sheet-old-excel = { $file } is an old Excel file (.xls) or has a password. Open it in Excel and save it as .xlsx without a password.
sheet-not-utf8 = { $file } is not UTF-8 text (line { $line }). In Excel choose “Save as”, then “CSV UTF-8”, or send the .xlsx file.
sheet-bad-csv = { $file }, line { $line } cannot be read as CSV ({ $reason }). Save it as .xlsx and send that.
sheet-damaged = The file cannot be opened: it is damaged or protected. Save it once more as .xlsx and send it again.
sheet-too-large = The file is too large. Keep only the sheet with the table and send it again.
sheet-too-long = The table has more than { $most } rows. Divide it into several files.
sheet-no-workbook = The file is no Excel workbook. Save it as .xlsx or as CSV UTF-8.
sheet-missing-columns = The file lacks the columns { $columns }. The first line of the table must name them.
sheet-no-table = None of the sheets ({ $sheets }) has the whole header line: { $columns } are missing.
sheet-column-twice = The header line names these columns twice: { $columns }. Keep one of each.
sheet-formula = it holds a formula without a result. Open the file in Excel, save it, and send it again.
sheet-error-value = it shows { $found } in place of a value. Correct the formula or type the value.
sheet-merged = the cells { $area } are merged. Unmerge them and fill each row.
sheet-too-wide = there are more cells than the header line has columns. Put a text that holds the separator in quotes.
