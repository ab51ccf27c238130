"""Polish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="napisał|napisała|napisal|napisala|pisze|napisano|pisał|pisała",
    own="ja|my|wy|państwa|pan|pani|mi|nam|mój|nasz|że",
    sender="od|nadawca|from",
    date="wysłano|data|wysłane|wysłany|data wysłania|wyslano|wysłana|wysyłano",
    to="do|adresat|odbiorca",
    copy="dw|udw|kopia|do wiadomości",
    subject="temat",
    original=(
        "wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|oryginalny e-mail|"
        "oryginalny list|oryginalny termin|wiadomosc oryginalna|wiadomość źródłowa|treść wiadomości|"
        "treść oryginalnej wiadomości"
    ),
    forwarded=(
        "przekazana wiadomość|wiadomość przekazana|początek przekazanej wiadomości|przesłana wiadomość|"
        "przekazany e-mail|treść przekazanej wiadomości|początek przekazywanej wiadomości|"
        "przekazywana wiadomość|wiadomość przekazana dalej"
    ),
    forwards="pd|przek|fwd",
    device=(
        "wysłano z|wysłane z|wysłano przez|wysłane przez|wysłano za|wysłano ze|pobierz outlook|"
        "pobierz program outlook|wysłany z|wiadomość wysłana z|wysłane za pomocą|z mojego|"
        "wysłano do ciebie|wyslane z"
    ),
    device_ends="wysłano|wysłane",
    closing=(
        "pozdrawiam|serdecznie pozdrawiam|pozdrawiam serdecznie|pozdrowienia|z pozdrowieniami|"
        "z poważaniem|z powazaniem|z wyrazami szacunku|z szacunkiem|łączę pozdrowienia|dziękuję|"
        "dziekuje|dzięki|dziękuję i pozdrawiam|z góry dziękuję|z góry dziękuję za pomoc|"
        "dziękuję za pomoc|pozdr|miłego dnia|życzę miłego dnia|uprzejmie dziękuję|czekam na odpowiedź|"
        "dziękujemy|do widzenia|dziekuję"
    ),
    legal=(
        "ta wiadomość|niniejsza wiadomość|niniejszy e-mail|niniejszy email|treść tej|treść niniejszej|"
        "informacje zawarte|wiadomość ta|klauzula|poufne|poufność|zanim wydrukujesz|jeśli nie jest|"
        "jeżeli nie jest|jeśli nie jesteś|uwaga:|pomyśl o środowisku|ten e-mail|zastrzeżenie|"
        "administratorem"
    ),
    legal_terms=(
        "poufn|adresat|przeznaczon|omyłk|pomyłk|usun|usunię|zabronion|nieuprawnion|środowisk|wydruk|"
        "załącznik|odpowiedzialno|rozpowszechni|danych osobowych"
    ),
    postscript="ps|p.s",
    away=("automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem|nieobecność w biurze"),
    away_text=("poza biurem|na urlopie|automatyczna odpowiedź|automatyczna wiadomość|jestem nieobecn"),
    bounced="niedostarczalne|nie dostarczono|nie można dostarczyć|niedostarczona|zwrot wiadomości",
    bounced_text="nie można było dostarczyć|nie została dostarczona|nie udało się dostarczyć",
    read="przeczytano|potwierdzenie przeczytania|przeczytane",
    read_text="została przeczytana|zostało przeczytan|przeczytano dnia",
)
