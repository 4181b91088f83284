"""Pages as a XenForo 2 forum sends them, and books as programs write them: made for tests."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FORUM = "https://forum.example/forum/threads/the-long-strike.4711/"


def quote(text: str, author: str = "", source: int = 0) -> str:
    """Return a quotation; *source* is the post it stands in."""
    said = (
        f'<div class="bbCodeBlock-title"><a class="bbCodeBlock-sourceJump">{author} said:</a></div>'
    )
    return (
        f'<blockquote data-attributes="member: 1" data-quote="{author}"'
        + (f' data-source="post: {source}"' if source else "")
        + ' class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote js-expandWatch">'
        + (said if author else "")
        + f'<div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent">{text}</div>'
        '<div class="bbCodeBlock-expandLink js-expandLink"><a role="button">Click to expand...</a>'
        "</div></div></blockquote>"
    )


def spoiler(text: str, title: str = "") -> str:
    """Return a block that a reader has to open."""
    shown = (
        f'Spoiler: <span class="bbCodeSpoiler-button-title">{title}</span>' if title else "Spoiler"
    )
    return (
        '<div class="bbCodeSpoiler"><button type="button" class="bbCodeSpoiler-button button">'
        f'<span class="button-text"><span>{shown}</span></span></button>'
        '<div class="bbCodeSpoiler-content"><div class="bbCodeBlock bbCodeBlock--spoiler">'
        f'<div class="bbCodeBlock-content">{text}</div></div></div></div>'
    )


@dataclass(frozen=True)
class Post:
    """A post; *mark* makes it a chapter, of the kind *category*."""

    id: int
    author: str
    body: str
    mark: str = ""
    category: str = "Threadmarks"

    def html(self, base: str) -> str:
        """Return what the forum makes of it, with all that stands around it."""
        header = (
            '<div class="message-cell message-cell--threadmark-header">'
            '<span class="threadmark-control">'
            f'<label for="tm">{self.category}:</label> <span id="threadmark-{self.id}"'
            f' class="threadmarkLabel">{self.mark}</span></span><a href="x">Next</a></div>'
        )
        marked = "hasThreadmark" if self.mark else ""
        return f"""
<article class="message message--post js-post js-inlineModContainer {marked}"
  data-author="{self.author}" data-content="post-{self.id}" id="js-post-{self.id}">
<span class="u-anchorTarget" id="post-{self.id}"></span>
<div class="message-inner">{header if self.mark else ""}
<div class="message-cell message-cell--user"><section class="message-user">
<h4 class="message-name"><a href="{base}members/1/" class="username">{self.author}</a></h4>
<h5 class="userTitle">Well-known member</h5>
<dl class="pairs"><dt>Joined</dt><dd>May 3, 2019</dd></dl>
</section></div>
<div class="message-cell message-cell--main"><header class="message-attribution">
<time class="u-dt" datetime="2021-05-19T10:00:00+0000" data-time="1621418400">May 19, 2021</time>
<a href="{base}threads/the-long-strike.4711/post-{self.id}">#{self.id - 99}</a></header>
<div class="message-content js-messageContent"><div class="message-userContent lbContainer-not">
<article class="message-body js-selectToQuote"><div><div class="bbWrapper">{self.body}</div></div>
<div class="js-selectToQuoteEnd">&nbsp;</div></article></div>
<section class="message-attachments"><h4>Attachments</h4><ul><li>map.png 200 KB</li></ul></section>
<div class="message-lastEdit">Last edited: <time datetime="x">May 20, 2021</time></div></div>
<aside class="message-signature"><div class="bbWrapper">My signature since 1999</div></aside>
<footer class="message-footer"><a class="actionBar-action">Like</a> Reactions: Bob</footer>
</div></div></article>"""


def page(
    number: int, posts: Iterable[Post], *, links: str = "absolute", reader: bool = False
) -> str:
    """Return page *number* of a thread; *links* are absolute, relative, or "" for none at all."""
    base = {"absolute": "https://forum.example/forum/", "relative": "/forum/", "": ""}[links]
    where = f"{'reader/' if reader else ''}{f'page-{number}' if number > 1 else ''}"
    canonical = f'<link rel="canonical" href="{FORUM}{where}" />' if links == "absolute" else ""
    key = ' data-content-key="thread-4711"' if links else ""
    current = f'<li class="pageNav-page pageNav-page--current"><a href="x">{number}</a></li>'
    inside = "".join(post.html(base) for post in posts)
    return f"""<!DOCTYPE html>
<html id="XF" lang="en-US" data-app="public" data-template="thread_view"{key}>
<head><meta charset="utf-8" /><title>The Long Strike | Page {number} | Forum</title>{canonical}
<script>var x = "<article class='message--post'>";</script></head>
<body><div class="p-body-header"><div class="p-title"><h1 class="p-title-value">
<a class="labelLink"><span class="label">Timeline</span></a>The Long Strike</h1></div>
<div class="p-description"><ul><li><a class="username">Author99</a></li></ul></div></div>
<nav><ul class="pageNav-main">{current if links != "" else ""}</ul></nav>
<div class="block-body js-replyNewMessageContainer">{inside}</div>
<aside>1914: Similar threads</aside></body></html>"""


CONTAINER = (
    '<?xml version="1.0"?><container version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def package(names: Sequence[str], extra: str = "", guide: str = "") -> str:
    """Return the package file of a book whose files, in order, are called *names*."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    return (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf">'
        "<metadata><dc:title>The Long Strike</dc:title></metadata>"
        f'<manifest>{items}{extra}</manifest><spine toc="ncx">{spine}</spine>'
        f"<guide>{guide}</guide></package>"
    )


def chapter(title: str, text: str, heading: str = "h3") -> str:
    """Return a chapter as FanFicFare writes it."""
    head = f"<{heading}>{title}</{heading}>" if title else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{title}</title></head><body class='fff_chapter'>{head}{text}</body></html>"
    )


def book(files: Mapping[str, str], **more: str) -> bytes:
    """Return an EPUB with *files*, all of them in its spine, and *more* that are listed nowhere."""
    opf = package(list(files))
    return archive(
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": opf,
            **{f"OEBPS/{name}": text for name, text in files.items()},
            **more,
        }
    )


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive that says it is an EPUB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()
