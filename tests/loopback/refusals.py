"""Discord's "no"."""


class RefusalError(Exception):
    """A status, its code and the reason."""

    def __init__(self, status, code, reason):
        super().__init__(reason)
        self.status, self.code, self.reason = status, code, reason

    def body(self):
        body = {"message": self.reason, "code": self.code}
        if self.code == 50035:
            detail = {"code": "INVALID", "message": self.reason}
            body = {**body, "message": "Invalid Form Body", "errors": {"_errors": [detail]}}
        return body


def refuse_if(faults):
    """Refuse a form that has *faults*."""
    if reasons := list(faults):
        raise RefusalError(400, 50035, "; ".join(reasons))
