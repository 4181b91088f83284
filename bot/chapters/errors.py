"""What can go wrong between an address and its chapters; every sentence is fit for an admin.

    ChapterError
    ├── AddressError            nothing was asked of anybody
    │   ├── BadUrlError         this is no address that may be fetched
    │   └── UnknownSourceError  a place we know, but no story
    ├── FetchError              permanent, refused, or worth another try
    └── NotAFeedError           an answer came, and holds no chapters

No sentence repeats anything of a body, a header or a resolved address: a stranger's address must
not become a way to read the operator's network. Each is said in the language of whoever reads it:
feeds are read in the background, for several servers.
"""

from bot.errors import BotError
from bot.language.sayings import Sayable, kept, say_kept


class ChapterError(BotError):
    """A fault that may be kept and told later; *sentence*: marked, or with its values."""

    def __init__(self, sentence: Sayable) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        """Return it in the language that is spoken here and now."""
        return say_kept(kept(self.sentence))


class AddressError(ChapterError):
    """The address itself will not do."""


class BadUrlError(AddressError):
    """This is no address, or one that is never fetched."""


class UnknownSourceError(AddressError):
    """The place is known, but chapters cannot be followed at this address."""


class FetchError(ChapterError):
    """An address gave no answer that can be used.

    *permanent*: asking again will not help (gone, forbidden by our own rules). *refused*: the site
    does not want scripted readers; wait for hours, or announce by hand. Neither: try again later.
    *retry_after*: seconds that the site asked us to wait, or None.
    """

    permanent = False
    refused = False

    def __init__(self, sentence: Sayable, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class HostNotAllowedError(FetchError):
    """The operator's FEED_HOSTS does not name this host."""

    permanent = True


class ForbiddenAddressError(FetchError):
    """The name leads to an address that is not of the public internet."""

    permanent = True


class GoneError(FetchError):
    """404 or 410."""

    permanent = True


class RefusedError(FetchError):
    """401, 403, 451 or a challenge for browsers."""

    refused = True


class BusyError(FetchError):
    """429 or 503: the site asks for patience."""


class SiteError(FetchError):
    """Any other status that is not an answer."""


class RedirectError(FetchError):
    """Redirects without end, or to where we do not go."""


class TooLargeError(FetchError):
    """More bytes than a list of chapters has."""


class TooSlowError(FetchError):
    """The answer took longer than we wait."""


class UnreachableError(FetchError):
    """No connection, a broken one, or a broken answer."""


class NotAFeedError(ChapterError):
    """An answer came, but it is no list of chapters. Never to be taken for "no news".

    *alternates*: addresses of feeds that the page names instead, best first. *refused*: it is a
    challenge for browsers, as in `FetchError`.
    """

    def __init__(
        self, sentence: Sayable, alternates: tuple[str, ...] = (), *, refused: bool = False
    ) -> None:
        super().__init__(sentence)
        self.alternates = alternates
        self.refused = refused
