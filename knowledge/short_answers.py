"""Short answers in Vietnamese and English, with and without accents: yes, no, nothing, as before."""

import re

from knowledge.vietnamese import fold

_POLITE = re.compile(r"^(?:(?:da|vang|u|uh|thua)[ ,]+)+|(?:[ ,]+(?:a|nhe|nha|em|roi a|em a|ha))+$")
_YES = re.compile(
    "co|co roi|roi|da|da co|da lam|da ky|u|uh|uhm|vang|dung|dung roi|dung vay|dung the|phai|phai roi|ok|oke|okay|"
    "chuan|chinh xac|dong y|duoc|xac nhan|yes|y|right|correct|sure"
)
_NO = re.compile(
    "khong|ko|k|kg|hong|khong co|ko co|chua|chua co|chua lam|chua ky|khong phai|sai|sai roi|khong dung|nham|"
    "nham roi|no|n|not yet|wrong"
)
_NOTHING = re.compile(
    "khong|ko|khong co|ko co|khong co gi|ko co gi|khong a|chua co|chua co gi|khong phat sinh|binh thuong|on|"
    "khong kho khan gi|khong co kho khan|khong co kho khan gi|khong co y kien|khong y kien|none|no|nothing|-"
)
_SAME = re.compile(
    r"(?:van )?(?:nhu|giong|bang) (?:thang truoc|cu|ky truoc|lan truoc)|(?:van )?(?:giu nguyen|nhu cu|vay|the)|"
    r"khong (?:doi|thay doi)|ko (?:doi|thay doi)|van vay|van the|same|unchanged|as before|as last month"
)
_NOTHING_NEW = re.compile(
    r"(?:(?:ca )?thang (?:nay|\d{1,2})(?:/\d{4})? ?:? ?)?(?:khong|ko|k) (?:co )?"
    r"(?:phat sinh|bien dong|gi moi|gi thay doi|thay doi gi|thay doi)(?: gi)?(?: moi)?|nothing (?:changed|new)"
)


def _bare(text: str) -> str:
    typed = re.sub(r"\s+", " ", fold(text).strip(" .,;!…\n"))
    return _POLITE.sub("", typed) or typed


def is_yes(text: str) -> bool:
    """Whether somebody only agrees."""
    return _YES.fullmatch(_bare(text)) is not None


def is_no(text: str) -> bool:
    """Whether somebody only declines."""
    return _NO.fullmatch(_bare(text)) is not None


def is_nothing(text: str) -> bool:
    """Whether somebody only says that there is nothing to say."""
    return _NOTHING.fullmatch(_bare(text)) is not None


def is_same(text: str) -> bool:
    """Whether somebody says that a figure stands as before."""
    return _SAME.fullmatch(_bare(text)) is not None


def is_nothing_new(text: str) -> bool:
    """Whether somebody says that nothing happened in the whole month."""
    return _NOTHING_NEW.fullmatch(_bare(text)) is not None
