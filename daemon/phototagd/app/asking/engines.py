"""The model servers and their lanes."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace

from phototagd.adapters.ollama import OllamaCaptioner
from phototagd.adapters.openai_api import OpenAiCaptioner
from phototagd.app.asking.server_tokens import credential_file, with_token
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.errors import ConfigError
from phototagd.flow.asking.courtesy import Courtesy
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.asking.kin import Kin
from phototagd.ports import Captioner, Clock, Listener
from phototagd.rules.answers.style import Style
from phototagd.rules.asking.models import DEFAULT_NUM_CTX, split_options
from phototagd.settings import EndpointSettings, ModelSettings, Settings

Connect = Callable[[EndpointSettings, ModelSettings, Clock], Captioner]
"""Makes the client of one model server."""

ENGINE_OFF = EngineReport(EngineState.OFF, "model.engine is none", "")


def style_at(endpoint: EndpointSettings, style: Style) -> Style:
    """The style there: what is added to its requests decides its answers, too."""
    return replace(style, options={**style.options, **endpoint.extra_body})


def endpoints_of(settings: Settings) -> tuple[EndpointSettings, ...]:
    """The model servers in force: none, those listed, or the one that `model.url` names.

    Each says for itself which engine and which model it is.
    """
    model = settings.model
    if model.engine == "none":
        return ()
    return tuple(
        endpoint.model_copy(
            update={"engine": endpoint.engine or model.engine, "name": endpoint.name or model.name}
        )
        for endpoint in settings.endpoint or (_only_one(model),)
    )


def _only_one(model: ModelSettings) -> EndpointSettings:
    token_file = model.token_file or credential_file(os.environ)
    return EndpointSettings(url=model.url, token_file=token_file)


def captioner_at(endpoint: EndpointSettings, model: ModelSettings, clock: Clock) -> Captioner:
    """A client for one model server; raises ConfigError for a token that cannot be read."""
    if endpoint.engine == "openai":
        return OpenAiCaptioner(
            url=with_token(endpoint.url, endpoint.token_file),
            model=endpoint.name or model.name,
            timeout_seconds=model.timeout_seconds,
            allow_cloud=model.allow_cloud,
            clock=clock,
            extra_body=endpoint.extra_body,
        )
    return _ollama_at(endpoint, model, clock)


def _ollama_at(endpoint: EndpointSettings, model: ModelSettings, clock: Clock) -> OllamaCaptioner:
    loading, _ = split_options(model.options)
    context = loading.pop("num_ctx", DEFAULT_NUM_CTX)
    if not isinstance(context, int):
        raise ConfigError(f"model.options.num_ctx = {context!r}: must be a whole number of tokens")
    return OllamaCaptioner(
        url=with_token(endpoint.url, endpoint.token_file),
        model=endpoint.name or model.name,
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
    styles: Mapping[str, Style],
    canary: bytes,
    clock: Clock,
    emit: Listener,
    on_change: Callable[[], None],
    is_open: Callable[[], bool],
    is_awaited: Callable[[], bool],
    kin: Kin | None = None,
    only_words: Callable[[], tuple[str, ...]] = tuple,
    connect: Connect = captioner_at,
) -> list[tuple[Endpoint, int]]:
    """Each endpoint with the number of lanes it gets; `styles` by the profiles in use."""

    def built(endpoint: EndpointSettings) -> Endpoint:
        captioner = connect(endpoint, settings.model, clock)
        courtesy = Courtesy(
            captioner=captioner,
            clock=clock,
            emit=emit,
            yields=settings.model.yield_to_others,
            unload_after_seconds=settings.model.unload_after_minutes * 60,
            is_open=is_open,
            is_awaited=is_awaited,
            kin=kin,
        )
        return Endpoint(
            captioner=captioner,
            canary=canary,
            styles={profile: style_at(endpoint, style) for profile, style in styles.items()},
            clock=clock,
            emit=emit,
            on_change=on_change,
            courtesy=courtesy,
            only_words=only_words,
        )

    return [(built(endpoint), endpoint.concurrency) for endpoint in endpoints_of(settings)]


def summed_up(endpoints: list[Endpoint]) -> EngineReport:
    """One report for all: it works as long as one of them does, and names those that do not."""
    if not endpoints:
        return ENGINE_OFF
    reports = [(endpoint.name, endpoint.report()) for endpoint in endpoints]
    waiting = [(name, report) for name, report in reports if report.state is not EngineState.OK]
    if not waiting:
        return reports[0][1]
    first = waiting[0][1]
    if len(reports) == 1:
        return first
    named = "; ".join(f"{name}: {report.reason}" for name, report in waiting)
    state = EngineState.WAITING if len(waiting) == len(reports) else EngineState.OK
    return EngineReport(state, f"{len(waiting)} of {len(reports)} wait: {named}", first.remedy)
