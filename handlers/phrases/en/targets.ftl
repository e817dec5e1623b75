# Assigning targets.

menu-giaochitieu = Assign targets
target-line = • { $indicator } { $year }: { $figure }
target-which-union = Which union is the target for? Choose it, type its code or name, or send the Excel template back to me.{ $pages ->
    [1] { "" }
   *[other] { " " }(Page { $page }/{ $pages })
 }
target-which-of-these = Which of these unions is it for?
target-which-indicator = { $union }: which indicator? Choose it or type its name.
target-which-year = { $union }, { $indicator }: for which year?
target-which-figure = { $union }, { $indicator } { $year }: how much? For example 26, 1,250, 80% or 310 triệu.
target-no-union-in-line = That line names no union below yours.
target-not-understood = I did not understand that.
target-more = Next page
target-template = Get the Excel template
target-template-file = targets-template.xlsx
target-template-sent = Here is the template, a line for each target of a union. Fill in the figures and send it back; you see first what it does and confirm.
target-confirm =
    For { $union }:
    { $line }
target-before = It stands at { $figure }, assigned on { $day }, and will be replaced.
target-yes = Assign
target-cancel = Leave it
target-cancelled = I stopped; nothing was assigned.
target-given =
    Assigned to { $union }:
    { $line }
    { $told ->
        [0] The union has no officer who can be told yet.
       *[other] Its officers have been told.
    }
target-another = Assign another
target-withdraw = Withdraw
target-see-progress = See progress
target-withdrawn = The target just given to { $union } is withdrawn.
target-as-before = These targets stand exactly like that already, so nothing was written.
target-nobody-below = There is no union below yours to assign targets to.
target-letter =
    { $named ->
        [yes] { $giver } assigned targets to { $union }:
       *[no] { $union } was assigned targets:
    }
    { $lines }
target-letter-withdrawn =
    { $named ->
        [yes] { $giver } withdrew a target of { $union }:
       *[no] A target of { $union } was withdrawn:
    }
    { $lines }

target-column-union = union
target-column-name = name
target-column-indicator = indicator
target-column-year = year
target-column-figure = figure
target-column-unit = counted in
target-sheet-title = Targets
target-sheet-names = Indicators
target-sheet-help = How to fill in
target-sheet-explained =
    Each line is one target of one union for one year.
    Column union: its code or name. The column name is for reading only and may be removed.
    Column indicator: a name from the page Indicators, or what people call it.
    Column figure: 26, 1.250, 80% or 310 triệu. A line without a figure is passed over.
    Send the file to the assistant: it shows what would be done and writes only after you confirm and no line is wrong.

target-sheet-empty = this cell is empty.
target-sheet-no-union = there is no union { $found } below yours.
target-sheet-no-indicator = there is no indicator { $found }. See the page Indicators of the template.
target-sheet-which-indicator = { $found } may mean several indicators. Write the full name.
target-sheet-no-year = { $found } is no year such as 2025.
target-sheet-no-figure = { $found } cannot be assigned. Write 26, 1.250, 80% or 310 triệu.
target-sheet-twice = this target stands in row { $row } already.

target-fault = • { $fault }
target-more-faults = … and { $count } more mistakes
target-file-faults =
    The file { $file } has { $count } mistakes, so nothing was assigned:
    { $lines }
    Please correct them and send it again.
target-file-nothing = The file { $file } holds nothing new ({ $same } targets stand like that already).
target-file =
    The file { $file }: { $new } new targets{ $changed ->
        [0] { "" }
       *[other] , { $changed } replace another figure
    }{ $same ->
        [0] { "" }
       *[other] , { $same } stay
    }.{ $blank ->
        [0] { "" }
       *[other] { " " }{ $blank } lines without a figure are passed over.
    }
    Nothing is assigned before you confirm.
target-file-yes = Assign { $count } targets
target-file-given = { $count } targets were assigned to { $unions } unions, { $told } officers were told.

