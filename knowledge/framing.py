"""What people put around a question for courtesy ("dạ cho em hỏi chút là … vậy ạ, em cảm ơn"): it asks nothing."""

import re

from knowledge.vietnamese import normalize

_CALLED = "ad|admin|bot|sếp|sep|bác|bac|anh chị|anh chi|anh|chị|cô|chú|bạn|mọi người|trợ lý|cả nhà|các anh chị|các bác"
_ASKER = "em|mình|minh|tôi|toi|tui|con|cháu|chau|bên em|bên mình"
_OPENING = re.compile(
    rf"\W*(?:(?:dạ|alo|hello|hi|vâng|thưa|chào|xin chào)[\s,]+)*"
    rf"(?:(?:em |mình )?(?:chào )?(?:{_CALLED})(?: (?:ơi|oi|ạ)\b[\s,.:]*|[\s,]+(?=(?:cho|giúp) )))?"
    r"(?:(?:dạ|thưa)[\s,]+)*"
    rf"(?:(?:xin |phiền |nhờ |làm ơn |vui lòng )*(?:(?:{_CALLED}) )?(?:cho |giúp )?(?:{_ASKER})? ?(?:xin |muốn |cần )?"
    rf"(?:hỏi|hoi)(?! thăm)(?: (?:xíu|xiu|chút|chut|tí|tẹo|cái này|với|thêm|nhanh))*(?: (?:là|rằng))?[\s,:]+)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[\s,.?!]+(?:(?:vậy|thế)(?=\s+(?:ạ|anh|chị|ad|bác|nhỉ|ta|em|á)\b|[\s,.?!]*$)|ạ|á|nhỉ|nhé|nha(?<!à)|hen|hả|ta(?=\W*$)|"
    r"(?:em |mình |tôi )?(?:xin )?(?:cảm|cám|cam) (?:ơn|on)(?: (?:ạ|nhiều|trước))*|"
    r"giúp (?:em|mình|tôi)(?: với| ạ)*|thanks|tks|(?<=vậy )(?:anh|chị|ad|bác)(?: chị| ơi)*|"
    r"(?<=ạ )(?:anh|chị|ad)))+[\s.?!]*$",
    re.IGNORECASE,
)


def without_courtesy(text: str) -> str:
    """The question itself; the text as it is where nothing would be left of it."""
    whole = normalize(text)
    opened = _OPENING.match(whole)
    bare = whole[opened.end() if opened else 0 :]
    asked = _CLOSING.sub(lambda match: "?" if "?" in match[0] else "", bare)
    return asked if asked.strip(" ?.,") else text
