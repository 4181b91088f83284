"""Heads of entries in Roman figures, other calendars and other languages; and what is none."""

import pytest

from bot.canon.building.leading_dates import leading_date
from bot.canon.building.leading_plain import plain_head

READ = """
MCMXXXII: x | 1932
MDCCLXXXIX – x | 1789
28.II.1933: x | 1933-02-28
3/IX/1939: x | 1939-09-03
IX.1939: x | 1939-09
18 Brumaire, Year VIII: x | 1799-11-09
9 thermidor an II – x | 1794-07-27
Easter 1916: x | 1916-04-23
Easter Monday 1916: x | 1916-04-24
12th–14th centuries: x | 11XX/13XX
1920er Jahre: x | 192X
1920-е годы: x | 192X
20-е годы: x | 192X
5/19/32: x | 1932-05-19
1 April '33 – x | 1933-04-01
10/6-10/18/1932: x | 1932-10-06/1932-10-18
1. Hälfte 1923: x | 1923-01/1923-06
2. Quartal 1923: x | 1923-04/1923-06
Frühjahr 1926: x | 1926-21
осень 1917 г. — x | 1917-23
zima 1921/22: x | 1921-24
printemps 1940: x | 1940-21
1 września 1939 r.: x | 1939-09-01
w maju 1945 r.: x | 1945-05
8 août 1945 : x | 1945-08-08
17 (30) октября 1905 г.: x | 1905-10-30
25 октября (7 ноября) 1917 г. — x | 1917-11-07
1914—1917 гг.: x | 1914/1917
в 1923 году: x | 1923
ок. 1925: x | 1925~
um 1920: x | 1920~
Anfang März 1919: x | 1919-03-01/1919-03-10
Ende 1919 – x | 1919-09/1919-12
5./6. Januar 1919: x | 1919-01-05/1919-01-06
19. Mai 1932, 14 Uhr: x | 1932-05-19
1932–05–19: x | 1932-05-19
1937 or 1938: x | 1937/1938
Late May or early June 1921: x | 1921-05-21/1921-06-10
Late 1934–early 1935: x | 1934-09/1935-04
0600 hours, 10 May 1940: x | 1940-05-10
Winter 1922–23 – x | 1922-24
FY 1933-34: x | 1933/1934
Sometime in 1936: x | 1936
1er avril 1801. x | 1801-04-01
Du 3 au 7 juin 1812. x | 1812-06-03/1812-06-07
Avant 1840. x | 1840~
Années 1820. x | 182X
XXe siècle : x | 19XX
XX век: x | 19XX
20. Jahrhundert: x | 19XX
siglo XIX: x | 18XX
15 de julio de 1936: x | 1936-07-15
Principios de 1937: x | 1937-01/1937-04
Entre 1938 y 1940: x | 1938/1940
Verano de 1943: x | 1943-22
с 1907 по 1910 — x | 1907/1910
конец 1930-х: x | 1937/1939
летом 1941-го: x | 1941-22
lata 30. XX wieku — x | 193X
Dal 3 al 9 luglio 1849: x | 1849-07-03/1849-07-09
Noël 1916: x | 1916-12-25
5 března 1921: x | 1921-03-05
1936-7: x | 1936/1937
Post-1937: x | 1937~
2032, Q2 ➜ x | 2032-04/2032-06
14 n. Chr.: x | 0014
"""
NONE = [
    "MIX: a drink",
    "MMM: a sound",
    "CIVIL 1914: x",
    "IV. The fourth part",
    "Easter eggs: many",
    "1st of Thermidor: nobody knows",
    "18 Brumaire, Year XL: x",
    "Ende gut: alles gut",
    "um zu gehen: x",
    "Le Mans: a race",
    "We march: x",
    "Mars is red",
    "5/19: a fraction",
    "12 or 13: men",
    "0600 hours: the attack",
    "20 Jahre: x",
]


@pytest.mark.parametrize("row", READ.strip().split("\n"))
def test_an_odd_date_is_read(row):
    written, _, days = row.rpartition(" | ")

    found = leading_date(written, year=1921, month=None)

    assert found is not None
    assert found.span is not None
    assert (found.span.edtf, found.rest) == (days, "x")


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_odd_is_no_date(text):
    found = leading_date(text, year=1921, month=None)

    assert found is None or found.span is None


@pytest.mark.parametrize("mark", [".", ":"])
@pytest.mark.parametrize("date", ["19 May 1924", "May 1924", "5 December 1000", "30 February 1932"])
@pytest.mark.parametrize("rest", ["Then it rains.", "5 ships sail.", "5 June 1925: x", "“x”", ""])
def test_the_short_way_says_what_the_long_way_says(mark, date, rest, monkeypatch):
    text = f"{date}{mark} {rest}"
    short = leading_date(text, year=None, month=None)
    assert rest[:1] not in {"T", "5"} or date[:2] == "30" or plain_head(text)

    monkeypatch.setattr("bot.canon.building.leading_dates.plain_head", lambda _text: None)

    assert leading_date(text, year=None, month=None) == short
