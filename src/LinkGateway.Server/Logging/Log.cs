using LinkGateway.Contract.Notices;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Server.Logging;

/// <summary>
/// Every message that the process logs, with its event id: 1xx the process, 2xx configuration and certificates, 3xx callers, 4xx batch
/// requests, 5xx deliveries, 6xx synchronous calls, 7xx operators, 8xx notices. An id never changes its meaning. Nothing of payloads, no
/// personal data and no secret goes in.
/// </summary>
static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Ready: gateway {GatewayId} ({Environment}) listens on {Listeners}; data in {DataDirectory}")]
    public static partial void Ready(this ILogger logger, string gatewayId, string environment, string listeners, string dataDirectory);

    [LoggerMessage(199, LogLevel.Warning,
        "Started with --test-seams: a test may set this gateway's clock, let its stores fail and kill it. Never run it so in earnest")]
    public static partial void TestSeamsOpen(this ILogger logger);

    [LoggerMessage(101, LogLevel.Information, "Stopping: no new requests; those that run have {Seconds} s to finish")]
    public static partial void Stopping(this ILogger logger, double seconds);

    [LoggerMessage(102, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(103, LogLevel.Warning, "Requests that did not finish within the time for stopping were cut off; senders resume them")]
    public static partial void StoppedHard(this ILogger logger);

    [LoggerMessage(104, LogLevel.Critical,
        "Deliveries or maintenance stopped by an internal error; the gateway ends so that a restart takes them up")]
    public static partial void WorkFailed(this ILogger logger, Exception error);

    [LoggerMessage(200, LogLevel.Information, "The configuration {Path} was reloaded and is in force")]
    public static partial void ConfigurationReloaded(this ILogger logger, string path);

    [LoggerMessage(201, LogLevel.Error, "The configuration {Path} was not reloaded, the old one stays in force: {Problem}")]
    public static partial void ConfigurationRefused(this ILogger logger, string path, string problem);

    [LoggerMessage(202, LogLevel.Warning, "Changes of {Path} are not noticed by themselves ({Reason}); send SIGHUP to reload")]
    public static partial void ConfigurationNotWatched(this ILogger logger, string path, string reason);

    [LoggerMessage(203, LogLevel.Information,
        "Made the certificate {Name}, valid until {NotAfter:yyyy-MM-dd}, SHA-256 {Thumbprint}; give {PublicFile} to partners to trust")]
    public static partial void CertificateMade(
        this ILogger logger, string name, DateTimeOffset notAfter, string thumbprint, string publicFile);

    [LoggerMessage(204, LogLevel.Warning,
        "The certificate {Name} (SHA-256 {Thumbprint}) expires in {Days} days, on {NotAfter:yyyy-MM-dd}; replace it before")]
    public static partial void CertificateExpires(this ILogger logger, string name, string thumbprint, int days, DateTimeOffset notAfter);

    [LoggerMessage(205, LogLevel.Error, "The certificate {Name} (SHA-256 {Thumbprint}) expired on {NotAfter:yyyy-MM-dd}; replace it")]
    public static partial void CertificateExpired(this ILogger logger, string name, string thumbprint, DateTimeOffset notAfter);

    [LoggerMessage(300, LogLevel.Warning, "Login refused from {Source}: {Reason}")]
    public static partial void LoginRefused(this ILogger logger, string source, string reason);

    [LoggerMessage(400, LogLevel.Information, "{Operation} of {Caller} refused: {Code} ({Side})")]
    public static partial void Refused(this ILogger logger, string operation, string caller, string code, string side);

    [LoggerMessage(401, LogLevel.Error, "A request failed by an internal error, reference {Reference}")]
    public static partial void RequestFailed(this ILogger logger, Exception error, string reference);

    [LoggerMessage(402, LogLevel.Error, "What is behind the refusal {Code} of {Operation}")]
    public static partial void RefusedBecause(this ILogger logger, Exception cause, string operation, string code);

    [LoggerMessage(403, LogLevel.Information,
        "Messages of {Participant} deviate: {Deviation} (part {Part}, byte {Offset}; {Rule}). {Advice} Each further one is only counted")]
    public static partial void Deviates(
        this ILogger logger, string participant, string deviation, int part, long offset, string rule, string advice);

    [LoggerMessage(404, LogLevel.Warning,
        "A message of {Participant} was refused by its profile: {Deviation} (part {Part}, byte {Offset}; {Rule}). {Advice} Each further "
        + "one is only counted")]
    public static partial void DeviationRefused(
        this ILogger logger, string participant, string deviation, int part, long offset, string rule, string advice);

    [LoggerMessage(500, LogLevel.Information,
        "Delivery {DeliveryId} of {Origin}/{TransferId} to {Receiver}: {State} after attempt {Attempt}")]
    public static partial void DeliveryMoved(
        this ILogger logger, string deliveryId, string origin, string transferId, string receiver, DeliveryState state, int attempt);

    [LoggerMessage(501, LogLevel.Warning,
        "Delivery {DeliveryId} of {Origin}/{TransferId} to {Receiver}: {State} after attempt {Attempt}, {Code} {Text}")]
    public static partial void DeliveryTroubled(
        this ILogger logger,
        string deliveryId,
        string origin,
        string transferId,
        string receiver,
        DeliveryState state,
        int attempt,
        string code,
        string text);

    [LoggerMessage(502, LogLevel.Information, "Delivery {DeliveryId}: decided otherwise while an attempt ran")]
    public static partial void DeliveryOvertaken(this ILogger logger, string deliveryId);

    [LoggerMessage(503, LogLevel.Error, "Delivery {DeliveryId}: an attempt failed by an internal error; it is tried again")]
    public static partial void DeliveryCrashed(this ILogger logger, Exception error, string deliveryId);

    [LoggerMessage(504, LogLevel.Error, "The journal does not tell what is to be delivered; it is asked again")]
    public static partial void DeliveriesUnknown(this ILogger logger, Exception error);

    [LoggerMessage(505, LogLevel.Warning, "The receipts of {DestinationId} cannot be fetched at present: {Text}")]
    public static partial void ReceiptsUnreachable(this ILogger logger, string destinationId, string text);

    [LoggerMessage(506, LogLevel.Error, "A receipt {ReceiptId} from {DestinationId} was refused: {Reason}")]
    public static partial void ReceiptRefused(this ILogger logger, string destinationId, string receiptId, string reason);

    [LoggerMessage(510, LogLevel.Warning, "Nothing can be fetched by {PullId} at present: {Text}")]
    public static partial void PullTroubled(this ILogger logger, string pullId, string text);

    [LoggerMessage(511, LogLevel.Warning, "Delivery {DeliveryId} there is not taken in yet by {PullId}: {Text}")]
    public static partial void PullRefused(this ILogger logger, string pullId, string deliveryId, string text);

    [LoggerMessage(512, LogLevel.Error, "The confirmation of delivery {DeliveryId} there by {PullId} was refused: {Text}")]
    public static partial void PullConfirmationRefused(this ILogger logger, string pullId, string deliveryId, string text);

    [LoggerMessage(507, LogLevel.Information, "Removed {Count} payloads that a crash had left without a transfer")]
    public static partial void StraysRemoved(this ILogger logger, int count);

    [LoggerMessage(600, LogLevel.Information, "The catalogue was read: {Contracts} services can be served, {Errors} errors")]
    public static partial void CatalogueRead(this ILogger logger, int contracts, int errors);

    [LoggerMessage(601, LogLevel.Error, "Catalogue, {File}, line {Line}, position {Position}: {Problem}")]
    public static partial void CatalogueFileBroken(this ILogger logger, string file, int line, int position, string problem);

    [LoggerMessage(602, LogLevel.Error, "Interface {Interface} cannot be served: the catalogue has no usable {File}")]
    public static partial void ContractMissing(this ILogger logger, string @interface, string file);

    [LoggerMessage(603, LogLevel.Debug, "Call {MessageId} of {Caller} to {Interface} was refused: {Code}")]
    public static partial void CallRefused(this ILogger logger, string messageId, string caller, string? @interface, string code);

    [LoggerMessage(604, LogLevel.Warning, "Call {MessageId} of {Caller} to {Interface} at {Destination} failed: {Reason}")]
    public static partial void CallFailed(
        this ILogger logger, string messageId, string caller, string? @interface, string? destination, string reason);

    [LoggerMessage(605, LogLevel.Warning,
        "Request {MessageId} of {Origin}, {Interface} {Operation}: {Count} departures from the contract, first at {Path}: {Rule} "
        + "(refused: {Refused})")]
    public static partial void RequestDeviates(
        this ILogger logger, string messageId, string? origin, string? @interface, string? operation, int count, string path, string rule,
        bool refused);

    [LoggerMessage(606, LogLevel.Error,
        "Answer to {MessageId} of {Receiver} at {Destination}, {Interface} {Operation}: {Count} departures from the contract, first at "
        + "{Path}: {Rule} (refused: {Refused})")]
    public static partial void AnswerDeviates(
        this ILogger logger, string messageId, string? receiver, string? destination, string? @interface, string? operation, int count,
        string path, string rule, bool refused);

    [LoggerMessage(607, LogLevel.Warning,
        "{Participant} sends messages without wsa:MessageID: a message that it repeats is delivered again. Logged once")]
    public static partial void MessageIdMissing(this ILogger logger, string participant);

    [LoggerMessage(608, LogLevel.Warning, "{Count} call records could not be written")]
    public static partial void CallRecordsLost(this ILogger logger, Exception? error, long count);

    [LoggerMessage(609, LogLevel.Error, "The receiver behind {Destination} is left alone for a while: {Reason}")]
    public static partial void ChannelOpened(this ILogger logger, string destination, string reason);

    [LoggerMessage(610, LogLevel.Information, "The receiver behind {Destination} is tried by one call")]
    public static partial void ChannelHalfOpened(this ILogger logger, string destination);

    [LoggerMessage(611, LogLevel.Information, "The receiver behind {Destination} answers again")]
    public static partial void ChannelClosed(this ILogger logger, string destination);

    [LoggerMessage(612, LogLevel.Warning, "{Alternate} was called instead of {Destination}: {Code}")]
    public static partial void AlternateUsed(this ILogger logger, string destination, string alternate, string code);

    [LoggerMessage(613, LogLevel.Error, "The catalogue could not be read; the one before stays in force")]
    public static partial void CatalogueUnreadable(this ILogger logger, Exception error);

    [LoggerMessage(620, LogLevel.Information, "The job of delivery {DeliveryId} ended with {ExitCode}; the delivery is {State}")]
    public static partial void JobEnded(this ILogger logger, string deliveryId, int exitCode, DeliveryState state);

    [LoggerMessage(621, LogLevel.Error, "The job of delivery {DeliveryId} could not be started; it is tried again")]
    public static partial void JobNotStarted(this ILogger logger, string deliveryId);

    [LoggerMessage(622, LogLevel.Information, "Job of delivery {DeliveryId}: {Line}")]
    public static partial void JobSaid(this ILogger logger, string deliveryId, string line);

    [LoggerMessage(623, LogLevel.Error, "Jobs of folders are in trouble; they are tried again")]
    public static partial void JobsTroubled(this ILogger logger, Exception exception);

    [LoggerMessage(630, LogLevel.Information, "Watch {Watch} has taken in {File} as transfer {TransferId}")]
    public static partial void WatchTaken(this ILogger logger, string watch, string file, string transferId);

    [LoggerMessage(631, LogLevel.Warning, "Watch {Watch} does not take in {File}: {Reason}")]
    public static partial void WatchRefused(this ILogger logger, string watch, string file, string reason);

    [LoggerMessage(632, LogLevel.Warning, "Watch {Watch} is in trouble, and goes on: {Trouble}")]
    public static partial void WatchTroubled(this ILogger logger, string watch, string trouble);

    [LoggerMessage(640, LogLevel.Information, "Removed the payload of transfer {Origin} {TransferId} {Receiver}, {Bytes} bytes: {Rule}")]
    public static partial void PayloadRemoved(
        this ILogger logger, string origin, string transferId, string receiver, long bytes, string rule);

    [LoggerMessage(641, LogLevel.Information, "Forgot {Count} transfers with their receipts: they are older than retention.journal")]
    public static partial void TransfersForgotten(this ILogger logger, int count);

    [LoggerMessage(642, LogLevel.Warning, "Only {Free} bytes are free on the disks of spool and journal, less than {Reserve}")]
    public static partial void SpaceShort(this ILogger logger, long free, long reserve);

    [LoggerMessage(643, LogLevel.Information, "{Free} bytes are free on the disks of spool and journal again, more than {Reserve}")]
    public static partial void SpaceEnough(this ILogger logger, long free, long reserve);

    [LoggerMessage(644, LogLevel.Error, "What need not be kept cannot be removed at present; it is tried again")]
    public static partial void RetentionTroubled(this ILogger logger, Exception exception);

    [LoggerMessage(700, LogLevel.Information, "Operators are served at {Listeners}")]
    public static partial void OperatorsWelcome(this ILogger logger, string listeners);

    [LoggerMessage(701, LogLevel.Warning, "Operator {Operator} ordered {Order} of delivery {DeliveryId}: {From} became {To}")]
    public static partial void OrderGiven(
        this ILogger logger, string @operator, OrderKind order, string deliveryId, string from, string to);

    [LoggerMessage(704, LogLevel.Warning, "Operator {Operator} ordered until further notice, {Subject}: {Value}")]
    public static partial void StandingOrderGiven(this ILogger logger, string @operator, string subject, string value);

    [LoggerMessage(702, LogLevel.Warning, "{Caller} at {Source} is no operator and was refused")]
    public static partial void NoOperator(this ILogger logger, string caller, string source);

    [LoggerMessage(703, LogLevel.Information, "Request {Path} of operator {Operator} was refused: {Code}")]
    public static partial void OperatorRefused(this ILogger logger, string path, string @operator, string code);

    [LoggerMessage(720, LogLevel.Warning,
        "Operator {Operator} ordered replay {OrderId}: {Continues} deliveries go on, {Copies} copies are made, {Skips} stay as they are")]
    public static partial void ReplayOrdered(
        this ILogger logger, string @operator, string orderId, long continues, long copies, long skips);

    [LoggerMessage(721, LogLevel.Warning, "Operator {Operator} stopped replay {OrderId}; {Pending} deliveries have not had their turn")]
    public static partial void ReplayStopped(this ILogger logger, string @operator, string orderId, long pending);

    [LoggerMessage(722, LogLevel.Information, "Replay {OrderId}: delivery {DeliveryId} {State} by {CarriedOutBy} {Text}")]
    public static partial void ReplayTurned(
        this ILogger logger, string orderId, string deliveryId, ReplayItemState state, string? carriedOutBy, string? text);

    [LoggerMessage(723, LogLevel.Warning, "Replay {OrderId}: every delivery has had its turn")]
    public static partial void ReplayEnded(this ILogger logger, string orderId);

    [LoggerMessage(724, LogLevel.Error, "Replays are in trouble; they are tried again")]
    public static partial void ReplayTroubled(this ILogger logger, Exception exception);
    [LoggerMessage(800, LogLevel.Error,
        "Notice {NoticeId} {Kind} {Stage}: {Title}. {Text}. Deliveries affected: {Affected}. By itself: {Act}")]
    public static partial void NoticeError(
        this ILogger logger, string noticeId, string kind, NoticeStage stage, string title, string text, long affected, string act);

    [LoggerMessage(801, LogLevel.Warning,
        "Notice {NoticeId} {Kind} {Stage}: {Title}. {Text}. Deliveries affected: {Affected}. By itself: {Act}")]
    public static partial void NoticeWarning(
        this ILogger logger, string noticeId, string kind, NoticeStage stage, string title, string text, long affected, string act);

    [LoggerMessage(802, LogLevel.Information, "Notice {NoticeId} {Kind} is over: {Title}. It lasted {Seconds} s")]
    public static partial void NoticeResolved(this ILogger logger, string noticeId, string kind, string title, long seconds);

    [LoggerMessage(803, LogLevel.Error, "{Sink} does not take notices: {Reason}. It is told again")]
    public static partial void SinkFailed(this ILogger logger, string sink, string reason);

    [LoggerMessage(804, LogLevel.Information, "{Sink} takes notices again")]
    public static partial void SinkWorks(this ILogger logger, string sink);

    [LoggerMessage(805, LogLevel.Error, "{Sink} is not told of notice {NoticeId} ({Stage}): {Reason}")]
    public static partial void NoticeSkipped(this ILogger logger, string sink, string noticeId, NoticeStage stage, string reason);

    [LoggerMessage(806, LogLevel.Warning,
        "The service of {Participant} does not note what became of its files: {Reason}. It is told again")]
    public static partial void CallbackFailed(this ILogger logger, string participant, string reason);

    [LoggerMessage(807, LogLevel.Information, "The service of {Participant} notes what became of its files again")]
    public static partial void CallbackWorks(this ILogger logger, string participant);

    [LoggerMessage(808, LogLevel.Warning, "{Participant} is not told of {What}: {Reason}")]
    public static partial void CallbackSkipped(this ILogger logger, string participant, string what, string reason);

    [LoggerMessage(809, LogLevel.Error, "Notices are in trouble; they are tried again")]
    public static partial void NoticesTroubled(this ILogger logger, Exception exception);

    [LoggerMessage(810, LogLevel.Information, "Hook {Hook}: {Line}")]
    public static partial void HookSaid(this ILogger logger, string hook, string line);
}
