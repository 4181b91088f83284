"""The words that dates in German, Russian, Polish, French and Spanish timelines are made of."""

_MONTHS = """
januar jänner januara янв январь января январе січень січня styczeń stycznia styczniu janvier enero
februar feber фев февраль февраля феврале лютий лютого luty lutego lutym février fevrier febrero
märz maerz мар март марта марте березень березня marzec marca marcu mars marzo
апр апрель апреля апреле квітень квітня kwiecień kwietnia kwietniu avril abril
mai май мая мае травень травня maj maja maju mayo
juni июнь июня июне июн червень червня czerwiec czerwca czerwcu juin junio
juli июль июля июле июл липень липня lipiec lipca lipcu juillet julio
авг август августа августе серпень серпня sierpień sierpnia sierpniu août aout agosto
сен сент сентябрь сентября сентябре вересень вересня wrzesień września wrześniu septembre
oktober okt окт октябрь октября октябре жовтень жовтня październik października październiku octobre
ноя нояб ноябрь ноября ноябре листопад listopad listopada listopadzie novembre noviembre
dezember dez дек декабрь декабря декабре грудень грудня grudzień grudnia grudniu décembre diciembre
"""
MONTHS_ABROAD = {
    name: number
    for number, line in enumerate(_MONTHS.split("\n")[1:-1], 1)
    for name in line.split()
}
"""Month in small letters → its number."""

_SEASONS = """
frühling frühjahr fruehjahr весна весной весною wiosna wiosną printemps primavera
sommer лето летом lato latem été verano
herbst осень осенью jesień jesienią automne otoño
winter зима зимой зимою zima zimą hiver invierno
"""
SEASONS_ABROAD = {
    name: code for code, line in enumerate(_SEASONS.split("\n")[1:-1], 21) for name in line.split()
}
"""Season in small letters → its EDTF code."""

PARTS_ABROAD = {
    **dict.fromkeys(
        ("anfang", "zu beginn", "początek", "na początku", "начало", "в начале", "début"), "early"
    ),
    **dict.fromkeys(("mitte", "połowa", "w połowie", "середина", "в середине"), "mid"),
    **dict.fromkeys(("ende", "koniec", "pod koniec", "конец", "в конце", "fin"), "late"),
}
"""What says that only a part is meant → which."""

ROUGHLY_ABROAD = "um|etwa|gegen|около|ок[.]|примерно|ok[.]|około|vers"
BEFORE_ABROAD = "im|am|den|dem|в|во|w|we|dnia|le|en"
"""Words that belong to the date they stand before."""
YEARS_ABROAD = r"г{1,2}(?:[.]|(?!\w))|год\w{0,3}|р[.]|r[.]|roku|rok"
"""What may stand after a year and say that it is one: 1932 г., 1932 roku."""
