"""A dispute for assistants: a server of the Model Context Protocol on standard input and output, which only reads."""

from disputegraph.assistant.assistant_worker import AssistantOptions
from disputegraph.assistant.stdio_session import Session
from disputegraph.assistant.tool_catalogue import Tool, tools

__all__ = ["AssistantOptions", "Session", "Tool", "tools"]
