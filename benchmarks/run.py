"""Run every benchmark; each prints its table of ratios."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"run", "measure", "synthetic"}

for script in sorted(HERE.glob("*.py")):
    if script.stem not in NOT_BENCHMARKS and not script.stem.startswith("_"):
        subprocess.run([sys.executable, str(script)], check=True, cwd=HERE)
