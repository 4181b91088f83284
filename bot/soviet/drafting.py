"""From what a mover wrote to a motion: each field read and checked, or taken from the orders."""

from typing import Final

from bot.clock import Instant
from bot.language.speech import mark, say
from bot.soviet.clicks import Click, Draft
from bot.soviet.deadlines import Deadline, read_deadline
from bot.soviet.errors import BadDraftError
from bot.soviet.models import (
    AYE_NAY_OPTIONS,
    MINUTE_MS,
    Ballot,
    Base,
    Electorate,
    Kind,
    Motion,
    OrderChange,
    Rules,
    Status,
    Threshold,
    Visibility,
)
from bot.soviet.orders import Orders, read_article
from bot.soviet.thresholds import MAJORITY, PLURALITY, TWO_THIRDS, read_quorum, read_threshold
from bot.soviet.wording import promised_in, read_options, read_text, repealed_in

_METHODS: Final = {
    "simple": Kind.SINGLE,
    "single": Kind.SINGLE,
    "multiple": Kind.MULTIPLE,
    "ranked": Kind.RANKED,
}


def draw_up(draft: Draft, orders: Orders, click: Click, now: Instant) -> Motion:
    """Return the motion that *draft* asks for, tabled at *now*; id and number are still 0.

    Raises:
        BadDraftError: something cannot be read or does not fit; the sentence says what and how.
        NoSuchArticleError, BadArticleError: of the standing order it would change.
    """
    text = read_text(draft.text)
    rules = _rules(draft, orders)
    deadline = _deadline(draft, orders, now)
    decree = rules.kind is Kind.DECREE
    tabled_until = now + orders.span_ms("decree" if decree else "lapse")
    if deadline.at is not None and not decree:
        # Seconded later, nobody could vote any more.
        tabled_until = min(tabled_until, deadline.at - MINUTE_MS)
    promised = draft.promised_words or promised_in(text)
    return Motion(
        id=0,
        guild_id=click.guild_id,
        number=0,
        text=text,
        rules=rules,
        status=Status.TABLED,
        mover_id=click.member.user_id,
        seconders_needed=0 if decree else orders.number("seconders"),
        objectors_needed=orders.number("objectors") if decree else 0,
        orders_version=orders.version,
        term_ms=deadline.span_ms,
        # A decree that is objected to gets its whole term, not what objecting left of it.
        closes_on=None if decree else deadline.at,
        story_id=draft.story_id,
        until_chapter=deadline.until_chapter,
        promised_words=None if draft.story_id is None else promised,
        repeals=draft.repeals or repealed_in(text),
        order_change=_order_change(draft),
        tabled_at=now,
        tabled_until=Instant(tabled_until),
        channel_id=click.channel_id,
    )


def _deadline(draft: Draft, orders: Orders, now: Instant) -> Deadline:
    if draft.closes is None or not draft.closes.strip():
        return Deadline(orders.span_ms("term"))
    deadline = read_deadline(draft.closes, now, draft.zone)
    if deadline.until_chapter and draft.story_id is None:
        raise BadDraftError(
            say("Until the next chapter of which story? Name one that is followed on this server.")
        )
    return deadline


def _order_change(draft: Draft) -> OrderChange | None:
    if draft.order_change is None:
        return None
    return OrderChange(*read_article(draft.order_change.article, draft.order_change.value))


def _rules(draft: Draft, orders: Orders) -> Rules:
    kind, options = _kind(draft)
    picks, seats = _picks(kind, draft.picks, len(options))
    threshold = _threshold(draft, orders, kind, seats)
    if draft.order_change is not None and not kind.is_aye_nay:
        raise BadDraftError(
            say("A change of the standing orders is put as Aye or Nay, without options.")
        )
    secret = (draft.ballot or Ballot(orders["ballot"])) is Ballot.SECRET
    return Rules(
        kind=kind,
        options=options,
        picks=picks,
        seats=seats,
        threshold=threshold,
        quorum=orders.quorum if draft.quorum is None else read_quorum(draft.quorum),
        electorate=Electorate(
            draft.role_id, orders.span_ms("membership"), latecomers=orders.is_on("latecomers")
        ),
        ballot=Ballot.SECRET if secret else Ballot.OPEN,
        visibility=(
            Visibility.ON_CLOSE if secret else draft.visibility or Visibility(orders["visibility"])
        ),
    )


def _kind(draft: Draft) -> tuple[Kind, tuple[str, ...]]:
    method = (draft.method or "simple").strip().casefold()
    options = draft.options if draft.options and draft.options.strip() else None
    if method == "decree":
        if options is not None:
            raise BadDraftError(say("A decree stands or falls whole: it has no options."))
        return Kind.DECREE, AYE_NAY_OPTIONS
    kind = _METHODS.get(method)
    if kind is None:
        raise BadDraftError(
            say(
                "I know no method “{method}”: simple, multiple, ranked or decree.",
                method=method[:40],
            )
        )
    if options is not None:
        return kind, read_options(options)
    if kind is not Kind.SINGLE:
        needs = (
            mark("A ranked vote needs options. Separate them with `|`: `Novara | Zvezda`.")
            if kind is Kind.RANKED
            else mark("A multiple vote needs options. Separate them with `|`: `Novara | Zvezda`.")
        )
        raise BadDraftError(say(needs))
    return Kind.AYE_NAY, AYE_NAY_OPTIONS


def _picks(kind: Kind, asked: int | None, options: int) -> tuple[int, int]:
    """Return how many options a ballot may name, and how many can win (0: all that pass)."""
    if kind.is_ranked:
        return options, 1
    if kind is not Kind.MULTIPLE:
        return 1, 1
    picks = options if asked is None else asked
    if not 1 <= picks <= options:
        raise BadDraftError(
            say("One can choose from 1 to {options} of {options} options.", options=options)
        )
    return picks, 0 if picks == options else picks


def _threshold(draft: Draft, orders: Orders, kind: Kind, seats: int) -> Threshold:
    """Return the asked threshold, or the one that belongs to the kind."""
    if draft.threshold is None or not draft.threshold.strip():
        if draft.order_change is not None:
            return TWO_THIRDS
        if kind.is_aye_nay:
            return orders.threshold
        # Whoever fills seats takes the most votes; whoever approves of each asks more than half.
        return PLURALITY if kind is Kind.SINGLE or (kind is Kind.MULTIPLE and seats) else MAJORITY
    if kind.is_ranked:
        raise BadDraftError(
            say(
                "A ranked vote is won by more than half of the ballots that are left; "
                "leave its threshold out."
            )
        )
    asked = read_threshold(draft.threshold)
    low = 2 * asked.numerator < asked.denominator
    if kind.is_aye_nay and asked.base is Base.CAST and low:
        raise BadDraftError(
            say("Less than half would let the Nays win and lose: ask for half or more.")
        )
    grave = 3 * asked.numerator >= 2 * asked.denominator
    if draft.order_change is not None and not grave:
        raise BadDraftError(say("Standing orders are changed by two thirds or more."))
    return asked
