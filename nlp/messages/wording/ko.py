"""Korean."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="작성|님이 작성",
    sender="보낸 사람|보낸사람|발신",
    date="보낸 날짜|날짜|보낸날짜|보낸 시간",
    to="받는 사람|받는사람|수신",
    copy="참조",
    subject="제목",
    original="원본 메시지|원본 메일|원본메일",
    forwarded="전달된 메시지|전달된 메일|forwarded message",
    forwards="전달|fwd",
    device_ends="보냄|에서 보냄",
    closing="감사합니다|고맙습니다|수고하세요",
)
