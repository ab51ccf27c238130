"""Japanese."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="のメッセージ|のメール|書きました|書き込み",
    sender="差出人|送信者",
    date="送信日時|日時|日付|送信日",
    to="宛先",
    copy="ＣＣ",
    subject="件名",
    original="元のメッセージ|オリジナルメッセージ|元のメール|original message",
    forwarded="転送されたメッセージ|転送メッセージ|転送されたメール|転送",
    forwards="fwd|転送",
    device="iphoneから送信|ipadから送信|androidから送信|私のiphone|outlook for",
    device_ends="から送信|を入手",
    closing="よろしくお願いします|よろしくお願いいたします|敬具|宜しくお願い致します|以上",
    away="自動応答|不在通知|自動返信",
    away_text="自動応答|不在|自動返信",
    bounced="配信不能|配信できません|未配信",
    bounced_text="配信できません|配信不能",
)
