"""Pictures: quote cards, the verdict of a motion, the timeline strip, the bot's own art.

Knows no Discord, no storage and no canon: plain values in (`scenes`), a picture out (`painter`).

    scenes     what may be drawn            painter    off the loop, bounded, cached
    quote, verdict, timeline, art           scene → words and shapes for the engine
    markdown → clean → richtext             a message → markup that is safe, drawable and can be cut
    press, fit                              the engine behind one door; the size at which it fits
    fonts, emoji, avatar                    what the engine is given to draw with
"""
