"""Finnish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="kirjoitti|kirjoittanut",
    own="minä|me|te|teidän|minulle|meille|minun|että",
    sender="lähettäjä|keneltä",
    date="lähetetty|päivämäärä|pvm|päiväys",
    to="vastaanottaja|vastaanottajat|kenelle",
    copy="kopio|cc|piilokopio",
    subject="aihe|otsikko",
    original="alkuperäinen viesti|alkuperäinen sähköposti|alkuperäinen tapaaminen|alkup. viesti",
    forwarded=(
        "välitetty viesti|edelleenlähetetty viesti|edelleen lähetetty viesti|välitetty viesti alkaa|"
        "alkuperäinen välitetty viesti|lähetetty edelleen"
    ),
    forwards="vl|vs|fwd",
    device_ends="lähetetty",
    device="hanki outlook|lataa outlook|lähetin tämän",
    closing=(
        "terveisin|ystävällisin terveisin|parhain terveisin|terveiset|yst. terv|yt|t|kiitos|"
        "kiitos etukäteen|kiitos paljon|kiitos avusta|kiitoksia|kunnioittavasti|hyvää päivänjatkoa|"
        "mukavaa päivää|kiitos ja terveisin|sydämellisin terveisin"
    ),
    legal=(
        "tämä viesti|tämä sähköposti|tämän viestin|luottamuksellinen|luottamuksellisuus|"
        "ajattele ympäristöä|jos et ole|viestin sisältö"
    ),
    legal_terms=(
        "luottamuksel|vastaanottaj|tarkoitettu|vahingossa|poist|ympäristö|tulost|liite|vastuu|kielletty"
    ),
    postscript="ps|p.s",
    away="automaattinen vastaus|poissaoloilmoitus",
    away_text="poissa toimistolta|automaattinen vastaus|lomalla",
    bounced="toimittaminen epäonnistui|ei voi toimittaa",
    bounced_text="ei voitu toimittaa",
    read="luettu|lukukuittaus",
    read_text="on luettu|luettiin",
)
