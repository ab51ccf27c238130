"""Given names and surnames of thirty countries, from the lists of the package Faker; loaded when needed."""

import importlib
from functools import lru_cache

from nlp.redaction.number_words import plain, words

_LOCALES = (
    "en_US", "en_GB", "en_IN", "hu_HU", "he_IL", "de_DE", "de_AT", "fr_FR", "es_ES", "es_MX", "it_IT",
    "nl_NL",
    "pl_PL", "pt_PT", "pt_BR", "sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ", "sk_SK", "ro_RO", "hr_HR",
    "sl_SI",
    "ru_RU", "uk_UA", "tr_TR", "el_GR", "et_EE", "lv_LV", "lt_LT",
)  # fmt: skip
_SHORTEST = 3  # letters; shorter ones are more often something else
# Names that are words, months, places or firms as well: they need more evidence than a capital letter.
AMBIGUOUS = words(
    "mert aki annak ide jere man case nas אלה אמור אדם hilton hyatt marriott sheraton westin francisco"
    " contoso swift aud fluffy care like take total"
    " nothing my don love more good made long hope day us guy said best little lot post edit real else"
    " must read job hell soon company may"
    " bill car case house link young weeks room line list key cases strong date de gun power small mate"
    " ball law bills short white"
    " odd doctor lie lucky price rich beer black wall deep per faith smart gross ring bud floor page"
    " church summer glass snow kiss"
    " parent nagy cross killer kick pop major joy park wild wise ban winter merchant held tank green"
    " field tea lord petty owe harm"
    " refs rush north king brown pal parts west golden cousin stock moon bite miles bright flowers cook"
    " sue vid junk stone toy meta"
    " server glasses storm powers bell seven beard suits sales chase odds lad max loyal bird lips hunt"
    " banks hill bath asks harsh"
    " burger sane frank ties rice savage dash burns branch angel gal rose jack hammer sharp forum bull"
    " prince wood gray butcher walls"
    " pages woods urban cannon pole buck singer rust mile hall grace penny fox drew diamond lean mall"
    " horn brink camps dam fields gene"
    " warmer neo bent tan noble mayo arts grant hood brands pace tore villa cherry destiny palm raid"
    " bail mist bridges ray barber"
    " summers bean holder bond cord pastor sellers vain saga brandy curry wolf foster booth peer knight"
    " graves bass bravo ward payer"
    " bishop macho wells beau bitten crystal ale jet lance gates grill lamb helm downs warrior sparks"
    " combs hunter halls lone farmer"
    " parry polly doe walker pier roach pope manning mart valentine stark sole ants marks thor dom"
    " moody will mark art august april"
    " june july march sunny dawn eve ivy iris lily violet olive pearl ruby amber jade basil sage ginger"
    " holly heather hazel autumn"
    " skip chance sterling rocky dusty patience charity mercy trinity harmony melody carol christian"
    " pat rob harry chuck nick jerry"
    " guy dean duke earl baron major marshal marshall chancellor judge page porter archer fisher mason"
    " miller potter baker carter"
    " taylor tailor cooper turner smith shepherd gardener"
    " paris london florence sydney georgia austin charlotte jordan chelsea israel india china ireland"
    " chad kenya asia america"
    " virginia carolina dakota montana madison lincoln washington jackson houston dallas denver phoenix"
    " orlando brooklyn lourdes"
    " santiago valencia cordoba roma milano genova napoli sofia vienna geneva cairo kent york berlin"
    " hamburg bremen hannover wien"
    " salzburg london boston england holland france germany english french german spanish ford mercedes"
    " tesla oracle dell chase"
    " wells fargo delta norton visa apple amazon santander barclay lloyd morgan paypal google zoom echo"
    " siri alexa cortana bing"
    " monday tuesday wednesday thursday friday saturday sunday internet windows office word excel teams"
    " outlook house city street"
    " home first second third new old high low big great can could would should shall might one two"
    " three four five six eight nine"
    " ten south east saint san los las der die das und mit von dem den ein eine mann herr frau kaiser"
    " koch klein gross lang kurz"
    " roth weiss schwarz braun jung winkler sommer herbst berg stein bach wald gut baum vogel fuchs"
    " hahn haas hase engel kraft"
    " stark ernst winter horn lange neu alt ende ganz kis szabó kovács tóth horváth varga molnár németh"
    " balogh farkas papp takács"
    " juhász mészáros simon fekete fehér szűcs halász katona magyar lengyel orosz király vörös sipos"
    " török hegedűs blanco negro"
    " rojo moreno rubio bravo cruz campo reina rey reyes sol luz mar paz flores iglesias torres prado"
    " rosa blanca petit grand"
    " leroy roux blanc noir brun martin bon roi mercier boucher"
)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """First names, ``plain``."""
    return _names("first_name")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Family names, ``plain``; of double names each part."""
    return _names("last_name")


def _names(kind: str) -> frozenset[str]:
    found: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind) and not callable(getattr(provider, attribute)):
                found.update(
                    plain(part)
                    for name in getattr(provider, attribute)
                    for part in str(name).replace("-", " ").split()
                )
    return frozenset(name for name in found if len(name) >= _SHORTEST and name.isalpha())
