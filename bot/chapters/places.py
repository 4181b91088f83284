"""What two addresses of the same chapter have in common. Pure."""

from yarl import URL

from bot.chapters.addresses import bare_host, canonical
from bot.chapters.identity import chapter_number, post_number


def place_key(text: str) -> str:
    """Return what the addresses of one post or page share, however it is linked to.

    >>> place_key("https://forum.example/threads/x.1/page-3#post-77")
    'forum.example/posts/77'
    """
    try:
        url = canonical(URL(text))
        host = bare_host(url)
    except ValueError:
        return text
    if (post := post_number(text)) is not None:
        return f"{host}/posts/{post}"
    if host == "royalroad.com" and (chapter := chapter_number("", text)) is not None:
        return f"{host}/chapter/{chapter}"
    return f"{host}{url.raw_path_qs.rstrip('/')}"
