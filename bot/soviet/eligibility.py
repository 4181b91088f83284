"""Who may vote, second, move. Pure: Discord's word on a member, held against a motion."""

from bot.clock import Instant
from bot.language.speech import say, say_many
from bot.soviet.clicks import Member
from bot.soviet.models import DAY_MS, HOUR_MS, MINUTE_MS, Motion
from bot.soviet.orders import Orders


def off_the_roll(motion: Motion, member: Member, now: Instant) -> str | None:
    """Return why *member* has no part in *motion*, in words, or None.

    Membership is judged at the moment the motion opened, or at *now* while it is tabled.
    """
    electorate = motion.rules.electorate
    if member.is_bot:
        return say("bots have no vote here.")
    if electorate.role_id is not None and electorate.role_id not in member.role_ids:
        return say("it is for holders of <@&{role}>.", role=electorate.role_id)
    return off_the_roll_by_age(motion, member.joined_at, now)


def off_the_roll_by_age(motion: Motion, joined_at: Instant | None, now: Instant) -> str | None:
    """Return why a member since *joined_at* belongs too short, in words, or None."""
    electorate = motion.rules.electorate
    counted = now if motion.opened_at is None else motion.opened_at
    if joined_at is None:
        # Discord leaves it out now and then; where nobody asks how long, that shuts nobody out.
        if not electorate.minimum_age_ms:
            return None
        return say("Discord does not say how long you belong.")
    if not electorate.latecomers and joined_at > counted:
        return say("you joined after it opened.")
    if electorate.minimum_age_ms and counted - joined_at < electorate.minimum_age_ms:
        return say(
            "one must have been a member for {span} by then.",
            span=span_in_words(electorate.minimum_age_ms),
        )
    return None


def may_not_move(
    orders: Orders, member: Member, pending: int, last: Instant | None, now: Instant
) -> str | None:
    """Return why *member* may not move now, in words, or None.

    *pending*: their undecided motions; *last*: when they last moved one.
    """
    role = orders.role("movers")
    if member.is_bot:
        return say("Bots do not move motions.")
    if role is not None and role not in member.role_ids and not member.manages:
        return say(
            "Here only holders of <@&{role}> move motions (standing orders, `movers`).", role=role
        )
    if pending >= orders.number("pending"):
        return say_many(
            "You have {number} motions undecided, as many as the standing orders allow. "
            "Wait for one, or withdraw one that is not open yet.",
            "You have {number} motions undecided, as many as the standing orders allow. "
            "Wait for one, or withdraw one that is not open yet.",
            pending,
        )
    if last is not None and now - last < orders.span_ms("cooldown"):
        wait = orders.span_ms("cooldown") - (now - last)
        return say(
            "You moved one a while ago; the next may follow in {span}.", span=span_in_words(wait)
        )
    return None


def may_not_decree(orders: Orders, member: Member) -> str | None:
    """Return why *member* may not decree, in words, or None."""
    if member.manages or orders.role("praesidium") in member.role_ids:
        return None
    return say("Decrees come from the praesidium. Move it as an ordinary motion.")


def span_in_words(span_ms: int) -> str:
    """Return a span in its two largest units, rounded up to minutes: `2 days 12 hours`."""
    minutes = -(-span_ms // MINUTE_MS)
    days, rest = divmod(minutes, DAY_MS // MINUTE_MS)
    hours, minutes = divmod(rest, HOUR_MS // MINUTE_MS)
    named = [
        say_many("{number} day", "{number} days", days) if days else "",
        say_many("{number} hour", "{number} hours", hours) if hours else "",
        say_many("{number} minute", "{number} minutes", minutes) if minutes else "",
    ]
    return " ".join([each for each in named if each][:2]) or say_many(
        "{number} minute", "{number} minutes", 0
    )
