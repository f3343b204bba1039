"""util.log_capture."""

import logging
import threading


class WarningListener(logging.Handler):
    """Hears what is warned of in this thread; a preview does other things meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        here = threading.get_ident()
        self.addFilter(lambda record: record.thread == here)
