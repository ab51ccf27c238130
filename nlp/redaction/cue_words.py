"""What a number is called, in six languages: the words that say what a value beside them, or asked for, is.

``*`` stands for any ending. "pan" is a label of a card's number, "card" the mere mention of a card;
    "other" are
numbers that are nobody's secret, and "amount" words for sums: what they label is kept.
"""

CUE_WORDS: dict[str, str] = {
    "pan": """card number; card no; card details; number of the card; number on the card;
        number of your card; long number
        ; number on your card; number on the front; sixteen digit*; 16 digit*; digits on the front;
        credit card is
        ; debit card is; card is; kártyaszám*; kártya szám*; kártyád szám*; kártyája szám*;
        bankkártyaszám*; bankkártya szám*
        ; kártyám szám*; kártyaadat*; kartennummer*; kreditkartennummer*; nummer der karte; nummer ihrer karte
        ; nummer meiner karte; karten nummer; numéro de carte; numéro de la carte; numéro de votre carte;
        numéro de ma carte
        ; numero de carte; numéro carte; seize chiffres; 16 chiffres; número de tarjeta; número de la tarjeta
        ; número de mi tarjeta; número de su tarjeta; número de tu tarjeta; numero de tarjeta;
        dieciséis dígitos
        ; מספר כרטיס; מספר הכרטיס; מספר אשראי; מספר האשראי; מספר של הכרטיס; פרטי אשראי; פרטי הכרטיס;
        פרטי האשראי; הכרטיס הוא""",
    "card": """card; cards; cc; visa; mastercard; master card; amex; american express; maestro; credit card;
        debit card
        ; discover card; kártya*; kártyá*; bankkártya*; bankkártyá*; hitelkártya*; hitelkártyá*; kartya*;
        karte; karten
        ; kreditkarte*; bankkarte*; girokarte; ec karte; debitkarte; carte; cartes; carte bancaire;
        carte bleue; carte de crédit
        ; tarjeta*; כרטיס; כרטיסי; אשראי; ויזה; מאסטרקארד; ישראכרט""",
    "cvv": """cvv; cvc; cvv2; cvc2; c v v; c v c; csc; security code; card security; security number;
        card verification
        ; verification value; three digits; 3 digits; three digit; 3 digit; four digit security;
        digits on the back
        ; three on the back; number on the back; code on the back; back of the card; back of your card;
        the last three
        ; back of it; signature strip
        ; biztonsági kód*; ellenőrző kód*; ellenőrzőkód*; három számjegy*; háromjegyű*; hátoldal*;
        kártya hátul*; hátulján
        ; prüfnummer*; kartenprüfnummer*; prüfziffer*; sicherheitscode*; sicherheitsnummer*; dreistellig*;
        auf der rückseite
        ; drei ziffern; drei zahlen; kartenprüfziffer
        ; cryptogramme*; code de sécurité; code de vérification; trois chiffres; trois derniers chiffres;
        au dos; 3 chiffres
        ; au verso; code visuel; 3 derniers chiffres; numéro de sécurité de la carte
        ; código de seguridad; codigo de seguridad; tres dígitos; tres digitos; 3 dígitos; al dorso;
        reverso; en la parte de atrás
        ; tres números; número de seguridad de la tarjeta; código de verificación; parte trasera; tres últimos
        ; שלוש ספרות; שלוש הספרות; 3 ספרות; קוד אבטחה; קוד האבטחה; בגב הכרטיס; בגב; גב הכרטיס;
        מאחורי הכרטיס; מאחור
        ; ספרות אחרונות בגב; סי וי וי""",
    "expiry": """expiry; expires; expire; expiration; exp; exp date; valid until; valid thru;
        valid through; valid till; good thru; good through; good until
        ; runs out; lejárat*; lejár; érvényesség*; érvényes; jár le; gültig; gültig bis; ablaufdatum;
        läuft ab; verfallsdatum
        ; gültigkeit*; valable; expire; expiration; date de validité; fin de validité; validité; caduc*;
        vencimiento*; vence
        ; válida hasta; valida hasta; validez; תוקף; התוקף; בתוקף; פג""",
    "pin": """pin; pins; pin code; pin number; passcode; pass code; access code; one time code; otp;
        verification code
        ; confirmation pin; pinkód*; pin kód*; geheimzahl*; geheimnummer; telefonpin; code pin;
        code secret; code confidentiel
        ; código pin; número secreto; clave secreta; קוד סודי; הקוד הסודי; פין; קוד אישי; סיסמה סודית;
        קוד האישי; tan; unlock code
        ; door code; alarm code; voicemail code""",
    "password": """password; passwords; pass word; passphrase; pwd; jelszó*; jelszav*; passwort*;
        kennwort*; mot de passe
        ; mdp; contraseña*; contrasena*; clave; clave de acceso; סיסמה; סיסמא; הסיסמה; הסיסמא""",
    "username": """username; usernames; user name; login name; login id; user id; userid; screen name;
        login is
        ; felhasználónev*; felhasználónév*; felhasználói név; felhasználói nev*; benutzername*;
        nutzername*; anmeldename
        ; nom d utilisateur; identifiant; nombre de usuario; usuario; שם משתמש; שם המשתמש""",
    "secret": """maiden name; security answer; secret answer; security question; secret word;
        memorable word; memorable name
        ; first pet; pet s name; name of your pet; first school; favourite teacher; favorite teacher;
        answer to the question
        ; leánykori nev*; leánykori név; anyja nev*; anyja leánykori*; biztonsági kérdés*; titkos szó*;
        mädchenname*
        ; geheimwort; sicherheitsfrage; sicherheitsantwort; nom de jeune fille; question secrète;
        réponse secrète; mot secret
        ; apellido de soltera; pregunta de seguridad; palabra secreta; respuesta secreta; שם נעורים;
        שם הנעורים; שאלת אבטחה; מילת סוד
        ; חיית המחמד""",
    "birth_date": """date of birth; birth date; birthdate; birthday; dob; d o b; born; birth year;
        year of birth; birthdates
        ; születési*; született*; születésnap*; szül; geboren; geburtsdatum*; geburtstag*; geburtsjahr;
        date de naissance
        ; né le; née le; naissance; je suis né; je suis née; fecha de nacimiento; nací; nacido; nacida;
        nacimiento
        ; תאריך לידה; תאריך הלידה; נולדתי; נולד; נולדה; יום הולדת; ת לידה""",
    "account": """account number; account no; acct; bank account; account is; checking account;
        savings account; acc no
        ; account ending; kontonummer*; konto; bankkonto*; bankverbindung; számlaszám*; számla szám*;
        bankszámla*; folyószámla*
        ; numéro de compte; compte bancaire; numero de compte; rib; número de cuenta; numero de cuenta;
        cuenta bancaria
        ; cuenta corriente; cuenta; מספר חשבון; מספר החשבון; חשבון בנק; חשבון הבנק; חשבון; iban;
        iban number""",
    "routing": """sort code; routing number; routing; routing no; aba; bankleitzahl*; blz; code banque;
        code guichet
        ; transit number; bsb; מספר סניף; סניף""",
    "national_id": """social security; ssn; ss number; your social; my social; the social; social is;
        of social; socials
        ; national insurance; ni number; nino; n i number; insurance number; national id; id number;
        identity number
        ; identity card; id card; identification number; tax id; tax number; tax identification; tin;
        sin number
        ; social insurance; medicare number; nhs number; taj; taj szám*; tajszám*; adóazonosító*; adószám*;
        személyi; személyi szám*
        ; személyi igazolvány*; személyiszám*; személyazonosító*; igazolványszám*; steuer id;
        steueridentifikationsnummer*
        ; steuernummer*; identifikationsnummer; sozialversicherungsnummer*; personalausweis*;
        ausweisnummer*; rentenversicherungsnummer*
        ; numéro de sécurité sociale; sécurité sociale; numéro de sécu; sécu; numéro fiscal;
        carte d identité; nir
        ; dni; nie; nif; número de identidad; seguridad social; número de identificación;
        documento de identidad; cédula
        ; תעודת זהות; תעודת הזהות; ת ז; תז; מספר זהות; מספר הזהות; תעודה""",
    "passport": """passport; passport number; passport no; passports; útlevél*; reisepass*; pass nummer;
        passnummer*; passeport*
        ; pasaporte*; דרכון; הדרכון; מספר דרכון""",
    "licence": """driver s license*; drivers license*; driver license*; driver s licence*;
        drivers licence*; driving licence*
        ; driving license*; license number; licence number; driver s number; jogosítvány*;
        vezetői engedély*; führerschein*
        ; permis de conduire; numéro de permis; permiso de conducir; carnet de conducir;
        licencia de conducir; רישיון נהיגה
        ; רשיון נהיגה; הרישיון""",
    "phone": """answering at; messages to; sms; phone; phone number; telephone; mobile; mobile number;
        cell; cell phone; cellphone; fax;
        tel; call me; calls me
        ; call us; call you; calling from; called from; reach me; reach us; reach you; text me; whatsapp;
        whats app; contact number
        ; callback number; call back; callback; my number; your number; best number; his number;
        her number; their number; dial
        ; landline; telefon*; mobil*; rufnummer*; handy*; hívjon; hívhat; hív vissza; hívjanak; rückruf*;
        erreichbar; anrufen
        ; téléphone*; portable; fixe; appelez; rappeler; joindre; joignable; teléfono*; telefono*; móvil*;
        celular*; llamar*
        ; llámeme; טלפון; הטלפון; נייד; הנייד; פלאפון; תתקשרו; להתקשר; registered number; registered""",
    "email": """email; e mail; emails; mail address; mail; email address; correo; courriel; mél; e mailem;
        emailem; emailcím*
        ; mailcím*; mailadresse; e mail adresse; ímél; אימייל; מייל; דואל; דוא; האימייל; המייל;
        adresse mail""",
    "address": """address; home address; mailing address; billing address; shipping address; live at;
        lives at; living at
        ; reside at; street name; zip; zip code; zipcode; postcode; post code; postal code; lakcím*; cím;
        címe; címem; címed
        ; lakom; lakik; irányítószám*; adresse; anschrift*; wohne; wohnhaft; wohnt; postleitzahl*; plz;
        domicile; code postal
        ; j habite; habite; domicilio; dirección; direccion; código postal; codigo postal; vivo en; כתובת;
        הכתובת; מיקוד; המיקוד
        ; גר ב; גרה ב; מתגורר""",
    "name": """your name; my name; full name; first name; last name; surname; family name; given name;
        name on; your full name
        ; who am i speaking; whom am i speaking; whom i am speaking; who i m speaking;
        may i have your name; name please; and you are
        ; with whom; the name is; name on the card; cardholder; card holder; account holder; nevem; neve;
        nevét; a neved; kivel beszélek
        ; név; neved; vezetéknev*; keresztnev*; teljes nev*; ihr name; ihren namen; mein name; ihrem namen;
        vorname*; nachname*
        ; familienname*; mit wem; karteninhaber*; votre nom; mon nom; nom de famille; prénom*; nom complet;
        je m appelle; su nombre
        ; mi nombre; nombre completo; apellido*; me llamo; cómo se llama; con quién hablo; שמך; השם שלך;
        שם מלא; קוראים לי; שם פרטי
        ; שם משפחה; מה השם; עם מי אני; השם שלי; שמי; לך קוראים""",
    "other": """order; order number; orders; tracking; reference; ref; ticket; invoice; case; booking;
        confirmation number
        ; confirmation code; booking code; serial; model; part number; item; item number; product;
        product code; sku; policy
        ; policy number; claim; parcel; package; customer number; customer id; member number; membership;
        member id; contract
        ; meter; flight; room; vin; imei; version; loyalty; points; frequent flyer; gift card; voucher;
        coupon; promo; extension
        ; registration; plate; license plate; number plate; employee; store number; error code; build;
        firmware; asset
        ; rendelés*; rendelési; megrendelés*; ügyszám*; ügyfélszám*; csomagszám*; csomag*; hivatkozás*;
        hibajegy*; cikkszám*; foglalás*
        ; szerződés*; számla sorszám*; gyári szám*; bestell*; auftrag*; rechnung*; kundennummer*; sendung*;
        vorgang*; buchung*
        ; vertrag*; artikel*; paket*; seriennummer*; aktenzeichen; zähler*; commande*; facture*; dossier*;
        référence*; suivi; colis
        ; numéro client; réservation*; contrat*; série; pedido*; factura*; referencia*; reserva*;
        seguimiento; contrato*; paquete
        ; expediente; póliza; serie; número de cliente; הזמנה; ההזמנה; חשבונית; החשבונית; פנייה; הפנייה;
        מעקב; חבילה; החבילה; אסמכתא
        ; לקוח; הלקוח; חוזה; סידורי; דגם""",
    "nothing": """in order; in case; in case of; just in case; card holder""",
    "amount": """amount; total; balance; price; cost; costs; paid; pay; charge; charged; fee; refund;
        limit; worth; salary
        ; összeg*; egyenleg*; ár; ára; fizet*; fizettem; forint*; betrag*; preis*; kostet; saldo; guthaben;
        montant*; prix; solde
        ; importe; precio; saldo; cantidad; סכום; הסכום; מחיר; יתרה; שילמתי""",
}
UNITS_AFTER = """dollar*; bucks; euro; euros; eur; usd; gbp; pound*; quid; pence; cents; cent; percent;
    per; forint*; huf; ft
    ; shekel*; shekels; nis; שקל; שקלים; אחוז; יורו; דולר; pesos; francs; franken; minute*; min; mins;
    hour*; hours; day*; days
    ; week*; month*; year*; years; times; people; nights; kg; km; miles; mb; gb; mbps; items; pieces; óra;
    órá*; perc; perce*; nap; napja
    ; hét; hónap*; éve; százalék*; darab; uhr; prozent; stunde*; minuten; tag; tage; woche*; monat*; jahr*;
    stück; heure*; jours
    ; semaine*; mois; ans; pour; horas; días; semanas; meses; años; minutos; דקות; שעות; ימים; שנים; אנשים;
    פעמים"""
BACKCHANNELS = """yes yeah yep yup ok okay right sure go ahead uh huh mhm mm hmm got it that i see thank
    thanks you great perfect
    alright and then next continue please carry on fine good correct exactly i m with noted done ready
    listening
    igen jó rendben értem persze folytassa mondja köszönöm oké aha ühüm tessék írom és utána
    ja gut genau weiter danke bitte verstanden und dann alles klar richtig okay notiert hab ich
    oui d accord très bien continuez merci allez y je vous écoute parfait c est noté ensuite et
    sí vale bien muy continúe gracias adelante perfecto de acuerdo siga entendido
    כן טוב בסדר אוקיי תמשיך תמשיכי המשך תודה מצוין יופי אהה הבנתי רשמתי הלאה"""
CORRECTIONS = """sorry no correction mean actually wrong mistake pardon scratch bocsánat nem elnézést
    mégsem tévedtem javítom
    rosszul nein entschuldigung falsch quatsch korrektur non erreur perdón digo equivoqué corrijo לא סליחה
    טעות תיקון רגע"""
