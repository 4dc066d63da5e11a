using System.Collections.Frozen;
using System.Globalization;
using static LinkGateway.Contract.Notices.NoticeSeverity;

namespace LinkGateway.Core.Notices;

/// <summary>What is said of each kind of notice: how much it matters, what the gateway does by itself and why, and what to do.</summary>
static class NoticeTexts
{
    static readonly FrozenDictionary<NoticeKind, NoticeText> Texts = new Dictionary<NoticeKind, NoticeText>
    {
        [NoticeKind.DestinationDown] = new(
            Error, "{0} cannot be reached", "{0} に接続できません",
            "What is for it is kept and tried again by itself with growing pauses, or goes by another way where the route names one, "
                + "because the destination has not answered for the time set in notices.downAfter.",
            "notices.downAfter の時間応答がないため、配信を保持して間隔を空けながら自動的に再試行します。経路に代替があればそちらを使用します。",
            "Look at the destination's network, disk, certificate and password; nothing need be ordered here.",
            "宛先のネットワーク、ディスク、証明書、パスワードを確認してください。このゲートウェイでの操作は不要です。"),
        [NoticeKind.DeliveryFailed] = new(
            Error, "Deliveries were given up: {0}", "配信を中止しました: {0}",
            "The files are kept for retention.failed, and the origins are told; nothing more is tried, because all attempts were used up or "
                + "the same attempt must fail again.",
            "試行回数を使い切ったか、同じ試行が必ず失敗するため、これ以上試行しません。ファイルは retention.failed の間保持し、送信元に通知します。",
            "linkgw operator list; mend what the reason says, then release or cancel.",
            "linkgw operator list で理由を確認し、原因を取り除いてから解放または取り消してください。"),
        [NoticeKind.DeliveryHeld] = new(
            Warning, "Deliveries wait for a decision: {0}", "配信が判断を待っています: {0}",
            "The files are kept; nothing is tried, because the reason does not pass by itself.",
            "理由が自然に解消しないため、ファイルを保持したまま試行しません。",
            "linkgw operator list; mend what the reason says, then release or cancel.",
            "linkgw operator list で理由を確認し、原因を取り除いてから解放または取り消してください。"),
        [NoticeKind.DeliveryInDoubt] = new(
            Warning, "It is not known whether files arrived: {0}", "到着したか不明なファイルがあります: {0}",
            "The destination is asked again; nothing is sent to another store, because the receiver would get it twice if it has it.",
            "受信側が既に持っている場合に二重配信となるため、別の保管先へは送らず、宛先に問い合わせを続けます。",
            "Find out at the receiver whether it has the files, then settle.",
            "受信側でファイルの有無を確認し、settle で確定してください。"),
        [NoticeKind.OrderBlocked] = new(
            Warning, "An order is held up: {0}", "順序待ちが止まっています: {0}",
            "What comes behind is kept and waits, because its route orders it.",
            "経路の設定で順序が決められているため、後続を保持して待たせています。",
            "Send or release what holds it up, or let the others pass.",
            "止めているものを送信または解放するか、後続を先に通してください。"),
        [NoticeKind.WorkTroubled] = new(
            Warning, "Scheduled work is in trouble: {0}", "定期処理に問題があります: {0}",
            "It is tried again by itself.", "自動的に再試行します。",
            "Look at what the text says: folder, address, credentials.",
            "本文に示すフォルダー、アドレス、資格情報を確認してください。"),
        [NoticeKind.FilesRefused] = new(
            Warning, "Files of a watched folder were refused: {0}", "監視フォルダーのファイルが拒否されました: {0}",
            "They lie there, or in the errorFolder, and are not taken again, because they would be refused again.",
            "再び拒否されるため取り込まず、元の場所または errorFolder に残しています。",
            "Mend what the reason says, and put them back.", "理由を確認して原因を取り除き、元の場所に戻してください。"),
        [NoticeKind.DeadlineAtRisk] = new(
            Warning, "A deadline will probably be missed: {0}", "期限に間に合わない見込みです: {0}",
            "Deliveries go on in their order.", "配信は順序どおり続けます。",
            "Give the route priority, or tell the receivers that it will be late.",
            "経路の優先度を上げるか、受信側に遅延を連絡してください。"),
        [NoticeKind.DeadlineMissed] = new(
            Error, "A deadline was missed: {0}", "期限を過ぎました: {0}",
            "Deliveries go on: a late file is better than none.", "遅れても届けるため、配信は続けます。",
            "Tell the receivers.", "受信側に連絡してください。"),
        [NoticeKind.FileLate] = new(
            Warning, "An expected file has not come: {0}", "予定のファイルが届いていません: {0}",
            "Nothing: only its origin can send it.", "送信元だけが送信できるため、自動的な処理はありません。",
            "Ask the origin.", "送信元に確認してください。"),
        [NoticeKind.SpaceShort] = new(
            Critical, "Room is short: {0}", "空き容量が不足しています: {0}",
            "What need not be kept any more is removed by its rules; nothing is removed before its time.",
            "保持期限を過ぎたものだけを規則に従って削除します。期限前には何も削除しません。",
            "Make room (docs/operations.md, Room).", "空き容量を確保してください(docs/operations.md)。"),
        [NoticeKind.StoreSlow] = new(
            Error, "A store answers late or not at all: {0}", "保管先の応答が遅いか、応答がありません: {0}",
            "Work waits for it; nothing is acknowledged that is not durable.", "永続化されるまで受け付けを返さず、待機します。",
            "Look at the disk below it.", "ディスクを確認してください。"),
        [NoticeKind.StoreFailing] = new(
            Critical, "A store fails: {0}", "保管先に障害があります: {0}",
            "Nothing is accepted that cannot be made durable; what waits is tried again.",
            "永続化できないものは受け付けません。待機中のものは再試行します。",
            "Look at the disk: full, read-only, broken?", "ディスク(満杯、読み取り専用、故障)を確認してください。"),
        [NoticeKind.Overload] = new(
            Warning, "The gateway refuses work: {0}", "ゲートウェイが受け付けを制限しています: {0}",
            "Senders are told when to come again, so that what was accepted goes on.",
            "受け付け済みの処理を続けるため、送信元に再試行の時刻を伝えて断っています。",
            "Find out who sends so much, or raise the limit if the machine allows it.",
            "送信量の多い参加者を確認するか、余裕があれば上限を上げてください。"),
        [NoticeKind.ParticipantOverQuota] = new(
            Warning, "A participant is held to its quota: {0}", "参加者が割り当ての上限に達しました: {0}",
            "Only this participant waits, so that the others do not.", "他の参加者に影響しないよう、この参加者だけを待たせています。",
            "Ask it why, or raise its quota.", "参加者に理由を確認するか、割り当てを増やしてください。"),
        [NoticeKind.CertificateExpiring] = new(
            Warning, "A certificate ends soon: {0}", "証明書の期限が近づいています: {0}",
            "Nothing: a certificate is replaced by people.", "証明書は人が交換するため、自動的な処理はありません。",
            "Replace it, and give the new one to the partners before.", "新しい証明書を事前に相手に渡し、交換してください。"),
        [NoticeKind.CertificateExpired] = new(
            Critical, "A certificate has expired: {0}", "証明書の期限が切れています: {0}",
            "It is still used; partners refuse it.", "引き続き使用しますが、相手側に拒否されます。",
            "Replace it now.", "直ちに交換してください。"),
        [NoticeKind.ClockJumped] = new(
            Warning, "The clock has jumped: {0}", "時計が大きく変わりました: {0}",
            "Deliveries that waited for a time are planned anew, because that time means nothing any more.",
            "予定時刻が意味を失ったため、待機中の配信の予定を立て直しました。",
            "Look at NTP.", "NTP を確認してください。"),
        [NoticeKind.CallbackDown] = new(
            Warning, "An origin's service for notices cannot be reached: {0}", "送信元の通知先に接続できません: {0}",
            "What it is to be told is kept and tried again, in order.", "通知を保持し、順序どおり再試行します。",
            "Ask the origin; it can fetch its receipts by GetReceiptsSince meanwhile.",
            "送信元に確認してください。その間、送達確認は GetReceiptsSince で取得できます。"),
    }.ToFrozenDictionary();

    static readonly NoticeText Other = new(
        Warning, "{0}", "{0}", "What the text says.", "本文を参照してください。", "Look into it.", "確認してください。");

    /// <summary>The text of a kind.</summary>
    public static NoticeText Of(NoticeKind kind) => Texts.GetValueOrDefault(kind, Other);

    /// <summary>Name of a kind in JSON.</summary>
    public static string Name(NoticeKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>A title with its subjects; many are counted rather than named.</summary>
    public static string Title(string title, IReadOnlyList<string> subjects)
    {
        const int most = 3;
        var named = string.Join(", ", subjects.Take(most));
        if (subjects.Count > most) named += string.Create(CultureInfo.InvariantCulture, $" (+{subjects.Count - most})");
        return string.Format(CultureInfo.InvariantCulture, title, named);
    }
}
