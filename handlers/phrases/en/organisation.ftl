# The table of the organisation: a template to fill in, and what it means.

organisation-sheet = Organisation
organisation-sheet-example = Example
organisation-sheet-explained = Explanations
organisation-explained-column = Column
organisation-explained-meaning = Meaning
organisation-example-province = Provincial federation (example)
organisation-example-district = District federation (example)
organisation-example-commune = Commune union (example)
organisation-example-grassroots = Grassroots union of a garment company (example)
organisation-column-code = The code of the union, required, unique, never changed. Only letters, digits and - . _
organisation-column-name = The name of the union, required. When it is changed here, the former name is kept.
organisation-column-level = The level of the union, required. See the list below; other words may be used.
organisation-column-parent = The code of the union that manages it. Empty where none in the table does.
organisation-column-sector = The sector: public, enterprise or another word. May be empty.
organisation-column-opened = The first day, such as 01/07/2025. Empty where it is not known.
organisation-column-closed = The first day on which it is no more. For the end of 30/06/2025 write 01/07/2025.
organisation-column-successor = The code of the union that takes over on that day; after a split several codes, divided by semicolons.
organisation-column-former-parents = The unions that managed it before and the day on which each ceased to, such as HUYEN until 2025-07-01. Empty leaves it as it is.
organisation-column-former-names = The former names and the day on which each ceased to hold, such as Old name until 2020-01-01. Empty leaves it as it is.
organisation-levels = Usual words for levels. In the columns that are not required, - empties what was known.

union-closed = { $union } was closed at the end of { $last }.
union-taken-over = { $union } was closed at the end of { $last }. It was taken over by { $successors }.
