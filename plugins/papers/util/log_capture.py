"""Capture warnings of the log."""

import logging
import threading


class WarningListener(logging.Handler):
    """Logging handler for the warnings of the current thread; a preview has other threads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        thread = threading.get_ident()
        self.addFilter(lambda record: record.thread == thread)
