"""The table of date forms: what is typed, which days it means, which words are left."""

from bot.canon import dates
from bot.canon.dates import DateSpan
from bot.canon.query import Query, parse_iso_span, parse_query

ERAS = {
    "interwar": parse_iso_span("1918-11/1939-08"),
    "the Great War": parse_iso_span("1914-07/1918-11"),
    "Great War in the East": parse_iso_span("1914-08/1917-12"),
    "Régence": parse_iso_span("1715-09/1723-02"),
    "first five-year plan": parse_iso_span("1928-10/1932-12"),
    "before the flood": parse_iso_span("../1900"),
}


def ask(text: str) -> Query:
    return parse_query(text, ERAS)


def said(span: DateSpan) -> str:
    """Write a span's days as first/last, `..` where it is open."""
    first = ".." if span.first == dates.BEGINNING else span.first_day.isoformat()
    last = ".." if span.last == dates.END else span.last_day.isoformat()
    return first if first == last else f"{first}/{last}"


def written(shorthand: str) -> str:
    """Spell out `1932`, `1932-05/1932-06` or `../1932` as first and last day."""
    first, _, last = shorthand.partition("/")
    start = ".." if first == ".." else parse_iso_span(first).first_day.isoformat()
    finish = last or first
    end = ".." if finish == ".." else parse_iso_span(finish).last_day.isoformat()
    return start if start == end else f"{start}/{end}"


# Every line: what is typed, the days it means (EDTF), and, if any are left, the words.
FORMS = """
19/V/1924 | 1924-05-19
19.V.1924 | 1924-05-19
19 V 1924 | 1924-05-19
25-VIII-1939 | 1939-08-25
I.1926 | 1926-01
'24 nov | 1924-11
01.09.39 | 1939-09-01
in the year of our lord 1933 | 1933
the year of grace 1933 | 1933
week of 28 Feb 1932 | 1932-02-22/1932-02-28
nineteen thirty-nine | 1939
nineteen oh five | 1905
eighteen twelve | 1812
summer of nineteen twenty-six | 1926-06/1926-08
christmas 1938 | 1938-12-25
christmas eve of 1914 | 1914-12-24
new year's day 1920 | 1920-01-01
easter 1916 | 1916-04-23
last months of 1924 | 1924-10/1924-12
the first three months of 1919 | 1919-01/1919-03
first two weeks of may 1924 | 1924-05-01/1924-05-14
last few days of august 1939 | 1939-08-29/1939-08-31
1932 | 1932
1000 | 1000
2100 | 2100
１９３２ | 1932
١٩٣٢ | 1932
in 1932 | 1932
during 1932 | 1932
year 1932 | 1932
the year 1932 | 1932
in the year 1932 | 1932
in 1932 year | 1932
AD 1932 | 1932
1932 AD | 1932
year 989 | 0989
in 989 | 0989
'32 | 1932
1932's | 1932
Feb 1932 | 1932-02
Feb. 1932 | 1932-02
February, 1932 | 1932-02
february of 1932 | 1932-02
FEBRUARY 1932 | 1932-02
in Sept. 1939 | 1939-09
1932 May | 1932-05
1932, May | 1932-05
may '24 | 1924-05
june 41 | 1941-06
sep-39 | 1939-09
1932-05 | 1932-05
1932‑05 | 1932-05
1932-5 | 1932-05
1932/05 | 1932-05
1932.05 | 1932-05
05/1932 | 1932-05
5/1932 | 1932-05
05.1932 | 1932-05
1908-12 | 1908-12
1908–12 | 1908/1912
19 May 1924 | 1924-05-19
19 may 1924 | 1924-05-19
19th May 1924 | 1924-05-19
19th of May 1924 | 1924-05-19
the 19th of May, 1924 | 1924-05-19
on the 19th of May 1924 | 1924-05-19
Monday, 19 May 1924 | 1924-05-19
the first of May 1924 | 1924-05-01
1. September 1939 | 1939-09-01
01-sep-1939 | 1939-09-01
22 june 41 | 1941-06-22
May 19, 1924 | 1924-05-19
May 19 1924 | 1924-05-19
May 19th 1924 | 1924-05-19
May 19,1924 | 1924-05-19
Sept. 1, 1939 | 1939-09-01
1924 May 19 | 1924-05-19
1939-sep-01 | 1939-09-01
1924-05-19 | 1924-05-19
1924/05/19 | 1924-05-19
1924.5.19 | 1924-05-19
19.05.1924 | 1924-05-19
5.6.1924 | 1924-06-05
19/05/1924 | 1924-05-19
05/19/1924 | 1924-05-19
5/5/1924 | 1924-05-05
19-5-1924 | 1924-05-19
19 may in 1924 | 1924-05-19
1930s | 1930/1939
1930's | 1930/1939
30s | 1930/1939
'30s | 1930/1939
’30s | 1930/1939
20's | 1920/1929
the 20s | 1920/1929
the thirties | 1930/1939
nineteen-thirties | 1930/1939
the nineteen twenties | 1920/1929
192X | 1920/1929
193x | 1930/1939
1900s | 1900/1909
1800s | 1800/1899
19xx | 1900/1999
20th century | 1901/2000
the twentieth century | 1901/2000
19th-century | 1801/1900
early 1938 | 1938-01/1938-04
mid 1938 | 1938-05/1938-08
mid-1938 | 1938-05/1938-08
late 1938 | 1938-09/1938-12
late in 1938 | 1938-09/1938-12
beginning of 1938 | 1938-01/1938-04
the middle of 1938 | 1938-05/1938-08
at the end of 1938 | 1938-09/1938-12
early 1930s | 1930/1933
mid-1930s | 1934/1936
late thirties | 1937/1939
end of the twenties | 1927/1929
early May 1924 | 1924-05-01/1924-05-10
mid-May 1924 | 1924-05-11/1924-05-20
late May 1924 | 1924-05-21/1924-05-31
early 20th century | 1901/1934
late spring 1926 | 1926-05
mid to late 1930s | 1934/1939
mid-to-late 1930s | 1934/1939
spring 1926 | 1926-03/1926-05
spring of 1926 | 1926-03/1926-05
summer of '36 | 1936-06/1936-08
autumn 1926 | 1926-09/1926-11
fall of 1929 | 1929-09/1929-11
winter 1926 | 1926-12/1927-02
winter 1926/27 | 1926-12/1927-02
winter 1926-27 | 1926-12/1927-02
winter of 1926–1927 | 1926-12/1927-02
1926 spring | 1926-03/1926-05
1926-21 | 1926-03/1926-05
1926-22 | 1926-06/1926-08
1926-23 | 1926-09/1926-11
1926-24 | 1926-12/1927-02
Q2 1932 | 1932-04/1932-06
q4 of 1932 | 1932-10/1932-12
1932 Q2 | 1932-04/1932-06
1932-Q2 | 1932-04/1932-06
second quarter of 1932 | 1932-04/1932-06
last quarter of 1932 | 1932-10/1932-12
first half of 1932 | 1932-01/1932-06
2nd half of 1932 | 1932-07/1932-12
H1 1932 | 1932-01/1932-06
second half of the 1930s | 1935/1939
1926-1928 | 1926/1928
1926‐1928 | 1926/1928
1926–1928 | 1926/1928
1926—1928 | 1926/1928
1926−1928 | 1926/1928
1926 - 1928 | 1926/1928
1926 -> 1928 | 1926/1928
1926 to 1928 | 1926/1928
1926..1928 | 1926/1928
1926/1928 | 1926/1928
1926 until 1928 | 1926/1928
1926 through 1928 | 1926/1928
between 1926 and 1928 | 1926/1928
between the years 1926 and 1928 | 1926/1928
from 1926 to 1928 | 1926/1928
1928-1926 | 1926/1928
from 1928 to 1926 | 1926/1928
1914-18 | 1914/1918
1914–18 | 1914/1918
1914 to 18 | 1914/1918
from 1914-18 | 1914/1918
1926-28 | 1926/1928
1917-22 | 1917/1922
1932/33 | 1932/1933
1908-13 | 1908/1913
'36-'39 | 1936/1939
Feb-May 1932 | 1932-02/1932-05
Feb to May 1932 | 1932-02/1932-05
may and june 1932 | 1932-05/1932-06
May/June 1932 | 1932-05/1932-06
between Feb and May 1932 | 1932-02/1932-05
Feb 1932 - May 1932 | 1932-02/1932-05
Feb 1932–May 1932 | 1932-02/1932-05
May 1924 to August | 1924-05/1924-08
Nov-Feb 1932 | 1931-11/1932-02
02/1932 to 05/1932 | 1932-02/1932-05
1926-05/1926-08 | 1926-05/1926-08
10-13 August 1932 | 1932-08-10/1932-08-13
10–13 August 1932 | 1932-08-10/1932-08-13
13-10 August 1932 | 1932-08-10/1932-08-13
10th to the 13th of August 1932 | 1932-08-10/1932-08-13
between 10 and 13 August 1932 | 1932-08-10/1932-08-13
August 10-13, 1932 | 1932-08-10/1932-08-13
August 10 to August 13, 1932 | 1932-08-10/1932-08-13
1 May to 19 May 1924 | 1924-05-01/1924-05-19
May 19 - June 2, 1924 | 1924-05-19/1924-06-02
1 May 1924 to 19 May | 1924-05-01/1924-05-19
25 October/7 November 1917 | 1917-10-25/1917-11-07
1924-05-19/1924-06-02 | 1924-05-19/1924-06-02
spring-summer 1942 | 1942-03/1942-08
Q1-Q3 1932 | 1932-01/1932-09
1920s-30s | 1920/1939
20s and 30s | 1920/1939
late 1920s to early 1930s | 1927/1933
1924 or 1925 | 1924/1925
1932, May 1933 | 1932/1933-05
1926 up to 1928 | 1926/1928
1926-05-1926-08 | 1926-05/1926-08
from the beginning of 1926 to the end of 1928 | 1926/1928
1924, 1925 | 1924/1925
1926/.. | 1926/..
../1926 | ../1926
before 1930 | ../1929
pre-1930 | ../1929
pre–1930 | ../1929
prior to 1930 | ../1929
earlier than 1930 | ../1929
before May 1924 | ../1924-04
before 19 May 1924 | ../1924-05-18
before the thirties | ../1929
shortly before 1930 | ../1929
until 1930 | ../1930
till 1930 | ../1930
up to 1930 | ../1930
by 1930 | ../1930
no later than 1930 | ../1930
by the end of 1932 | ../1932
1930 or earlier | ../1930
after 1930 | 1931/..
after 1914-18 | 1919/..
post-1930 | 1931/..
later than May 1924 | 1924-06/..
since 1930 | 1930/..
since May 1924 | 1924-05/..
from 1930 | 1930/..
from May 1924 on | 1924-05/..
1930 onwards | 1930/..
1930+ | 1930/..
1926 to the present | 1926/..
since the end of May 1924 | 1924-05-31/..
after 1926 before 1930 | 1927/1929
after 1926 and before 1930 | 1927/1929
since 1926 until 1928 | 1926/1928
after 1926 until 1928 | 1927/1928
interwar | 1918-11/1939-08
the interwar period | 1918-11/1939-08
Inter-War | none | Inter-War
during the great war | 1914-07/1918-11
before the Great War | ../1914-06
great war in the east | 1914-08/1917-12
regence | 1715-09/1723-02
FIRST FIVE YEAR PLAN | 1928-10/1932-12
early interwar | 1918-11/1925-10-10
before the flood | ../1900
turkish war before 1930 | ../1929 | turkish war
stalin 1924 | 1924 | stalin
1924 Stalin | 1924 | Stalin
what happened in 1932? | 1932 | what happened
1932 events | 1932 | events
revolutions in the 1920s | 1920/1929 | revolutions
who was killed in May 1924 | 1924-05 | who was killed
tell me about 1932 | 1932 | tell me
Stalin (1924) | 1924 | Stalin
“1932” famine | 1932 | famine
**1932** famine | 1932 | famine
1932's famine | 1932 | famine
1932: famine, then war | 1932 | famine, then war
Lenin (1870–1924) | 1870/1924 | Lenin
famine 1932-33 in Ukraine | 1932/1933 | famine in Ukraine
treaty of 1926 | 1926 | treaty
the Civil War, 1918-21, in Siberia | 1918/1921 | the Civil War in Siberia
Bloody Sunday 22 January 1905 | 1905-01-22 | Bloody Sunday
tannenberg (26-30 aug 1914) | 1914-08-26/1914-08-30 | tannenberg
march on rome 1922 | 1922 | march on rome
1922 march on rome | 1922 | march on rome
october revolution 1917 | 1917 | october revolution
1917 October Revolution | 1917 | October Revolution
May Day 1932 | 1932 | May Day
fall of paris 1940 | 1940 | fall of paris
U-14 1932 | 1932 | U-14
Tb 81 may 1924 | 1924-05 | Tb 81
division 35 may 1924 | 1924-05 | division 35
10,000 words in 1932 | 1932 | 10,000 words
the 5 year plan 1928 | 1928 | the 5 year plan
1932 tons in 1933 | 1933 | 1932 tons
1932 tanks | 1932 | tanks
عام 1932 | 1932 | عام
🎉 1932 | 1932 | 🎉
stalin interwar trotsky | 1918-11/1939-08 | stalin trotsky
"""
ROWS = [tuple(x.strip() for x in line.split("|")) for line in FORMS.strip().splitlines()]

NO_DATES = """
new year
christmas truce
easter rising
nineteen men
first months of the war
last days
World War II
Nicholas II
generalkriegsplan iv
may
march
mar
sun
spring
August
winter
fall of paris
march on rome
may day
May Fourth Movement
October Revolution
The October Manifesto
second army
10,000 words
5000 paratroopers
1200 paratroopers
U-14
54 T
Tb 81 T
SMS Hamburg (renamed Revolyutsiya)
S-35
G-101
T-34
Tu-154
HMS H3
D1
M1891
Model 1891
Operation 1005
Order No. 227
Article 58
Room 101
Hill 937
chapter 12
no. 1932
page 1932
30 divisions
may 19 divisions
15 to 20 divisions
1000 to 2000 men
23,000 men
200 tons of gas
1932 tons
1932%
$1932
#1932
99 years
1000-year reich
a 1000 year reich
152 mm
152-mm howitzer
7.62 mm
Plan IV
1.5
3.1415
1,932
1932.5
12:30
19:32
24/7
9/11
5-10
555-1932
1932-101
12
450
44 BC
1000 BC
5th century BC
Second World War
the second half
third quarter
Twenty-One Conditions
the twenty
a man in his thirties
her late twenties
in his mid-30s
the late Stalin
early warning
mid-Atlantic
the end of history
the beginning of the end
between Rome and Berlin
from Moscow to Berlin
from may to august
since Lenin
after Stalin
by the sea
about Lenin
around the world
pre-war
post-war Europe
post office
up to eleven
The Spring Offensive
Prague Spring
August Bebel
The April Theses
July Crisis
The June Days
January Uprising
Autumn Harvest Uprising
The Winter Palace
The Winter War
The March of the Volunteers
March Action
The Long March
Black Friday
18 Brumaire
7 days in May
September Programme
Ten Days That Shook the World
Year One of the Republic
The Age of Steel
Decembrists
Mayday
Marchlewski
First International
century of progress
The 1st of the line
article 9 may be changed
'32'
"quoted" NEAR(words)
AND OR NOT *
""".strip().splitlines()
