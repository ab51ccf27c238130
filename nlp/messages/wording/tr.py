"""Turkish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="yazdı|yazmış|yazdi",
    own="ben|biz|siz|sizin|bana|bize|benim|bizim",
    sender="gönderen|kimden|gonderen",
    date="gönderildi|tarih|gönderim tarihi|gönderilme tarihi|gönderme tarihi",
    to="kime|alıcı",
    copy="bilgi|cc|gizli",
    subject="konu",
    original=("özgün ileti|orijinal mesaj|özgün mesaj|orijinal ileti|asıl ileti|orjinal mesaj|özgün randevu"),
    forwarded=(
        "yönlendirilmiş ileti|iletilen mesaj|yönlendirilen ileti|yönlendirilen mesaj|"
        "iletilmiş mesaj başlangıcı|yönlendirilmiş mesaj|iletilen ileti|"
        "yönlendirilmiş iletinin başlangıcı"
    ),
    forwards="ilt|ynt|fwd",
    device=(
        "iphone'umdan|iphone’umdan|ipad'imden|samsung|android için outlook|ios için outlook|"
        "cep telefonumdan|windows için"
    ),
    device_ends="gönderildi|gönderilmiştir|edinin|gönderilmiştir.|alın|indirin|gönderdim",
    closing=(
        "saygılarımla|saygılarımızla|en iyi dileklerimle|sevgiler|selamlar|iyi günler|iyi çalışmalar|"
        "teşekkürler|teşekkür ederim|çok teşekkürler|şimdiden teşekkürler|teşekkür ederiz|kolay gelsin|"
        "hoşça kalın|iyi günler dilerim|saygılar|sevgilerimle|şimdiden teşekkür ederim"
    ),
    legal=(
        "bu e-posta|bu mesaj|bu ileti|bu elektronik|gizlilik|yasal uyarı|uyarı:|eğer bu|bu e-postanın|"
        "lütfen çevreyi"
    ),
    legal_terms="gizli|alıcı|yanlışlıkla|hata|silin|yetkisiz|yasak|çevre|yazdır|ekler|sorumlu",
    postscript="not|ps|p.s",
    away="otomatik yanıt|ofis dışında|otomatik cevap|ofis dışı",
    away_text="ofis dışında|otomatik yanıt|izindeyim",
    bounced="teslim edilemedi|teslim edilemiyor",
    bounced_text="teslim edilemedi",
    read="okundu",
    read_text="okundu",
)
