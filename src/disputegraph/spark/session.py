"""Start Spark, or say what is missing."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from disputegraph.errors import DataError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["MASTER", "open_session", "said_by", "spark_errors"]

MASTER = "DISPUTEGRAPH_SPARK_MASTER"
"""Environment variable with the address of the cluster, such as ``spark://host:7077`` or ``yarn``; without it Spark
runs in this machine, on all its cores. Further settings are taken from $SPARK_CONF_DIR, as ever."""


@contextmanager
def open_session() -> Iterator[SparkSession]:
    """Open a Spark session that ends with the block.

    Raises:
        UsageError: pyspark or Java is not installed.
        DataError: Spark does not start.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("--engine spark needs pyspark: pip install 'disputegraph[spark]'.") from None
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        where = f"$JAVA_HOME ({home})" if home else "the PATH"
        raise UsageError(f"--engine spark needs Java 17, and there is none in {where}. Install it, or set JAVA_HOME.")
    settings: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "false",
    }
    builder = SparkSession.builder.appName("disputegraph").config(map=settings)
    master = os.environ.get(MASTER) or "local[*]"
    _reach(master)
    builder = builder.master(master)
    if master.startswith("local"):
        cores = str(2 * (os.cpu_count() or 1))
        builder = builder.config("spark.sql.shuffle.partitions", cores)
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    try:
        with _quiet():
            session = builder.getOrCreate()
    except Exception as error:  # noqa: BLE001  # whatever Java says
        raise DataError(f"Spark does not start on '{master}': {said_by(error)}") from None
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


def spark_errors() -> tuple[type[Exception], ...]:
    """Return the classes of what Spark and the Java beneath it raise."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def said_by(error: Exception) -> str:
    """Return what went wrong, in one line, out of all that Java says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    causes = [line.partition(":")[2].strip() for line in lines if line.startswith("Caused by:")]
    return (causes or lines or [type(error).__name__])[-1 if causes else 0]


def _reach(master: str) -> None:
    """Raise DataError if no master of a standalone cluster answers: Spark itself would try for more than a minute."""
    if not master.startswith("spark://"):
        return
    reasons = []
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
        except (OSError, ValueError, OverflowError) as error:
            reasons.append(f"{place}: {getattr(error, 'strerror', None) or error}")
        else:
            return
    raise DataError(
        f"the Spark master cannot be reached ({'; '.join(reasons)}). Is ${MASTER} right, and is the master running? "
        "Without it Spark runs on this machine."
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what Java says while it starts nowhere; it is about its own set-up."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
