# Words of the demonstration page.

page-title = Trade union assistant
page-demonstration = Demonstration: sample unions, simulated clock
page-language = Tiếng Việt
page-person = You are
page-person-none = Choose a person
page-letters-elsewhere = New messages:
page-letters-more = +{ $count }
page-letters-new = { $count } new
page-clock = Clock
page-clock-forward = Move the clock to
page-clock-date = Another day (08:00)
page-clock-move = Move
page-clock-moving = Moving the clock…
page-talk = Conversation
page-nobody = Choose a person above to begin.
page-empty = Just write as you would to a colleague, for example: “What is our target this year?”
page-letter = Automatic message
page-you = You
page-assistant = Assistant
page-choices = Choices
page-message = Message
page-message-hint = Write to the assistant
page-send = Send
page-attach = Attach a file or a photo
page-waiting = One moment…
page-offline = The server cannot be reached. Please check that the demonstration is still running.
page-script = This page needs JavaScript. Please turn it on and load the page again.

# When the page refuses a request.

page-error-request = The request has the wrong form: it must be JSON with “persona” and one of “text”, “choice”, “file”.
page-error-persona = There is no person called “{ $persona }” here. The list is at /api/personas.
page-error-long = The message is too long. Please keep it under 64 KB.
page-error-file = This file could not be read. Please choose it again.
page-error-file-large = The file is larger than 10 MB. Please choose a smaller one.
page-error-time = The time has the wrong form: it must be JSON with “to”, such as 2026-07-16T08:00:00+07:00.
page-error-backward = The clock only moves forward. Please choose a moment after { $now }.
page-error-missing = There is no such page.
page-error-host = The demonstration can be opened from this computer only.
page-error-origin = The request came from another page, so it was not accepted.
page-error-inside = Something went wrong and this could not be done. Please try again in a few minutes.
