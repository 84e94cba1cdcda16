"""aiogram's models as a judge that is not ours: of every update the sandbox makes and every call it is sent."""

import json
from collections.abc import Mapping
from typing import Any

import aiogram.methods
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

METHODS = {
    model.__api_method__: model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type)
    and issubclass(model, aiogram.methods.TelegramMethod)
    and hasattr(model, "__api_method__")
}


def check_update(update: dict[str, Any]) -> None:
    """Fails for an update that the Bot API could not have made."""
    _no_strangers(Update.model_validate(json.loads(json.dumps(update))))


def _no_strangers(value: Any) -> None:
    if isinstance(value, BaseModel):
        assert not value.model_extra, f"{type(value).__name__} has no {value.model_extra}"
        for name in value.model_fields_set:
            _no_strangers(getattr(value, name))
    elif isinstance(value, list):
        for part in value:
            _no_strangers(part)


def check_result(method: str, result: Any) -> None:
    """Fails for a result that is not what the method returns."""
    _no_strangers(TypeAdapter(METHODS[method].__returning__).validate_python(result))


def check_call(method: str, values: Mapping[str, Any]) -> None:
    """Fails for an unknown method, an unknown or missing parameter, or one of the wrong type."""
    model = METHODS[method]
    strangers = values.keys() - model.model_fields.keys()
    assert not strangers, f"{method} has no parameters {strangers}"
    try:
        model.model_validate(values)
    except ValidationError as error:
        # What is no plain text travels as JSON.
        wrong = {str(problem["loc"][0]) for problem in error.errors()}
        decoded = {name: json.loads(values[name]) for name in wrong if isinstance(values.get(name), str)}
        model.model_validate({**values, **decoded})
