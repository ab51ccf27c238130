"""Words beside which a name stands, in six languages; ``*`` as in the cues."""

from nlp.redaction.number_words import words

# What follows is a name: "sure", whatever it is; "maybe", if it looks like one.
ANNOUNCES = {
    "sure": """my name is; my name s; my name; name is; name s; full name is; last name is; first name is;
        surname is
        ; given name is; family name is; under the name; under the name of; the name of; i am called;
        they call me; call me
        ; is called; speaking with; speaking to; talking to; talk to; speak to; speak with; spoke to;
        spoke with; i spoke to
        ; nevem; a nevem; a neve; ügyintéző; mein name ist; mein name; ich heiße; ich heisse; heiße;
        hier spricht; am apparat ist
        ; je m appelle; mon nom est; mon nom; mon prénom est; s appelle; me llamo; mi nombre es; mi nombre;
        se llama; le habla
        ; habla con; שמי; שמי הוא; קוראים לי; השם שלי הוא; השם שלי; שם מלא; מדבר עם; מדברת עם;
        maiden name is""",
    "maybe": """this is; i am; i m; it s; here is; under; for; from; with; by; named; called; name;
        ask for; regarding; about
        ; ich bin; hier ist; von; für; je suis; ici; c est; pour; de la part de; soy; habla; aquí; para;
        con; itt; én
        ; vagyok; אני; כאן; מדבר; מדברת; עם; של; up with; contact; tell; met; and; told; asked; see""",
    "title": """mr; mrs; ms; miss; mister; mx; dr; doctor; prof; professor; madam; sir; herr; herrn; frau;
        fräulein; monsieur
        ; madame; mademoiselle; mme; mlle; señor; señora; señorita; sr; sra; doña; signor; signora; dra;
        özvegy; ifj; id
        ; מר; גברת; גב; דוקטור; agent; customer; client; captain; officer; detective; senator; president;
        directed by; starring""",
    "greeting": """hi; hello; hey; dear; good morning; good afternoon; good evening; kedves; tisztelt;
        szia; helló; jó napot
        ; hallo; liebe; lieber; guten tag; guten morgen; sehr geehrte; sehr geehrter; bonjour; cher; chère;
        salut; hola
        ; estimado; estimada; querido; querida; buenos días; buenas tardes; שלום; היי; הי; לכבוד;
        nice to meet you; welcome""",
    "parting": """thanks; thank you; many thanks; regards; kind regards; best regards; best; sincerely;
        yours sincerely
        ; yours truly; yours; cheers; bye; goodbye; you re welcome; welcome; sorry; okay; great; perfect;
        understood; appreciate it
        ; üdvözlettel; üdv; tisztelettel; köszönöm; köszönettel; viszlát; danke; vielen dank; grüße;
        mit freundlichen grüßen
        ; viele grüße; tschüss; merci; cordialement; bien cordialement; au revoir; gracias; muchas gracias;
        saludos; atentamente
        ; adiós; תודה; תודה רבה; בברכה; להתראות; love; sure; yes; no; alright; well; absolutely; certainly;
        noted; right""",
    "after": """speaking; here; vagyok; beszél; úr; úrnak; úrral; asszony; asszonynak; am apparat;
        à l appareil; al habla
        ; hívnak; מדבר; מדברת; speaks""",
}
PARTICLES = words("de van von der den del della di da dos das la le el al bin ben ibn y ter ten zu af av")
# How family names end where no list is complete: Slavic, Nordic, Greek, Armenian, Georgian, Turkish.
SURNAME_ENDINGS = (
    "ová", "ova", "eva", "ev", "ov", "enko", "chuk", "czyk", "wicz", "vich", "vić", "ović", "ević", "ski",
    "ska", "sky", "ská",
    "ský", "sson", "sen", "dottir", "dóttir", "poulos", "akis", "idis", "yan", "shvili", "adze", "oğlu",
    "escu", "eanu", "aitis",
    "auskas", "iene", "stein", "berg", "baum", "mann", "ffy", "házi", "falvi", "helyi", "owski", "ewicz",
    "quist", "ström", "lund",
)  # fmt: skip
# Capitalised words beside which no name stands, or which begin none.
NO_NAMES = words(
    "someone somebody anyone anybody human person real live option international airways airport"
    " finally according unfortunately i you he she it we they my your his her our their the a an this"
    " that these those there here what which who whom whose when"
    " where why how is are was were be been am do does did have has had can could will would shall"
    " should may might must not no"
    " yes ok okay sure please thanks thank hello hi hey dear sir madam customer service support team"
    " all everyone again friend guys"
    " agent bot user system just very much so well also and or but if then because with without for"
    " from to at by of on in up out"
    " about after before over under again once more most some any each every other another one two"
    " three first last next new"
    " mr mrs ms miss dr prof good great nice fine best morning afternoon evening day today tomorrow"
    " yesterday monday tuesday"
    " wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november"
    " december sorry happy sad glad angry sick done ready back calling looking trying having getting"
    " going interested wondering"
    " really still currently only never always not unable able afraid aware sure speaking here name"
    " account number card order"
    " phone email address street road avenue apartment apt suite city state country bank airline"
    " airlines hotel travel company"
    " department manager supervisor representative account billing sales technical help desk office"
    " center centre group inc ltd llc"
    " corp corporation university school hospital club church restaurant store shop mobile internet"
    " online premium basic plus pro"
    " american european british english german french spanish italian chinese japanese russian"
    " hungarian israeli hebrew canadian"
    " ich sie er es wir ihr der die das ein eine und oder nicht ja nein bitte danke guten hallo herr"
    " frau zusammen damen kunde"
    " je tu il elle nous vous ils le la les un une et ou ne pas oui non merci bonjour monsieur madame"
    " service client équipe"
    " yo tú él ella nosotros el los las un una y o no sí por favor gracias hola señor señora cliente"
    " servicio equipo buenos"
    " én te ő mi ti ők a az egy és vagy nem igen kérem köszönöm ügyfél ügyfelünk hölgyem uram szolgálat"
    " csapat itt ott most"
    " אני אתה את הוא היא אנחנו הם לא כן בבקשה תודה שלום לקוח שירות של על עם זה זאת מה מי רוצה צריך"
    " מתקשר מתקשרת לגבי"
)
