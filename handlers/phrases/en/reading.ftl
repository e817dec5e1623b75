# Documents that cannot be read: why, and what to do next.

reading-refused-empty = I opened { $file } but there is nothing in it. Please save the document again and send it once more.
reading-refused-too-large = { $file } is too large: I take files of less than 20 MB. Please send the plan itself, without pictures.
reading-refused-too-long = { $file } is too long: I read up to 200 pages. Please send the plan itself, without long appendices.
reading-refused-old-word = { $file } is in the old Word format (.doc). Please open it in Word, save it as .docx and send that.
reading-refused-encrypted = { $file } has a password, so I cannot open it. Please save a copy without the password and send that.
reading-refused-broken = { $file } is damaged or was not uploaded completely. Please open it, save it again and send the new copy.
reading-refused-unsafe = { $file } holds parts that a document normally does not have, so I do not open it. Please copy the text into a new document and send that.
reading-refused-no-text-layer = { $file } is only a picture, and I cannot read the words in it. Please send the Word file, or a scan with recognised text.
reading-refused-not-text = I cannot read the words in { $file }. Please save it as .docx or .pdf and send that.
reading-refused-unknown-format = I cannot read files like { $file } yet. Please send a .docx, .pdf, .txt or .md file.
