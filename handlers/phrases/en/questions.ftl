# Questions passed on to the level above.

question-pass-button = Pass the question on
question-wrong-button = Not right
question-passed = I have passed the question on to { $union }. I will tell you as soon as there is an answer.
question-passed-nobody = I have kept the question for { $union }. Nobody there uses the assistant yet; I will pass it on as soon as somebody does.
question-passed-already = This question has already gone to { $union } and waits for an answer.
question-gone = That question is too old. Please ask it again.
question-nobody-above = I see no union above yours, so I could not pass the question on.

question-none = No question is waiting for you.
question-show =
    Question { $place } of { $total }, from { $union }, { $moment }:
    “{ $question }”
    { $reason ->
        [wrong] The asker says that my answer was not right. I quoted: “{ $given }”
       *[not_found] I did not find this in the documents.
    }
question-answer-button = Answer
question-up-button = Pass on to the level above
question-close-button = No answer
question-show-button = Next
question-next = Next question ({ $count } left)
question-type =
    Please send the answer in one message, for the question:
    “{ $question }”
question-too-long = The answer is longer than 1,500 characters. Please make it shorter.
question-scope =
    The answer: “{ $answer }”
    For whom does it hold?
question-scope-one = Only { $union }
question-scope-all = { $union } and below
question-term = Until when does it hold?
question-term-year = End of { $year }
question-term-next = End of { $year }
question-term-never = No end yet
question-answered = I have sent the answer to the union that asked. Whoever asks the same will get your words.
question-answered-nobody = I have kept the answer. The union that asked has no officer now, so nobody was told.
question-handed-up = I have passed the question on to { $union }.
question-closed = I have closed this question and told the asker.
question-closed-letter =
    { $union } could not answer your question:
    “{ $question }”
question-letter =
    { $union } has answered your question, { $day }:
    “{ $answer }”
    (The question: “{ $question }”)
question-ruling =
    “{ $answer }”
    This is what { $union } answered on { $day }, not the words of a document, to the question “{ $question }”. { $expires ->
        [never] { "" }
       *[other] It holds until { $expires }.
    }
question-ruling-source = Answer of { $union }, { $day }
digest-questions = { $count } questions from below are waiting for an answer.
menu-cauhoi = Waiting questions
