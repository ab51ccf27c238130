"""Portuguese."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="escreveu|escrito",
    own="eu|nós|você|vocês|seu|sua|meu|minha|me|que",
    sender="de|remetente",
    date="enviado|enviada|data|enviado em|enviada em|data de envio|enviado a",
    to="para|destinatário",
    copy="cc|cco|com cópia",
    subject="assunto",
    original=("mensagem original|mensagem de origem|e-mail original|compromisso original|mensagem anterior"),
    forwarded=(
        "mensagem encaminhada|início da mensagem encaminhada|mensagem reencaminhada|"
        "início da mensagem reencaminhada|e-mail encaminhado|encaminhada por"
    ),
    forwards="enc|res enc|fwd|reenc",
    device=(
        "enviado do|enviado de|enviado pelo|enviado a partir|enviado via|enviada do|enviado por|"
        "obter o outlook|obter outlook|baixar outlook|baixe o outlook|transferir o outlook|"
        "descarregar o outlook|mensagem enviada|do meu|enviado com"
    ),
    closing=(
        "atenciosamente|att|cordialmente|cumprimentos|com os melhores cumprimentos|"
        "melhores cumprimentos|com os meus cumprimentos|saudações|respeitosamente|obrigado|obrigada|"
        "muito obrigado|muito obrigada|obrigado desde já|desde já obrigado|desde já agradeço|grato|"
        "grata|agradeço|abraço|abraços|um abraço|grande abraço|bom dia|sem mais|aguardo retorno|"
        "aguardo resposta|no aguardo|sinceramente|bom trabalho|tenha um bom dia"
    ),
    legal=(
        "esta mensagem|este e-mail|este email|esta comunicação|este correio|as informações|"
        "a informação|aviso de confidencialidade|aviso legal|antes de imprimir|se não for|se você não|"
        "se recebeu|o conteúdo desta|pense no meio|aviso:|confidencialidade"
    ),
    legal_terms=(
        "confidencia|destinatári|engano|por erro|elimin|apag|proibid|autoriza|privilegiad|"
        "meio ambiente|imprim|anexo|exclusiv"
    ),
    postscript="ps|p.s",
    away="resposta automática|fora do escritório|ausência do escritório|ausência temporária",
    away_text="fora do escritório|resposta automática|de férias",
    bounced=("não entregue|não foi entregue|falha na entrega|não é possível entregar|mensagem não entregue"),
    bounced_text="não foi possível entregar|não pôde ser entregue",
    read="lida|lido|confirmação de leitura|recibo de leitura",
    read_text="foi lida|foi lido|foi exibida",
)
