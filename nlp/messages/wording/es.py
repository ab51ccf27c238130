"""Spanish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="escribió|escribio|escrito",
    own="yo|nosotros|ustedes|usted|su|sus|mi|me|nos|que",
    sender="de|remitente",
    date="enviado|enviado el|fecha|fecha de envío|enviada|enviado a las|enviada el",
    to="para|destinatario|a",
    copy="cc|cco|copia",
    subject="asunto",
    original="mensaje original|mensaje de origen|correo original|cita original|mensaje anterior",
    forwarded=(
        "mensaje reenviado|inicio del mensaje reenviado|correo reenviado|reenviado por|"
        "inicio del mensaje reenviado|mensaje enviado"
    ),
    forwards="rv|reenv|fwd|re-env",
    device=(
        "enviado desde|enviado por|enviado con|enviado de|enviada desde|obtener outlook|"
        "descargar outlook|descarga outlook|enviado vía|consigue outlook|obtén outlook|"
        "mensaje enviado desde|desde mi"
    ),
    closing=(
        "saludos|saludos cordiales|un saludo|un cordial saludo|un saludo cordial|muchos saludos|"
        "cordiales saludos|cordialmente|atentamente|muy atentamente|atte|gracias|muchas gracias|"
        "mil gracias|gracias de antemano|gracias por su ayuda|gracias y saludos|quedo a la espera|"
        "quedo a la espera de su respuesta|quedo atento|quedo atenta|un abrazo|abrazos|sinceramente|"
        "afectuosamente|respetuosamente|buen día|que tenga un buen día|gracias por todo|"
        "le saluda atentamente|reciba un cordial saludo"
    ),
    legal=(
        "este mensaje|este correo|este e-mail|este email|esta comunicación|la información|aviso legal|"
        "aviso de confidencialidad|confidencialidad|antes de imprimir|si usted no es|si no es usted|"
        "si ha recibido|el contenido de|por favor, piense|piense en el medio|nota de confidencialidad|"
        "advertencia"
    ),
    legal_terms=(
        "confidencial|destinatari|error|elimin|borr|prohib|autoriz|privilegiad|exclusiv|medio ambiente|"
        "imprim|adjunt|responsab|notifi"
    ),
    postscript="pd|p.d|posdata|ps|p.s",
    away=(
        "respuesta automática|fuera de la oficina|ausencia de la oficina|contestación automática|"
        "respuesta automatizada|fuera de oficina"
    ),
    away_text="fuera de la oficina|respuesta automática|de vacaciones",
    bounced=(
        "no se puede entregar|no entregado|error de entrega|no se ha podido entregar|"
        "mensaje no entregado|entrega fallida"
    ),
    bounced_text="no se pudo entregar|no se ha podido entregar|no pudo ser entregado",
    read="leído|confirmación de lectura|acuse de lectura",
    read_text="fue leído|se leyó|ha sido leído|fue mostrado",
)
