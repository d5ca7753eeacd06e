"""Our errors. Each says in Dutch what is wrong and what to do, and whether trying again helps."""


class HelpdeskError(Exception):
    """Base of all expected errors.

    ``code`` is stable and for programs; ``message`` is one Dutch line for people; ``status`` is the HTTP status
    that a web adapter answers with.
    """

    code = "error"
    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(HelpdeskError):
    """The request cannot be used as it is; sending the same again does not help."""

    status = 422

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NotFound(HelpdeskError):
    """What was asked for does not exist, or not for this person."""

    code = "not_found"
    status = 404


class NotAllowed(HelpdeskError):
    """The person is known but may not do this."""

    code = "not_allowed"
    status = 403


class Conflict(HelpdeskError):
    """Somebody else was first, or the state does not allow it now. Nothing was changed."""

    code = "conflict"
    status = 409


class AssistantUnavailable(HelpdeskError):
    """Rasa or its action server did not answer; the message stays saved and is tried again."""

    code = "assistant_unavailable"
    status = 503
