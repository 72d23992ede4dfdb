"""One killable worker process, with limits and without a way into the network; threads whose stack is large enough."""

from disputegraph.process.isolation import forget_secrets, isolate
from disputegraph.process.large_stack import DEEP_STACK, USUAL_STACK, deep_stack, deep_thread
from disputegraph.process.memory_watch import MOST_MEMORY, watch_memory
from disputegraph.process.worker import Reply, Work, Worker, WorkerError, can_fork, in_worker, pack, unpack_lengths

__all__ = [
    "DEEP_STACK",
    "MOST_MEMORY",
    "USUAL_STACK",
    "Reply",
    "Work",
    "Worker",
    "WorkerError",
    "can_fork",
    "deep_stack",
    "deep_thread",
    "forget_secrets",
    "in_worker",
    "isolate",
    "pack",
    "unpack_lengths",
    "watch_memory",
]
