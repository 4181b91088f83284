"""Messages laid out in components (the flag IS_COMPONENTS_V2), as Discord judges them."""

FLAG = 1 << 15
MOST_PARTS, MOST_TEXT = 40, 4000
ROW, TEXT, SECTION, MENU = 1, 10, 9, 3
MENUS = {3, 5, 6, 7, 8}
ABOVE = {ROW, SECTION, TEXT, 11, 12, 13, 14, 17}
"""What may stand outside of another part."""


def is_layout(data):
    return bool((data.get("flags") or 0) & FLAG)


def parts_of(rows):
    """Yield every part, those in others too, with the type of the part it stands in."""

    def below(part, above):
        yield part, above
        inner = part.get("components") or []
        for each in [*inner, *([part["accessory"]] if part.get("accessory") else [])]:
            yield from below(each, part["type"])

    for row in rows:
        yield from below(row, None)


def faults_of_layout(data):
    """Yield what is wrong with the layout itself; buttons and menus are judged elsewhere."""
    parts = list(parts_of(data.get("components") or []))
    for unwanted in ("content", "embeds", "poll"):
        if data.get(unwanted):
            yield f"a layout has no {unwanted}"
    if len(parts) > MOST_PARTS:
        yield f"{len(parts)} components, {MOST_PARTS} at most"
    texts = [part.get("content") or "" for part, _ in parts if part["type"] == TEXT]
    if (size := sum(map(len, texts))) > MOST_TEXT or not all(texts):
        yield f"texts of {size} characters, or an empty one; {MOST_TEXT} at most"
    for part, above in parts:
        if above is None and part["type"] not in ABOVE:
            yield f"a component of type {part['type']} stands alone"
        inner = [each["type"] for each in part.get("components") or []]
        if part["type"] == ROW:
            alone = bool(MENUS & set(inner)) and len(inner) > 1
            if not 1 <= len(inner) <= 5 or alone:
                yield f"a row holds 5 buttons or 1 menu, not components of types {inner}"
        if part["type"] == SECTION and (not 1 <= len(inner) <= 3 or not part.get("accessory")):
            yield "a section has 1 to 3 texts and something beside them"
