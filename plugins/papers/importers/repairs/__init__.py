"""After an import: what cannot be shown as it is does not stop the build."""

from .repair import Repair, find_quoted
from .repairer import MAX_ROUNDS, Repairer

__all__ = ["MAX_ROUNDS", "Repair", "Repairer", "find_quoted"]
