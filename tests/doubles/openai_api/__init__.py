"""A double of an OpenAI-compatible server, with the habits of llama-server or of vLLM."""

from doubles.openai_api.faults import Fault, Recorded, Say, body, names
from doubles.openai_api.server import Flavour, OpenAiDouble

__all__ = ["Fault", "Flavour", "OpenAiDouble", "Recorded", "Say", "body", "names"]
