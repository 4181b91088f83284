"""Feeds as they come in the wild: cut off, misdeclared, out of order, and written to harm."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chapters.entries import FeedPage
from bot.chapters.errors import NotAFeedError
from bot.chapters.identity import assign
from tests.chapters.readings import ANY, item, page_of, rss

BILLION = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)


def titles(body, **how):
    return [entry.title for entry in page_of(body, **how).entries]


def identities(body, **how):
    return [entry.identity for entry in page_of(body, **how).entries]


THREE = rss(
    item(title="Three", guid="c", link="/3", pubDate="Wed, 03 Apr 2024 10:00:00 GMT"),
    item(title="Two", guid="b", link="/2", pubDate="Tue, 02 Apr 2024 10:00:00 GMT"),
    item(title="One", guid="a", link="/1", pubDate="Mon, 01 Apr 2024 10:00:00 GMT"),
)


@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n  ", "\ufeff\n", "<?xml version='1.0'?>\n"])
def test_what_stands_before_a_feed_does_not_matter(mark):
    assert titles(mark + THREE) == ["Three", "Two", "One"]


def test_every_cut_leaves_whole_entries_or_is_told():
    known = {"a": "One", "b": "Two", "c": "Three"}
    for end in range(len(THREE) - 1):
        try:
            page = page_of(THREE[:end])
        except NotAFeedError:
            assert end < THREE.index("</item>") + len("</item>")
            continue
        assert page.cut
        assert page.entries
        assert all(known[entry.identity] == entry.title for entry in page.entries)


def test_an_atom_feed_that_is_cut_off_keeps_its_whole_entries():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>One</title></entry>'
        "<entry><id>2</id><title>Tw"
    )

    assert titles(body) == ["One"]


def test_a_feed_told_oldest_first_is_turned_round():
    turned = rss(*THREE.split("<item>")[:0], *(f"<item>{one}" for one in _items(THREE)[::-1]))

    assert titles(turned) == ["Three", "Two", "One"]


def _items(feed):
    return [one.partition("</channel>")[0] for one in feed.split("<item>")[1:]]


def test_entries_in_another_order_are_the_same_entries():
    mixed = rss(*(f"<item>{_items(THREE)[place]}" for place in (1, 0, 2)))

    assert sorted(identities(mixed)) == ["a", "b", "c"]


def test_an_entry_without_a_date_has_none_and_is_not_lost():
    page = page_of(rss(item(title="x", guid="1"), item(title="y", guid="2", pubDate="soon")))

    assert [entry.published_at for entry in page.entries] == [None, None]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Sat, 02 May 2026 11:00:00 GMT", True),
        ("Sat, 02 May 2026 13:00:00 GMT", False),
        ("Fri, 01 Jan 2100 00:00:00 GMT", False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("Fri, 31 Dec 9999 23:59:59 -1200", False),
        ("0000-00-00", False),
        ("99999999999999999999", False),
    ],
)
def test_a_date_of_the_future_or_before_the_web_is_dropped(told, kept):
    (entry,) = page_of(rss(item(guid="1", pubDate=told))).entries

    assert (entry.published_at is not None) is kept


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a/b", "https://example.org/a/b"),
        ("c", "https://example.org/c"),
        ("//example.org/d", "https://example.org/d"),
        ("https://blog.example.org/e", "https://blog.example.org/e"),
        ("https://evil.example/", "https://example.org/feed"),
        ("javascript:alert(1)", "https://example.org/feed"),
        ("data:text/html,x", "https://example.org/feed"),
        ("https://example.org@evil.example/", "https://example.org/feed"),
        ("", "https://example.org/feed"),
    ],
)
def test_links_become_absolute_and_lead_nowhere_else(link, url):
    (entry,) = page_of(rss(item(guid="1", link=link))).entries

    assert entry.url == url


def test_links_are_relative_to_where_the_answer_came_from():
    (entry,) = page_of(rss(item(guid="1", link="x")), base="https://moved.example/blog/rss").entries

    assert entry.url == "https://moved.example/blog/x"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"link": "https://example.org/1"}, {"link": "https://example.org/1?utm_source=rss"}),
        ({"link": "https://example.org/1"}, {"link": "https://example.org/1#comments"}),
        ({"link": "https://example.org/1?a=b"}, {"link": "http://www.example.org/1?a=b"}),
        ({"guid": "http://x.org/?p=5"}, {"guid": "https://x.org/?p=5"}),
        ({"guid": "5", "link": "https://example.org/1"}, {"guid": " 5\n", "link": "/2"}),
        ({"guid": "5", "title": "Old"}, {"guid": "5", "title": "New"}),
        ({"guid": "5", "pubDate": "Mon, 01 Apr 2024 10:00:00 GMT"}, {"guid": "5"}),
        ({"guid": "https://x.org/a?utm_medium=rss"}, {"guid": "https://x.org/a"}),
    ],
)
def test_the_same_chapter_keeps_its_identity(one, other):
    assert identities(rss(item(**one))) == identities(rss(item(**other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"guid": "5"}, {"guid": "6"}),
        ({"guid": "http://x.org/?p=5"}, {"guid": "http://y.org/?p=5"}),
        ({"link": "https://example.org/1?page=1"}, {"link": "https://example.org/1?page=2"}),
        ({"guid": "https://x.org/a#post-1"}, {"guid": "https://x.org/a#post-2"}),
        ({"guid": "x" * 500 + "1"}, {"guid": "x" * 500 + "2"}),
    ],
)
def test_different_chapters_have_different_identities(one, other):
    assert identities(rss(item(**one))) != identities(rss(item(**other)))


def test_what_has_neither_a_guid_nor_a_link_is_left_out():
    assert titles(rss(item(title="no name"), item(title="named", guid="1"))) == ["named"]


def test_a_feed_with_one_guid_for_all_loses_no_chapter():
    told = [item(title=f"C{n}", guid="same", link=f"/{n}") for n in (3, 2, 1)]

    older, newer = identities(rss(*told[1:])), identities(rss(*told))

    assert len(set(newer)) == 3
    assert newer[1:] == older, "what was known keeps its name"


def test_an_entry_told_twice_is_one():
    twice = item(title="x", guid="1", link="/1")

    assert len(page_of(rss(twice, twice)).entries) == 1


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple), max_size=8))
def test_no_identity_is_given_twice_and_every_newcomer_leaves_the_others_alone(names):
    given_to = assign(names)

    given_names = [one for one in given_to if one is not None]
    assert len(given_names) == len(set(given_names))
    assert all(one is None or one in own for one, own in zip(given_to, names, strict=True))
    assert assign(names[1:]) == given_to[1:]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-1'?>{}", None),
        (b"<?xml version='1.0' encoding='us-ascii'?>{}", "iso-8859-1"),
        (b"<?xml version='1.0' encoding='utf-7'?>{}", "utf-7"),
        (b"{}", "nonsense"),
    ],
)
def test_a_feed_of_utf_8_is_read_as_that_whatever_it_says(body, charset):
    feed = rss(item(guid="1", title="Żółć – “x”"))

    assert titles(body.decode().format(feed).encode(), charset=charset) == ["Żółć – “x”"]


@pytest.mark.parametrize(
    ("encoding", "declared", "charset", "title"),
    [
        ("cp1252", "utf-8", None, "Café “x” – naïve"),
        ("cp1252", "", None, "Café “x”"),
        ("iso-8859-2", "iso-8859-2", None, "Żółć"),
        ("cp1251", "", "windows-1251", "Красная заря"),
        ("koi8-r", "koi8-r", "utf-8", "Красная заря"),
        ("shift_jis", "Shift_JIS", None, "革命の朝"),
        ("utf-16", "utf-16", None, "Żółć 革命"),
        ("utf-16-le", "utf-16", None, "Żółć"),
        ("utf-8-sig", "iso-8859-1", None, "Żółć"),
    ],
)
def test_a_feed_is_read_as_it_is_encoded(encoding, declared, charset, title):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    declaration = declaration or ('<?xml version="1.0"?>' if encoding.startswith("utf-16") else "")
    body = (declaration + rss(item(guid="1", title=title))).encode(encoding)

    assert titles(body, charset=charset) == [title]


def test_one_broken_character_does_not_spoil_the_others():
    good = rss(item(guid="1", title="Żółć gęślą jaźń"), item(guid="2", title="x?")).encode()

    assert titles(good.replace(b"x?", b"x\xc3")) == ["Żółć gęślą jaźń", "x\ufffd"]


@pytest.mark.parametrize("strange", ["\x00", "\x0b", "\x1f", "&#0;", "&#x8;", "&#xD800;", "\ufffe"])
def test_characters_that_xml_forbids_cost_no_entry(strange):
    feed = rss(item(guid="1", title=f"a{strange}b"), item(guid="2", title="c"))

    assert titles(feed) == ["ab", "c"]


@pytest.mark.parametrize("loose", ["Q&A", "a < b", "&nbsp;x", "<br>x", "&unknown;x"])
def test_a_feed_that_is_not_well_formed_costs_no_entry(loose):
    feed = rss(item(guid="1", title=loose), item(guid="2", title="c"))

    assert sorted(identities(feed)) == ["1", "2"]


@pytest.mark.parametrize(
    "prolog",
    [
        BILLION,
        BILLION.lower().replace("entity", "ENTITY"),
        f"<?xml version='1.0'?>\n<!-- x -->{BILLION}",
        f"<!-- <rss -->{BILLION}",
        f"<?x <!-- ?>{BILLION}<!-- -->",
        f"\ufeff{BILLION}",
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1/evil.dtd">',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!-- never closed <!DOCTYPE rss [<!ENTITY x "y">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(prolog, encoding):
    body = (prolog + rss(item(guid="1", title="&g;"))).encode(encoding)

    with pytest.raises(NotAFeedError, match="DOCTYPE"):
        page_of(body)


def test_a_chapter_may_speak_of_doctypes():
    feed = rss(item(guid="1", title="<![CDATA[On <!DOCTYPE html>]]>"))

    assert titles(feed) == ["On"]


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "<rss><" / "rss>"
    file.parent.mkdir()
    file.write_text(THREE)

    assert titles("<rss></rss>") == []


@pytest.mark.parametrize(
    "body",
    [
        *("", "   \n", "nonsense", "{}", "<", "<>", "<?xml", "<rss", "</rss>", "\x00" * 50),
        *("<opml></opml>", "<urlset></urlset>", "<rss></rs", "<!doctype html><p>x", "<html>"),
        *("<html><body><rss><channel></channel></rss>", "<notrss/>", "%PDF-1.4", "\ufeff"),
    ],
)
def test_what_is_no_feed_is_never_taken_for_no_news(body):
    with pytest.raises(NotAFeedError):
        page_of(body)


@pytest.mark.parametrize(
    "body",
    [
        rss(),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel></channel></rdf:RDF>',
    ],
)
def test_a_feed_without_entries_is_one(body):
    assert page_of(body).entries == ()


@given(st.text() | st.binary())
@settings(max_examples=150)
def test_no_body_breaks_the_reader_in_another_way(body):
    with suppress(NotAFeedError):
        assert isinstance(page_of(body), FeedPage)


PIECES = st.sampled_from(
    [
        *("<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<guid>", "</guid>"),
        *("<link>", "</link>", "<![CDATA[", "]]>", "<!--", "-->", "x", "1", "&", "&amp;", "<b>"),
        *("<pubDate>", "</pubDate>", "2024-01-01", "\x00", "é", "@everyone", "<id>", "</id>"),
        *("</channel>", "</rss>", "<rss>", "<link href='/a'/>", "<?x", "?>", "&#xD800;", "<", ">"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150)
def test_whatever_stands_in_a_feed_its_entries_are_clean(inner):
    try:
        page = page_of(f'<rss version="2.0"><channel>{inner}</channel></rss>')
    except NotAFeedError:
        return

    names = [entry.identity for entry in page.entries]
    assert len(names) == len(set(names))
    for entry in page.entries:
        assert entry.identity
        assert entry.title == " ".join(entry.title.split())
        assert 0 < len(entry.title) <= 200
        assert entry.url.startswith("https://example.org")


def test_the_address_of_the_story_is_shown_for_want_of_another():
    assert page_of(rss(item(guid="1"))).entries[0].url == ANY
