"""What asks llama-server, vLLM, SGLang, LM Studio, or what else speaks like them.

The only place that knows the protocol of `/v1/chat/completions` and `/v1/embeddings`.
"""

from phototagd.adapters.openai_api.captioner import OpenAiCaptioner
from phototagd.adapters.openai_api.embedder import OpenAiEmbedder

__all__ = ["OpenAiCaptioner", "OpenAiEmbedder"]
