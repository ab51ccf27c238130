"""Hungarian."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="írta|írja|írtad",
    own="én|mi|önök|ön|nekem|nekünk|kollégájuk|munkatársuk|írtam|hogy|maguk|kollégája",
    sender="feladó|küldő|feladta",
    date="küldve|elküldve|dátum|küldés dátuma|küldés ideje|küldés időpontja|időpont|küldte",
    to="címzett|címzettek|kapja",
    copy="másolat|másolatot kap|másolatot kapják|másolatot kapnak|titkos másolat|másolatot kapja",
    subject="tárgy",
    original=(
        "eredeti üzenet|eredeti levél|eredeti e-mail|eredeti találkozó|eredeti értekezlet|"
        "az eredeti üzenet|előző üzenet|válasz az üzenetre"
    ),
    forwarded=(
        "továbbított üzenet|továbbított levél|továbbított e-mail|a továbbított üzenet kezdete|"
        "a továbbított levél kezdete|továbbított üzenet kezdete|továbbítás|továbbított levél kezdete"
    ),
    forwards="tov|továbbítás|továbbítva|továbbított",
    device=(
        "ezt az üzenetet|ez az üzenet a(z) |iphone-omról|androidos outlook|"
        "outlook letöltése|az outlook letöltése|az androidos|androidos mobilról|mobilról|"
        "telefonról írva|az ios-es outlook|ios-es outlook|az iosos|a gmail|az én"
    ),
    device_ends=("küldve|küldöm|küldtem|letöltése|elküldve|írva|írtam|iphone-omról|ipademről|telefonomról"),
    closing=(
        "üdvözlettel|szívélyes üdvözlettel|baráti üdvözlettel|tisztelettel|mély tisztelettel|"
        "kiváló tisztelettel|megkülönböztetett tisztelettel|üdv|üdvözöl|üdvözlöm|köszönettel|köszönöm|"
        "köszönöm szépen|köszi|köszi szépen|kösz|köszönjük|előre is köszönöm|előre is köszi|"
        "előre is köszönjük|köszönöm a segítséget|köszönöm a segítségét|köszönöm a segítségüket|"
        "köszönöm válaszát|köszönöm a válaszukat|várom válaszát|várom válaszukat|"
        "várom mielőbbi válaszát|várom mielőbbi válaszukat|szép napot|szép napot kívánok|"
        "további szép napot|további szép napot kívánok|minden jót|minden jót kívánok|puszi|ölel|szia|"
        "sziasztok|viszontlátásra|legjobbakat|jó munkát|jó munkát kívánok|maradok tisztelettel|"
        "segítségüket köszönöm|segítségét előre is köszönöm|segítségüket előre is köszönöm"
    ),
    legal=(
        "ez az üzenet|ez az e-mail|ez az email|ez a levél|ez az elektronikus|jelen e-mail|jelen üzenet|"
        "jelen levél|jelen elektronikus|a jelen|az e-mail|az üzenet|a levél|az elektronikus|bizalmas|"
        "titoktartási|jogi nyilatkozat|adatvédelmi|figyelem|figyelmeztetés|amennyiben nem ön|ha nem ön|"
        "ha ön nem|kérjük, gondoljon|kérjük gondoljon|kérjük, kímélje|gondoljon a környezet|óvjuk|"
        "mielőtt kinyomtatja|felelősségkizárás"
    ),
    legal_terms=(
        "bizalmas|címzett|jogosulatlan|illetéktelen|törölj|értesíts|felelősség|titok|titkos|mellékle|"
        "csatol|tévedés|környezet|kinyomtat|nyilvánosságra|kizárólag"
    ),
    postscript="ui|u.i|utóirat|ps|p.s",
    away=(
        "automatikus válasz|automatikus üzenet|automatikus értesítés|házon kívül|házon kívül vagyok|"
        "távolléti üzenet|távolléti értesítés|szabadságon vagyok|irodán kívül"
    ),
    away_text=(
        "házon kívül|szabadságon vagyok|szabadságon leszek|automatikus válasz|automatikus üzenet|"
        "nem vagyok elérhető|irodán kívül|távollétem"
    ),
    bounced=(
        "kézbesíthetetlen|nem kézbesíthető|kézbesítési hiba|kézbesítési jelentés|kézbesítési értesítés|"
        "a levél nem kézbesíthető|sikertelen kézbesítés"
    ),
    bounced_text=(
        "nem sikerült kézbesíteni|nem kézbesíthető|kézbesítése sikertelen|nem lehetett kézbesíteni"
    ),
    read="olvasva|elolvasva|olvasási visszaigazolás|olvasatlan|nem olvasott",
    read_text=("olvasták|elolvasás|megjelenítették|olvasási értesítés|olvasási visszaigazolás|elolvasta"),
)
