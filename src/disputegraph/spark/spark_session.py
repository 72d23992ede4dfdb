"""Start Spark, or say what is missing."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from disputegraph.errors import DataError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MASTER = "DISPUTEGRAPH_SPARK_MASTER"
"""Environment variable with the address of the cluster, such as ``spark://host:7077`` or ``yarn``; without it Spark
runs on this machine, on all its cores. Further settings are taken from $SPARK_CONF_DIR, as always."""

_SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.maxResultSize": "0",  # the network is what was asked for, however large
}
_LOCAL: dict[str, bool | float | int | str | None] = {
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # Half the CPU time of a short run goes into the second compiler of the JVM, which long runs gain little from.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


@contextmanager
def open_session() -> Iterator[SparkSession]:
    """Open a Spark session that ends with the block.

    Raises:
        UsageError: pyspark, pyarrow, pandas or Java is not installed.
        DataError: Spark does not start.
    """
    for name in ("pyspark", "pyarrow", "pandas"):
        if find_spec(name) is None:
            raise UsageError(f"--engine spark needs {name}: pip install 'disputegraph[spark]'.")
    from pyspark.sql import SparkSession

    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        where = f"$JAVA_HOME ({home})" if home else "the PATH"
        raise UsageError(f"--engine spark needs Java 17, and there is none in {where}. Install it, or set JAVA_HOME.")
    master = os.environ.get(_MASTER) or "local[*]"
    _reach(master)
    builder = SparkSession.builder.appName("disputegraph").master(master).config(map=_SETTINGS)
    if master.startswith("local"):
        builder = builder.config(map=_LOCAL)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else whatever python3 stands first in the PATH
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
    """Return what went wrong, in one line, out of all that Java or a Python worker says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    causes = [line.partition(":")[2].strip() for line in lines if line.startswith("Caused by:")]
    if "Traceback (most recent call last):" in lines:
        return lines[-1]
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
        f"the Spark master cannot be reached ({'; '.join(reasons)}). Is ${_MASTER} right, and is the master running? "
        "Without it Spark runs on this machine."
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Discard what Java writes to stderr while it starts; it is about its own set-up."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
