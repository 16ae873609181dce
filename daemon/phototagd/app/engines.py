"""The model servers and their lanes."""

import os
from collections.abc import Callable

from phototagd.adapters.ollama.captioner import OllamaCaptioner
from phototagd.app.language import chosen_language
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.errors import ConfigError
from phototagd.flow.endpoint import Endpoint
from phototagd.ports import Clock, Listener
from phototagd.rules.models import DEFAULT_NUM_CTX, split_options
from phototagd.rules.prompting import Style
from phototagd.settings import EndpointSettings, ModelSettings, Settings

ENGINE_OFF = EngineReport(EngineState.OFF, "model.engine is none", "")


def style_of(settings: Settings) -> Style:
    """What the answers shall be like."""
    model = settings.model
    return Style(
        language=chosen_language(model.language, os.environ),
        max_keywords=model.max_keywords,
        image_long_side=model.image_long_side,
        options=dict(model.options),
    )


def endpoints_of(settings: Settings) -> tuple[EndpointSettings, ...]:
    """The model servers in force: none, those listed, or the one that `model.url` names."""
    if settings.model.engine == "none":
        return ()
    return settings.endpoint or (EndpointSettings(url=settings.model.url),)


def captioner_at(url: str, model: ModelSettings, clock: Clock) -> OllamaCaptioner:
    """A client for one model server."""
    loading, _ = split_options(model.options)
    context = loading.pop("num_ctx", DEFAULT_NUM_CTX)
    if not isinstance(context, int):
        raise ConfigError(f"model.options.num_ctx = {context!r}: must be a whole number of tokens")
    return OllamaCaptioner(
        url=url,
        model=model.name,
        keep_alive=model.keep_alive,
        timeout_seconds=model.timeout_seconds,
        load_timeout_seconds=model.load_timeout_seconds,
        allow_cloud=model.allow_cloud,
        clock=clock,
        num_ctx=context,
        load_options=loading,
    )


def build_endpoints(
    settings: Settings,
    *,
    canary: bytes,
    clock: Clock,
    emit: Listener,
    on_change: Callable[[], None],
) -> list[tuple[Endpoint, int]]:
    """Each endpoint with the number of lanes it gets."""
    style = style_of(settings)
    return [
        (
            Endpoint(
                captioner=captioner_at(endpoint.url, settings.model, clock),
                canary=canary,
                style=style,
                clock=clock,
                emit=emit,
                on_change=on_change,
            ),
            endpoint.concurrency,
        )
        for endpoint in endpoints_of(settings)
    ]


def summed_up(endpoints: list[Endpoint]) -> EngineReport:
    """One report for all: it works as long as one of them does."""
    if not endpoints:
        return ENGINE_OFF
    reports = [endpoint.report() for endpoint in endpoints]
    working = (report for report in reports if report.state is EngineState.OK)
    return next(working, reports[0])
