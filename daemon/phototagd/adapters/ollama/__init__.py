"""The captioner that asks an Ollama server; the only place that knows its protocol."""

from phototagd.adapters.ollama.captioner import OllamaCaptioner

__all__ = ["OllamaCaptioner"]
