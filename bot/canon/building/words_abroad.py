"""The words that dates are made of in timelines that are not in English."""

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
_MORE_MONTHS = """
gennaio janeiro januari leden ledna ocak
febbraio fevereiro februari únor února şubat
março maart březen března
aprile duben dubna nisan
maggio maio mei květen května mayıs
giugno junho červen června haziran
luglio julho červenec července temmuz
augustus augusti srpen srpna ağustos
settembre setembro září eylül
ottobre outubro říjen října ekim
novembro kasım
dicembre dezembro prosinec prosince aralık
"""
MONTHS_ABROAD = {
    name: number
    for months in (_MONTHS, _MORE_MONTHS)
    for number, line in enumerate(months.split("\n")[1:-1], 1)
    for name in line.split()
}
"""Month in small letters → its number."""

_SEASONS = """
frühling frühjahr fruehjahr весна весной весною wiosna wiosną printemps primavera jaro
sommer лето летом lato latem été verano estate léto
herbst осень осенью jesień jesienią automne otoño autunno podzim
winter зима зимой зимою zima zimą hiver invierno inverno
"""
SEASONS_ABROAD = {
    name: code for code, line in enumerate(_SEASONS.split("\n")[1:-1], 21) for name in line.split()
}
"""Season in small letters → its EDTF code."""

PARTS_ABROAD = {
    said: part
    for part, all_said in {
        "early": "anfang|zu beginn|początek|początku|na początku|начало|начале|в начале|"
        "début|au début|principios|a principios|comienzos|a comienzos|inizio|all'inizio|inizi",
        "mid": "mitte|połowa|połowie|w połowie|середина|середине|в середине|"
        "milieu|mediados|a mediados|metà",
        "late": "ende|koniec|pod koniec|конец|конце|в конце|fin|à la fin|finales|a finales|"
        "fines|a fines|fine|alla fine",
    }.items()
    for said in all_said.split("|")
}
"""What says that only a part is meant → which."""

ROUGHLY_ABROAD = (
    "um|etwa|gegen|около|ок[.]|примерно|ok[.]|około|vers|hacia|alrededor de|verso|env[.]|ca[.]"
)
BEFORE_ABROAD = (
    "im|am|den|dem|в|во|w|we|dnia|le|en|du|el|del|la|les|los|il|nel|zwischen|entre|między|"
    "между|von|vom|od|с|со|от|de|dal|dall[ao]?|des|к"
)
"""Words that belong to the date they stand before."""
BOUNDS_ABROAD = (
    "vor|nach|seit|bis|ab|avant|après|depuis|dès|jusqu'en|antes de|después de|desde|hasta|"
    "prima del|dopo il|przed|po|do|до|после"
)
"""Words that cut time at the date they stand before."""
OF_ABROAD = "of|de|del|di"
TO_ABROAD = "bis|au|al|à|a|до|по|do"
AND_ABROAD = "und|et|y|e|i|и"
YEARS_ABROAD = (
    r"-(?:го|й|м|ом)(?: год\w{0,3})?(?!\w)|г{1,2}(?:[.]|(?!\w))|год\w{0,3}|р[.]|r[.]|roku|rok"
)
"""What may stand after a year and say that it is one: 1932 г., 1932 roku."""
CENTURY_ABROAD = (
    r"century|jahrhunderts?|jhd?t?\.|век[ае]?|столети[еяю]|siècles?|wieku?|siglo|secolo|século"
)
DECADE_ABROAD = (
    r"die|années|decenni?[oe]|década de(?: los)?|décadas? de|años|los años|anni|gli anni|"
    r"lata|latach|годы|roky"
)
BEFORE_CHRIST = (
    r"b\.c\.(?:e\.)?|bce?(?!\w)|v\. ?(?:chr|u\. ?z)\.|vor (?:christus|unserer zeit)|"
    r"до н\. ?э\.|до нашей эры|av\.? ?j\.?-? ?c\.?|avant (?:j\.-c\.|notre ère)|a\. ?c\.(?: ?n\.)?|"
    r"p\. ?n\. ?e\.|przed nasz[ąa] er[ąa]"
)
"""What says that a year lies before the first, English included."""
ANNO_DOMINI = (
    r"a\.d\.|ad(?!\w)|c\.e\.|ce(?!\w)|n\. ?(?:chr|u\. ?z)\.|н\. ?э\.|нашей эры|"
    r"ap(?:r)?\.? ?j\.?-? ?c\.?|d\. ?c\.|n\. ?e\."
)
"""What says that it does not."""
