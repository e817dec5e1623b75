"""The bot room connects: network, clock, environment and process. It is the only room that is asynchronous.

`app.py` puts everything together and nothing else does. A message comes in through `turns.py`, which stores it, keeps
everybody in their line (`lines.py`), has files fetched (`fetching.py`) and turns taken (`taking.py`); a date comes in
there too. `delivery.py` sends what lies in the outbox, at the pace of each channel (`pacing.py`), letter by letter
(`sending.py`). What only one process does at a time waits for its lease (`leasing.py`).
"""
