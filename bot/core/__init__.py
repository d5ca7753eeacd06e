"""The helpdesk itself: standard library only, no I/O."""
