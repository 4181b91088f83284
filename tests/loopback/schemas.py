"""Discord's own description of its API (openapi.json), where it lies beside the checkout.

It is not part of the repository; without it only rules.py judges.
"""

import json
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import extend

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
LOOKED_AT = 30
_looked_at = Counter()


def faults_of_request(method, template, payload):
    """Return what Discord's schema for *method* on the path *template* has against *payload*."""
    if document() is None:
        return ()
    return _judged(method.lower(), template, json.dumps(payload))


def forget():
    """Read the description anew when it is next asked for."""
    document.cache_clear()
    _validator.cache_clear()
    _judged.cache_clear()


def faults_of_answer(method, template, status, payload):
    """Return what is wrong with our own answer: a stand-in has to talk like Discord.

    Only the first answers of each kind are looked at; the later ones are built the same way.
    """
    _looked_at[method, template] += 1
    validator = _validator(method.lower(), template, str(status))
    if validator is None or _looked_at[method, template] > LOOKED_AT:
        return []
    return [
        f"{template}, {error.json_path}: {error.message[:300]}"
        for error in validator.iter_errors(payload)
    ]


@lru_cache(maxsize=256)  # every start tells the same commands
def _judged(method, template, text):
    validator = _validator(method, template)
    errors = validator.iter_errors(json.loads(text)) if validator else ()
    worst = [best_match([error]) for error in errors]
    return tuple(f"openapi.json, {error.json_path}: {error.message[:300]}" for error in worst)


def _one_of_its_type(validator, schemas, instance, schema):
    """Judge a union by the member that has the instance's type.

    As the schemas stand, a fault in one button fails every member of every union above it: slow,
    and the message would name the wrong one.
    """
    kind = instance.get("type") if isinstance(instance, dict) else None
    if kind is not None:
        typed = [each for each in schemas if kind in _types(validator, each)]
        schemas = typed or schemas
    if len(schemas) == 1:
        yield from validator.descend(instance, schemas[0])
    else:
        yield from Draft202012Validator.VALIDATORS["anyOf"](validator, schemas, instance, schema)


def _types(validator, schema):
    if "$ref" in schema:
        schema = validator._resolver.lookup(schema["$ref"]).contents
    return schema.get("properties", {}).get("type", {}).get("enum", ())


_Validator = extend(Draft202012Validator, {"oneOf": _one_of_its_type, "anyOf": _one_of_its_type})


@cache
def document():
    """Return the description as it is parsed, or None where it is not here."""
    return json.loads(OPENAPI.read_text("utf-8")) if OPENAPI.is_file() else None


@cache
def _validator(method, template, status=None):
    described = document()
    operation = described and described["paths"].get(template, {}).get(method)
    if not operation:
        return None
    holder = operation["responses"].get(status) if status else operation.get("requestBody")
    schema = ((holder or {}).get("content") or {}).get("application/json", {}).get("schema")
    return schema and _Validator({**schema, "components": described["components"]})
