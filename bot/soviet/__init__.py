"""The Supreme Soviet: motions, ballots, verdicts, and what follows from them. Knows no Discord."""
