"""Chinese."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="写道|寫道|写到|寫到",
    sender="发件人|寄件者|寄件人|發件人",
    date="发送时间|日期|寄件日期|傳送時間|发送日期|時間|时间",
    to="收件人|收件者",
    copy="抄送|副本|密送",
    subject="主题|主旨|主題",
    original="原始邮件|原始郵件|邮件原件|原邮件|回复的原邮件|原始訊息|原始信件",
    forwarded="转发的邮件|轉寄郵件|转发邮件信息|已转发邮件|轉寄的郵件|被转发邮件信息|开始转发的邮件",
    forwards="转发|轉寄|fwd",
    device="发自我的|從我的|从我的|發自我的|获取 outlook|取得 outlook|由我的|发送自|我从",
    closing="此致|敬礼|谢谢|祝好|順頌商祺|敬上|謝謝|顺颂商祺",
    legal="本邮件|本郵件|此邮件|保密声明",
    legal_terms="保密|机密|收件人|删除|機密|刪除",
    away="自动答复|自動回覆|自动回复",
    away_text="自动答复|自動回覆|自动回复|外出",
    bounced="未送达|無法傳遞|退信",
    bounced_text="无法送达|無法傳遞",
)
