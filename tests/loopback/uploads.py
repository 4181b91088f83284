"""Files: how they come (multipart), what Discord refuses of them, what becomes of them."""

import json
import re
from dataclasses import dataclass

from loopback import payloads

MOST_FILES = 10
LARGEST = 10 * 1024 * 1024
DESCRIPTION = 1024
_PART = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True)
class File:
    """One part of a request, by the number it has there."""

    number: int
    name: str
    content: bytes
    kind: str


async def read(request):
    """Return the JSON of *request* and its files."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), []
    payload, files = None, []
    async for part in await request.multipart():
        content = bytes(await part.read())
        if part.name == "payload_json":
            payload = json.loads(content)
        elif match := _PART.fullmatch(part.name or ""):
            kind = part.headers.get("Content-Type", "")
            files.append(File(int(match[1]), part.filename or "", content, kind))
    return payload, files


def described(payload):
    """Return the attachments that *payload* speaks of, of a message or of a callback."""
    return _data(payload).get("attachments") or []


def _data(payload):
    told = payload if isinstance(payload, dict) else {}
    return told.get("data") or told


def faults_of_files(payload, files):
    """Yield what Discord refuses of *files* and of what *payload* says of them."""
    if len(files) > MOST_FILES:
        yield f"{len(files)} files, {MOST_FILES} at most"
    numbers = [str(file.number) for file in files]
    if len(set(numbers)) < len(numbers):
        yield "two files have one number"
    for file in files:
        if not file.name:
            yield "a file without a name"
        if not 0 < len(file.content) <= LARGEST:
            yield f"a file of {len(file.content)} bytes"
    for each in described(payload):
        if len(each.get("description") or "") > DESCRIPTION:
            yield f"a description of {len(each['description'])} characters, {DESCRIPTION} at most"
        # Small numbers mean the files of this request; an id means one that is there already.
        if len(str(each["id"])) < 15 and str(each["id"]) not in numbers:
            yield f"attachment {each['id']} has no file"


def attached(standin, old, payload, files):
    """Return the attachments of a message: those of *old* that are kept, then the new ones."""
    said = {str(each["id"]): each for each in described(payload)}
    if "attachments" in _data(payload) or not old:
        kept = [each for each in (old or {}).get("attachments", []) if each["id"] in said]
    else:
        kept = old["attachments"]
    return kept + [_attachment(standin, file, said.get(str(file.number), {})) for file in files]


def _attachment(standin, file, said):
    number = payloads.snowflake()
    standin.files[number] = file.content
    url = f"{standin.base}/attachments/{number}/{file.name}"
    made = {
        "id": number,
        "filename": file.name,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.kind,
    }
    return made | ({"description": said["description"]} if said.get("description") else {})


def without_files(payload):
    """Return *payload* as its schema wants it: in multipart, numbers may stand for ids."""
    if not described(payload):
        return payload
    text = json.loads(json.dumps(payload))
    for each in described(text):
        each["id"] = str(each["id"]) if len(str(each["id"])) >= 15 else payloads.GUILD_ID
    return text
