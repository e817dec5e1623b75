# Files and choices on a channel without buttons that takes no files.

file-link =
    File { $name }:
    { $link }
    The link opens until { $until }.
file-elsewhere = I have the file { $name }, but files cannot be sent here. Please get it on Telegram or on the web page.
file-link-over = This link does not open any more. Please write to me in the chat to get the file again.
choose-by-words = To choose what follows, please type its very words; a number does nothing:
key-instead-of-words = This step cannot be undone, so I need words; nothing was done with the number you typed.
choose-later = You are in the middle of something, so nothing can be chosen here yet. When it is done, please type /menu.
