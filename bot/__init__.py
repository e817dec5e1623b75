"""The bot room connects: network, clock, environment and process. It is the only room that is asynchronous.

`app.py` puts everything together and nothing else does; `turns.py` carries a message or a date through the house;
`delivery.py` sends what lies in the outbox.
"""
