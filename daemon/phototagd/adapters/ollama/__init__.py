"""The captioner and the embedder that ask an Ollama server; nobody else knows its protocol."""

from phototagd.adapters.ollama.captioner import OllamaCaptioner
from phototagd.adapters.ollama.embedder import OllamaEmbedder

__all__ = ["OllamaCaptioner", "OllamaEmbedder"]
