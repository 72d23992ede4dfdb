"""Hard limits on time and memory: the work runs in a child process that is killed for real."""

from disputegraph.limits.child import be_the_child, is_child
from disputegraph.limits.running import Outcome, run_limited

__all__ = ["Outcome", "be_the_child", "is_child", "run_limited"]
