"""The page's speed in headless Chromium: ready, panning, writing, laying out; with the limits it was built to.

python benchmarks/page.py

Seconds depend on the machine, so each is printed beside its limit (two cores, no GPU) and beside the same graph as
pyvis itself writes it, opened in the same browser in turn.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from measure import machine
from synthetic import write_synthetic

from disputegraph.page import to_pyvis
from disputegraph.page.layout import box_of, layout
from disputegraph.resources import bundled_dispute

RUNS = 5
SCRIPTS = Path(__file__).parent / "page_scripts"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
WRITE = """
import sys
from disputegraph.page import page_data, render_page
from disputegraph.store import open_store
with open_store([sys.argv[1]]) as store, open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write(render_page(page_data(store)))
"""


@dataclass(frozen=True)
class Figure:
    """One measured figure with its limit."""

    what: str
    value: float
    unit: str
    limit: str
    beside: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure keeps its limit."""
        sign, number = self.limit.split()
        return self.value <= float(number) if sign == "<=" else self.value >= float(number)


def main() -> None:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _pages(folder, figures)
        figures += _layouts()
        with _browser() as browser:
            figures += _ready(browser, files, folder)
            figures.append(_panning(browser, files["150 nodes"]))
    _print(figures)


def _pages(folder: Path, figures: list[Figure]) -> dict[str, Path]:
    """Write the pages in processes of their own, and note how long the largest took and how much memory."""
    files = {}
    for what, claims in (
        ("bundled dispute", 0),
        ("150 nodes", 140),
        ("1,000 claims", 1_000),
        ("20,000 claims", 20_000),
    ):
        data = bundled_dispute()
        if claims:
            data = folder / f"{claims}.nt"
            write_synthetic(claims, data)
        files[what] = folder / f"{claims}.html"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", WRITE, str(data), str(files[what])], check=True)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if claims == 20_000:
            figures.append(
                Figure("write the page of 20,000 claims", cpu, "CPU s", "<= 6", f"{wall:.1f} s on the clock")
            )
            # The children before it were smaller, so the maximum over all children is this one's.
            figures.append(Figure("memory for that", after.ru_maxrss / 1024, "MiB", "<= 500"))
    figures.append(Figure("size of the bundled page", files["bundled dispute"].stat().st_size / 1000, "kB", "<= 900"))
    return files


def _layouts() -> list[Figure]:
    import networkx as nx

    found = []
    for count, limit in ((300, "<= 2"), (1_000, "<= 6")):
        graph = nx.barabasi_albert_graph(count, 2, seed=1)
        boxes = {str(n): box_of(f"Somebody's name {n}", claim=False) for n in graph}
        edges = [(str(a), str(b)) for a, b in graph.edges]
        seconds = _median(lambda boxes=boxes, edges=edges: layout(boxes, edges), time.process_time, runs=3)
        found.append(Figure(f"lay out {count:,} nodes, wide and tall", seconds, "CPU s", limit))
    return found


def _ready(browser: Any, files: dict[str, Path], folder: Path) -> list[Figure]:
    limits = {"bundled dispute": "<= 1", "1,000 claims": "<= 2", "20,000 claims": "<= 3"}
    found = []
    for what, limit in limits.items():
        plain = _as_pyvis_writes_it(files[what], folder / "pyvis.html")
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(_open(browser, files[what], "html[data-ready]"))
            theirs.append(_open(browser, plain, "canvas"))
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        found.append(Figure(f"ready: {what}", statistics.median(ours), "s", limit, f"{ratio:.2f} × pyvis' own page"))
    return found


def _as_pyvis_writes_it(page: Path, path: Path) -> Path:
    """Write the first view's graph as pyvis does, its library in the file, without the style sheet it would fetch."""
    html = page.read_text(encoding="utf-8")
    island = html.split('id="data">', 1)[1].split("</script>", 1)[0]
    network = to_pyvis(json.loads(island)["views"]["whom"])
    network.cdn_resources = "in_line"
    path.write_text(network.generate_html(), encoding="utf-8")
    return path


def _open(browser: Any, path: Path, selector: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector(selector, state="attached")
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def _panning(browser: Any, path: Path) -> Figure:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri() + "#view=claims")
    page.wait_for_selector("html[data-ready]")
    nodes = page.locator("#picture .node:visible").count()
    frames = page.evaluate((SCRIPTS / "pan.js").read_text(encoding="utf-8"))
    context.close()
    return Figure(f"panning {nodes} nodes", frames, "frames/s", ">= 30")


def _median(call: Callable[[], object], clock: Callable[[], float], *, runs: int) -> float:
    call()
    found = []
    for _ in range(runs):
        start = clock()
        call()
        found.append(clock() - start)
    return statistics.median(found)


class _browser:  # noqa: N801 - reads like the context manager it is
    def __enter__(self) -> Any:
        from playwright.sync_api import sync_playwright

        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if path is None:
            sys.exit("no Chromium here; install it to run the page's benchmarks.")
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        return self._browser

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()


def _print(figures: list[Figure]) -> None:
    print(f"\n## Page ({machine()})\n\n| measured | figure | limit | reached | beside it |\n|---|---:|---|---|---|")
    for one in figures:
        reached = "yes" if one.reached else "**no**"
        print(f"| {one.what} | {one.value:.2f} {one.unit} | {one.limit} | {reached} | {one.beside} |")
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    values = {"machine": machine(), "figures": [asdict(one) for one in figures]}
    (folder / "page.json").write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
