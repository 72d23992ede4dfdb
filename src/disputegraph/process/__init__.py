"""Work with limits: threads whose stack is large enough."""

from disputegraph.process.deep_stack import DEEP_STACK, USUAL_STACK, deep_stack, deep_thread

__all__ = ["DEEP_STACK", "USUAL_STACK", "deep_stack", "deep_thread"]
