"""The face of the chamber: motions, ballots, receipts, lists and verdicts as Discord shows them."""
