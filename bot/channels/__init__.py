"""Channel adapters: each checks the request, turns it into our message, and calls `bot.helpdesk.receive`."""
