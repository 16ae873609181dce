"""The captioner that asks llama-server, vLLM, SGLang, LM Studio, or what else speaks like them.

The only place that knows the protocol of `/v1/chat/completions`.
"""

from phototagd.adapters.openai_api.captioner import OpenAiCaptioner

__all__ = ["OpenAiCaptioner"]
