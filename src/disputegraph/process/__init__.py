"""One killable worker process, with limits of time and memory and without a way into the network."""

from disputegraph.process.isolation import can_isolate, forget_secrets, isolate
from disputegraph.process.memory_watch import MOST_MEMORY, watch_memory
from disputegraph.process.worker import Reply, Work, Worker, WorkerError, can_fork, in_worker, pack, unpack_lengths

__all__ = [
    "MOST_MEMORY",
    "Reply",
    "Work",
    "Worker",
    "WorkerError",
    "can_fork",
    "can_isolate",
    "forget_secrets",
    "in_worker",
    "isolate",
    "pack",
    "unpack_lengths",
    "watch_memory",
]
