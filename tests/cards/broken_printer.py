"""A printer that some words break, and that does not draw the others: for the tests' processes."""

import os
import time

from bot.cards.scenes import Picture


def open_printer(_settings):
    def answer(order):
        match order and order.scene.text:
            case "abort":
                os.abort()
            case "hang":
                time.sleep(60)
            case "raise":
                raise ValueError(order.scene.text)
            case "environment":
                raise ValueError(" ".join(os.environ))
        return order and Picture(order.language.encode(), 1, 1, order.scene.text)

    return answer


def die_at_once(_settings):
    os.abort()
