"""`python -m disputegraph`, for where the script is not on the path."""

from disputegraph.cli import main

main()
