"""The staff console: login, inbox, transcript. Server-rendered, with htmx and server-sent events."""
