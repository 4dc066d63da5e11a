namespace LinkGateway.Contract.Errors;

/// <summary>All errors that LinkGateway reports, with stable codes and texts in both languages.</summary>
/// <remarks>
/// Codes are grouped: 1xxx what the sender wrote, 2xxx transfers and chunks, 3xxx who may do what, 4xxx limits, 5xxx the gateway's own
/// trouble, 6xxx the receiver's side, 7xxx operators' orders. A code never changes its meaning and is never given to another error.
/// </remarks>
public static partial class ErrorCatalogue
{
    /// <summary>The message is not what its content type or SOAP says.</summary>
    public static readonly ErrorEntry MessageMalformed = new("LG-1001", FaultSide.Sender,
        "The message cannot be read: {0}. Send well-formed SOAP 1.1 or 1.2, plain or as multipart/related.",
        "メッセージを読み取れません: {0}。正しい SOAP 1.1 または 1.2(単独または multipart/related)で送信してください。");

    /// <summary>A required field is missing.</summary>
    public static readonly ErrorEntry FieldMissing = new("LG-1002", FaultSide.Sender,
        "The field {0} is missing. Add it.",
        "項目 {0} がありません。追加してください。");

    /// <summary>A field holds a value that it may not hold.</summary>
    public static readonly ErrorEntry FieldInvalid = new("LG-1003", FaultSide.Sender,
        "The field {0} does not hold a valid value: {1}.",
        "項目 {0} の値が正しくありません: {1}。");

    /// <summary>The attachment that the request refers to is not in the message.</summary>
    public static readonly ErrorEntry AttachmentMissing = new("LG-1004", FaultSide.Sender,
        "The attachment {0} that the request refers to is not in the message. Send it as a MIME part with that Content-ID.",
        "要求が参照する添付 {0} がメッセージにありません。その Content-ID を持つ MIME パートとして送信してください。");

    /// <summary>The operation is not offered (yet).</summary>
    public static readonly ErrorEntry OperationUnavailable = new("LG-1005", FaultSide.Sender,
        "The operation {0} is not available at this gateway.",
        "操作 {0} はこのゲートウェイでは利用できません。");

    /// <summary>PutChunk carries neither or both of attachment and data.</summary>
    public static readonly ErrorEntry OneOfFileAndData = new("LG-1006", FaultSide.Sender,
        "Exactly one of the elements file and data must be used; found {0}.",
        "要素 file と data はどちらか一方だけを使用してください(検出: {0})。");

    /// <summary>The message ended before it was whole, or came too slowly.</summary>
    public static readonly ErrorEntry MessageBrokeOff = new("LG-1007", FaultSide.Sender,
        "The message broke off or came too slowly: {0}. Nothing of it was accepted; send it again.",
        "メッセージが途中で終わったか、受信が遅すぎます: {0}。受け付けていませんので再送してください。");

    /// <summary>A request does not follow the contract of its interface.</summary>
    public static readonly ErrorEntry MessageInvalid = new("LG-1008", FaultSide.Sender,
        "The message does not follow the contract of {0}: {1}. Nothing was passed on; correct it.",
        "メッセージが {0} の契約に適合しません: {1}。転送していません。修正してください。");

    /// <summary>The service has no such operation.</summary>
    public static readonly ErrorEntry OperationUnknown = new("LG-1009", FaultSide.Sender,
        "The service {0} has no operation for the element {1}. Send one of the contract at ?wsdl.",
        "サービス {0} には要素 {1} の操作がありません。?wsdl の契約に従って送信してください。");

    /// <summary>What must change on the way is signed.</summary>
    public static readonly ErrorEntry SignatureWouldBreak = new("LG-1010", FaultSide.Sender,
        "The message cannot be passed on: {0} must change on the way, and a signature covers {1}. Leave it unsigned.",
        "メッセージを転送できません: {0} を途中で変更する必要がありますが、署名が {1} を対象としています。署名の対象から外してください。");

    /// <summary>The reply addresses of a message cannot be served.</summary>
    public static readonly ErrorEntry ReplyAddressInvalid = new("LG-1011", FaultSide.Sender,
        "The reply address cannot be used: {0}.",
        "返信先アドレスを使用できません: {0}。");

    /// <summary>No transfer of that identity is visible to the caller.</summary>
    public static readonly ErrorEntry TransferUnknown = new("LG-2001", FaultSide.Sender,
        "No transfer {1} of origin {0} is known here. Check the identity, or open it with OpenTransfer.",
        "送信元 {0} の転送 {1} はありません。識別情報を確認するか、OpenTransfer で開始してください。");

    /// <summary>The identity is taken by a transfer with another content.</summary>
    public static readonly ErrorEntry IdentityTaken = new("LG-2002", FaultSide.Sender,
        "The transfer {0} exists already and differs in {1}. Use a new transfer id for another file.",
        "転送 {0} は既に存在し、{1} が異なります。別のファイルには新しい転送 ID を使用してください。");

    /// <summary>A newer attempt has taken over.</summary>
    public static readonly ErrorEntry AttemptFenced = new("LG-2003", FaultSide.Sender,
        "Attempt {0} of the transfer was replaced by attempt {1}. Stop, or call OpenTransfer to take over again.",
        "転送の試行 {0} は試行 {1} に引き継がれました。中止するか、OpenTransfer で引き継ぎ直してください。");

    /// <summary>A chunk's bytes do not match its declared digest.</summary>
    public static readonly ErrorEntry ChunkDigestMismatch = new("LG-2004", FaultSide.Sender,
        "Chunk {0} does not have the declared SHA-256. Nothing of it was kept; send it again.",
        "チャンク {0} の SHA-256 が宣言と一致しません。保存していませんので再送してください。");

    /// <summary>A chunk that is held already came again with other bytes.</summary>
    public static readonly ErrorEntry ChunkDiffers = new("LG-2005", FaultSide.Sender,
        "Chunk {0} is held already with different bytes. A file must not change while it is sent; use a new transfer id.",
        "チャンク {0} は異なる内容で既に保存されています。送信中のファイルは変更できません。新しい転送 ID を使用してください。");

    /// <summary>A chunk's index, offset or length does not fit the chunk map.</summary>
    public static readonly ErrorEntry ChunkMisplaced = new("LG-2006", FaultSide.Sender,
        "Chunk {0} does not fit: {1}.",
        "チャンク {0} の位置または長さが正しくありません: {1}。");

    /// <summary>The whole file does not have the declared size.</summary>
    public static readonly ErrorEntry SizeMismatch = new("LG-2007", FaultSide.Sender,
        "The file has {0} bytes, declared were {1}. Nothing was accepted.",
        "ファイルは {0} バイトですが、宣言は {1} バイトです。受け付けていません。");

    /// <summary>The whole file does not have the declared digest.</summary>
    public static readonly ErrorEntry FileDigestMismatch = new("LG-2008", FaultSide.Sender,
        "The file does not have the declared SHA-256 {0}. Nothing was accepted; send it again under the same id.",
        "ファイルの SHA-256 が宣言 {0} と一致しません。受け付けていません。同じ ID で再送してください。");

    /// <summary>The transfer is not in a state that allows the call.</summary>
    public static readonly ErrorEntry WrongState = new("LG-2009", FaultSide.Sender,
        "The transfer {0} is {1}; {2} is not possible.",
        "転送 {0} の状態は {1} のため、{2} は実行できません。");

    /// <summary>The attachment ended before the declared length.</summary>
    public static readonly ErrorEntry ChunkCutShort = new("LG-2010", FaultSide.Sender,
        "Chunk {0} ended after {1} of {2} bytes. Send it again.",
        "チャンク {0} は {2} バイト中 {1} バイトで終わりました。再送してください。");

    /// <summary>The entry gateway's receipt does not verify or does not fit.</summary>
    public static readonly ErrorEntry EntryReceiptInvalid = new("LG-2011", FaultSide.Sender,
        "The entry gateway's receipt is not accepted: {0}.",
        "受付ゲートウェイの送達確認を承認できません: {0}。");

    /// <summary>The upload needs more chunks than allowed.</summary>
    public static readonly ErrorEntry TooManyChunks = new("LG-2012", FaultSide.Sender,
        "The file needs more than {0} chunks of {1} bytes. Declare the size in the manifest, or propose larger chunks.",
        "ファイルには {1} バイトのチャンクが {0} 個を超えて必要です。マニフェストでサイズを宣言するか、より大きいチャンクを提案してください。");

    /// <summary>A member of a file set does not fit the others.</summary>
    public static readonly ErrorEntry SetMismatch = new("LG-2013", FaultSide.Sender,
        "The file does not fit its set {0}: {1}. State the same count in every member, and each index once.",
        "ファイルがセット {0} に適合しません: {1}。全ファイルで同じ件数を、各番号を一度だけ指定してください。");

    /// <summary>No such delivery is in the caller's inbox.</summary>
    public static readonly ErrorEntry DeliveryUnknown = new("LG-2014", FaultSide.Sender,
        "No delivery {0} is known for {1} here. Take the id from ListInbox.",
        "{1} 宛の配信 {0} はありません。ListInbox の結果にある ID を使用してください。");

    /// <summary>A lease was lost to another.</summary>
    public static readonly ErrorEntry LeaseLost = new("LG-2015", FaultSide.Sender,
        "The lease on delivery {0} ran out and another was given it. Discard what was fetched; ListInbox shows what waits.",
        "配信 {0} の占有は期限が切れ、他の取得者に渡りました。取得したデータは破棄し、ListInbox で確認してください。");

    /// <summary>Another fetches the delivery.</summary>
    public static readonly ErrorEntry DeliveryLeased = new("LG-2016", FaultSide.Sender,
        "The delivery {0} is being fetched by another until {1}. State the lease that was given, or come again after that time.",
        "配信 {0} は {1} まで他の取得者が取得中です。取得済みの占有 ID を指定するか、その時刻以降に再試行してください。");

    /// <summary>A delivery is not in a state that allows the call.</summary>
    public static readonly ErrorEntry WrongDeliveryState = new("LG-2017", FaultSide.Sender,
        "The delivery {0} is {1}; {2} is not possible.",
        "配信 {0} の状態は {1} のため、{2} は実行できません。");

    /// <summary>What is confirmed of a delivery does not fit it.</summary>
    public static readonly ErrorEntry ConfirmationMismatch = new("LG-2018", FaultSide.Sender,
        "The confirmation of delivery {0} does not fit: {1}. Nothing was entered.",
        "配信 {0} の受領確認が適合しません: {1}。記録していません。");

    /// <summary>A copy of that number exists already, ordered at this gateway.</summary>
    public static readonly ErrorEntry ReplayTaken = new("LG-2380", FaultSide.Sender,
        "Copy {1} of the transfer {0} was ordered at this gateway already. Give the order to replay again: it then makes the next number.",
        "転送 {0} の再送 {1} は、このゲートウェイで既に指示されています。再送を再度指示すると次の番号で作成されます。");

    /// <summary>The caller may not speak for that origin.</summary>
    public static readonly ErrorEntry OriginNotAllowed = new("LG-3001", FaultSide.Sender,
        "The caller {0} may not act for origin {1}. Use the origin's own credentials, or let an operator set mayForwardFor.",
        "呼出元 {0} は送信元 {1} として操作できません。送信元自身の資格情報を使用するか、運用者に mayForwardFor の設定を依頼してください。");

    /// <summary>No route names this origin, interface and receiver.</summary>
    public static readonly ErrorEntry NoRoute = new("LG-3002", FaultSide.Sender,
        "No route allows interface {1} from {0} to {2}. Check the names, or ask the gateway's operator for a route.",
        "{0} から {2} へのインタフェース {1} を許可する経路がありません。名称を確認するか、ゲートウェイの運用者に経路を依頼してください。");

    /// <summary>The manifest's environment is not the route's.</summary>
    public static readonly ErrorEntry EnvironmentMismatch = new("LG-3003", FaultSide.Sender,
        "The manifest says environment {0}, but {1} is {2}. Production, training and test are never mixed.",
        "マニフェストの環境は {0} ですが、{1} は {2} です。本番・訓練・テストは混在できません。");

    /// <summary>The hop list shows that the transfer came through here already.</summary>
    public static readonly ErrorEntry RoutingLoop = new("LG-3004", FaultSide.Sender,
        "The transfer came through gateway {0} already. Check the routes of the gateways on its way: {1}.",
        "転送は既にゲートウェイ {0} を通過しています。経路を確認してください: {1}。");

    /// <summary>The credentials are missing or wrong.</summary>
    public static readonly ErrorEntry NotAuthenticated = new("LG-3005", FaultSide.Sender,
        "The request has no valid credentials. Use a registered client certificate, or Basic over TLS.",
        "有効な資格情報がありません。登録済みのクライアント証明書、または TLS 上の Basic 認証を使用してください。");

    /// <summary>A reply answers no message that its sender was given.</summary>
    public static readonly ErrorEntry ReplyUnexpected = new("LG-3006", FaultSide.Sender,
        "No message that {0} was given waits for a reply at this address. Reply to the ReplyTo of the message, with its RelatesTo.",
        "このアドレスで {0} からの返信を待つメッセージはありません。受信したメッセージの ReplyTo に RelatesTo を付けて返信してください。");

    /// <summary>The caller may not receive for that receiver.</summary>
    public static readonly ErrorEntry ReceiverNotAllowed = new("LG-3007", FaultSide.Sender,
        "The caller {0} may not receive for {1}. Use the receiver's own credentials, or let an operator set mayReceiveFor.",
        "呼出元 {0} は受信側 {1} として操作できません。受信側自身の資格情報を使用するか、運用者に mayReceiveFor の設定を依頼してください。");

    /// <summary>A limit is exceeded.</summary>
    public static readonly ErrorEntry LimitExceeded = new("LG-4001", FaultSide.Sender,
        "{0} exceeds the limit {1} = {2}.",
        "{0} が上限 {1} = {2} を超えています。");

    /// <summary>A participant has used up a quota for the time being.</summary>
    public static readonly ErrorEntry OverQuota = new("LG-4380", FaultSide.Sender,
        "{0} has reached its quota {1} = {2}. Try again after the time stated, or ask the gateway's operator.",
        "{0} は割り当て {1} = {2} に達しています。指定の時間後に再試行するか、ゲートウェイの運用者に相談してください。");

    /// <summary>An operator has suspended a participant.</summary>
    public static readonly ErrorEntry ParticipantSuspended = new("LG-4381", FaultSide.Sender,
        "Nothing is taken from {0} nor given to it at present: an operator has suspended it. Ask the gateway's operator.",
        "{0} は運用者により停止されているため、現在は受け付けも引き渡しも行いません。ゲートウェイの運用者に確認してください。");

    /// <summary>Too much at once.</summary>
    public static readonly ErrorEntry Overloaded = new("LG-5001", FaultSide.Gateway,
        "The gateway is at its limit {0}. Try again after the time stated.",
        "ゲートウェイは上限 {0} に達しています。指定の時間後に再試行してください。");

    /// <summary>The gateway's storage does not work.</summary>
    public static readonly ErrorEntry StorageTrouble = new("LG-5002", FaultSide.Gateway,
        "The gateway cannot store data at present. Nothing was accepted; try again later.",
        "現在ゲートウェイはデータを保存できません。受け付けていません。後で再試行してください。");

    /// <summary>A defect or unforeseen trouble.</summary>
    public static readonly ErrorEntry Internal = new("LG-5003", FaultSide.Gateway,
        "The gateway could not do it because of an internal error. The reference {0} is in its log.",
        "ゲートウェイの内部エラーにより処理できませんでした。参照番号 {0} がログにあります。");

    /// <summary>The contract of an interface is missing or broken.</summary>
    public static readonly ErrorEntry ContractUnavailable = new("LG-5004", FaultSide.Gateway,
        "The contract of interface {0} cannot be used at present: {1}. The gateway's operator must mend the catalogue.",
        "インタフェース {0} の契約を使用できません: {1}。ゲートウェイの運用者がカタログを修正する必要があります。");

    /// <summary>The gateway's own copy of a file is not what it took in.</summary>
    public static readonly ErrorEntry PayloadDamaged = new("LG-5005", FaultSide.Gateway,
        "The gateway's copy of the file is damaged at chunk {0} and is not handed out. The gateway's operator must look into it.",
        "ゲートウェイに保存されたファイルのチャンク {0} が破損しているため、渡しません。ゲートウェイの運用者による調査が必要です。");

    /// <summary>A new transfer would leave too little room on the disk.</summary>
    public static readonly ErrorEntry NoRoom = new("LG-5380", FaultSide.Gateway,
        "There is no room for {0} bytes beside the reserve {1} = {2}. Nothing was taken in; try again after the time stated.",
        "予備 {1} = {2} を残して {0} バイトを保存する空きがありません。受け付けていません。指定の時間後に再試行してください。");

    /// <summary>A store hangs.</summary>
    public static readonly ErrorEntry StoreHangs = new("LG-5381", FaultSide.Gateway,
        "The gateway's {0} has not answered for longer than {1} = {2}. Nothing was taken in; try again after the time stated.",
        "ゲートウェイの {0} が {1} = {2} を超えて応答していません。受け付けていません。指定の時間後に再試行してください。");

    /// <summary>The destination cannot be reached.</summary>
    public static readonly ErrorEntry DestinationUnreachable = new("LG-6001", FaultSide.Receiver,
        "The destination {0} cannot be reached: {1}. It is tried again by itself.",
        "宛先 {0} に接続できません: {1}。自動的に再試行します。");

    /// <summary>The destination refused it.</summary>
    public static readonly ErrorEntry DestinationRefused = new("LG-6002", FaultSide.Receiver,
        "The destination {0} refused the transfer: {1}.",
        "宛先 {0} が転送を拒否しました: {1}。");

    /// <summary>A file of that name exists in the destination folder.</summary>
    public static readonly ErrorEntry FileExists = new("LG-6003", FaultSide.Receiver,
        "The folder of destination {0} already holds {1}. Remove or rename it, or set onExists, then release the delivery.",
        "宛先 {0} のフォルダーに {1} が既に存在します。削除または改名するか onExists を設定してから、配信を解放してください。");

    /// <summary>The origin's last useful instant has passed.</summary>
    public static readonly ErrorEntry NotAfterPassed = new("LG-6005", FaultSide.Receiver,
        "The file was not delivered to {0} by {1}, after which its manifest wants it no more; it is kept.",
        "ファイルはマニフェストの期限 {1} までに {0} へ配信されなかったため、配信しません。ファイルは保持しています。");

    /// <summary>All attempts were used up.</summary>
    public static readonly ErrorEntry AttemptsExhausted = new("LG-6004", FaultSide.Receiver,
        "The delivery to {0} was given up after {1} attempts; the file is kept. Last reason: {2}",
        "{0} への配信は {1} 回の試行後に中止しました。ファイルは保持しています。最後の理由: {2}");

    /// <summary>A receiver cannot be reached by a call.</summary>
    public static readonly ErrorEntry ReceiverUnreachable = new("LG-6006", FaultSide.Receiver,
        "The receiver behind {0} cannot be reached: {1}. The call was not carried out; call again.",
        "宛先 {0} の受信システムに接続できません: {1}。呼び出しは実行されていません。再度呼び出してください。");

    /// <summary>A receiver has as many calls as it may have.</summary>
    public static readonly ErrorEntry ReceiverBusy = new("LG-6007", FaultSide.Receiver,
        "The receiver behind {0} has reached its limit {1} = {2}. The call was not carried out; call again after the time stated.",
        "宛先 {0} の受信システムは上限 {1} = {2} に達しています。呼び出しは実行されていません。指定の時間後に再度呼び出してください。");

    /// <summary>A receiver keeps failing and is left alone.</summary>
    public static readonly ErrorEntry ReceiverPaused = new("LG-6008", FaultSide.Receiver,
        "The receiver behind {0} has failed repeatedly and is left alone. The call was not carried out; call again after the time stated.",
        "宛先 {0} の受信システムで障害が続いているため、呼び出しを停止しています。呼び出しは実行されていません。指定の時間後に再度呼び出してください。");

    /// <summary>A receiver says nothing.</summary>
    public static readonly ErrorEntry ReceiverSilent = new("LG-6009", FaultSide.Receiver,
        "The receiver behind {0} sent nothing for {1}. Whether it acted on the call is not known.",
        "宛先 {0} の受信システムから {1} の間応答がありません。処理されたかどうかは不明です。");

    /// <summary>A receiver's answer is none or broke off.</summary>
    public static readonly ErrorEntry AnswerBroken = new("LG-6010", FaultSide.Receiver,
        "The receiver behind {0} gave no usable answer: {1}. Whether it acted on the call is not known.",
        "宛先 {0} の受信システムから有効な応答がありません: {1}。処理されたかどうかは不明です。");

    /// <summary>A receiver's answer does not follow the contract.</summary>
    public static readonly ErrorEntry AnswerInvalid = new("LG-6011", FaultSide.Receiver,
        "The answer of the receiver behind {0} does not follow the contract: {1}. It acted on the call.",
        "宛先 {0} の受信システムの応答が契約に適合しません: {1}。呼び出しは処理されています。");

    /// <summary>A file set waits for its other members.</summary>
    public static readonly ErrorEntry SetIncomplete = new("LG-6012", FaultSide.Receiver,
        "The file waits for the rest of its set {0}: {1} of {2} are here.",
        "セット {0} の残りを待っています: {2} 件中 {1} 件が到着しています。");

    /// <summary>A file set was not complete in time.</summary>
    public static readonly ErrorEntry SetExpired = new("LG-6013", FaultSide.Receiver,
        "The set {0} was not complete by {1}: none of its files is delivered. Send the whole set again under a new id.",
        "セット {0} が {1} までに揃いませんでした。どのファイルも配信していません。新しい ID でセット全体を再送してください。");

    /// <summary>A receiving system stored other bytes than it was sent.</summary>
    public static readonly ErrorEntry StoredDiffers = new("LG-6020", FaultSide.Receiver,
        "The receiver behind {0} says that it stored other bytes than it was sent: {1}. Find out what it holds, then release the delivery "
            + "to send the file again, or cancel it.",
        "宛先 {0} の受信システムが保存した内容は送信した内容と異なります: {1}。受信システムの保存内容を確認し、再送する場合は配信を解放、"
            + "不要な場合は取り消してください。");

    /// <summary>A file waits for what comes before it in its order.</summary>
    public static readonly ErrorEntry OrderWaits = new("LG-6320", FaultSide.Receiver,
        "The file keeps its order and waits for {0}. It goes on when that is done, or an operator lets it pass.",
        "順序を守るため {0} を待っています。完了するか、運用者が通過させると再開します。");

    /// <summary>What comes after a file in its order was delivered before it.</summary>
    public static readonly ErrorEntry OrderPast = new("LG-6321", FaultSide.Receiver,
        "The place of the file in its order is past: {0} was delivered already. Let it pass to deliver it all the same, or cancel it.",
        "順序上の位置を過ぎています: {0} は既に配信されています。それでも配信する場合は通過させ、不要な場合は取り消してください。");

    /// <summary>The address is for operators.</summary>
    public static readonly ErrorEntry OperatorOnly = new("LG-7001", FaultSide.Sender,
        "This address is for operators, and {0} is none. Use the credentials of a participant of kind operator.",
        "このアドレスは運用者専用ですが、{0} は運用者ではありません。種別 operator の参加者の資格情報を使用してください。");

    /// <summary>No delivery of that id at the gateway.</summary>
    public static readonly ErrorEntry NoSuchDelivery = new("LG-7002", FaultSide.Sender,
        "There is no delivery {0} here. List the deliveries, or look the transfer up by its origin and id.",
        "配信 {0} はありません。配信の一覧を表示するか、送信元と転送 ID で転送を検索してください。");

    /// <summary>The delivery's state does not allow the order.</summary>
    public static readonly ErrorEntry OrderImpossible = new("LG-7003", FaultSide.Sender,
        "The delivery {0} is {1}; the order {2} is not possible: {3}.",
        "配信 {0} の状態は {1} のため、指示 {2} は実行できません: {3}。");

    /// <summary>An operator holds the delivery.</summary>
    public static readonly ErrorEntry HeldByOperator = new("LG-7004", FaultSide.Sender,
        "Operator {0} holds the delivery: {1}. It goes on when it is released.",
        "運用者 {0} が配信を保留しています: {1}。解放すると再開します。");

    /// <summary>An operator has said that the receiver has it.</summary>
    public static readonly ErrorEntry SettledByOperator = new("LG-7005", FaultSide.Sender,
        "Operator {0} settled the delivery as delivered: {1}. No receipt proves it.",
        "運用者 {0} が配信済みと判断しました: {1}。証明する送達確認はありません。");

    /// <summary>The id of a replay is taken by another one.</summary>
    public static readonly ErrorEntry ReplayOrderTaken = new("LG-7380", FaultSide.Sender,
        "The order id {0} belongs to another replay, given by {1} at {2}. Use a new id for another order.",
        "指示 ID {0} は、{1} が {2} に出した別の再送指示で使用されています。別の指示には新しい ID を使用してください。");

    /// <summary>A replay that would be larger than one order may be.</summary>
    public static readonly ErrorEntry ReplayTooLarge = new("LG-7381", FaultSide.Sender,
        "More than {0} deliveries match; one order replays at most so many. Narrow it, such as by a span of time, a receiver or a code.",
        "{0} 件を超える配信が該当します。1 回の指示で再送できるのはこの件数までです。期間、受信者、コードなどで絞り込んでください。");

    /// <summary>A replay of everything.</summary>
    public static readonly ErrorEntry ReplayTooWide = new("LG-7382", FaultSide.Sender,
        "The replay would look through {0}. Name deliveries, or at least one of: {1}.",
        "再送の対象が広すぎます({0})。配信を指定するか、次のうち少なくとも 1 つを指定してください: {1}。");

    /// <summary>No replay of that id.</summary>
    public static readonly ErrorEntry NoSuchReplay = new("LG-7383", FaultSide.Sender,
        "There is no replay {0} here. List the replays.",
        "再送指示 {0} はありません。再送指示の一覧を表示してください。");

    /// <summary>A replay that has ended cannot be stopped.</summary>
    public static readonly ErrorEntry ReplayEnded = new("LG-7384", FaultSide.Sender,
        "The replay {0} is {1}; there is nothing left to stop. Hold or cancel its deliveries instead.",
        "再送指示 {0} は {1} です。停止する対象がありません。必要に応じて配信を保留または取り消してください。");

    /// <summary>Nobody is told of notices.</summary>
    public static readonly ErrorEntry NoSinks = new("LG-7360", FaultSide.Sender,
        "Nobody is told of notices here. Add a webhook or a hook to the section notices of gateway.json.",
        "通知先がありません。gateway.json の notices に webhooks または hooks を追加してください。");
}
