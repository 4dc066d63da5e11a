using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Services;

/// <summary>How a message to a service ended; one of the types within. Immutable.</summary>
public abstract record ServiceOutcome
{
    ServiceOutcome()
    {
    }

    /// <summary>Whether the receiver may have acted on the message: it is sent again only where that does no harm.</summary>
    public abstract bool MaybeCarriedOut { get; }

    /// <summary>Whether the same message may fare better later.</summary>
    public virtual bool IsTemporary => false;

    /// <summary>Why there is no answer, for people; empty where there is one.</summary>
    public abstract string Reason { get; }

    /// <summary>The receiver answered; the answer stands in <see cref="ServiceAnswer.Body"/>.</summary>
    public sealed record Answered : ServiceOutcome
    {
        /// <inheritdoc/>
        public override bool MaybeCarriedOut => true;

        /// <inheritdoc/>
        public override string Reason => "";
    }

    /// <summary>The message was taken without an answer: it is stored at the gateway and will be delivered.</summary>
    /// <param name="TransferId">
    /// Names its transfer, by which its state and receipts are asked for; null where it was no gateway that took the message.
    /// </param>
    public sealed record Accepted(string? TransferId) : ServiceOutcome
    {
        /// <inheritdoc/>
        public override bool MaybeCarriedOut => true;

        /// <inheritdoc/>
        public override string Reason => "";
    }

    /// <summary>The receiver answered with a fault of its own, such as "not found".</summary>
    /// <param name="Fault">The fault.</param>
    public sealed record ReceiverFault(SoapFault Fault) : ServiceOutcome
    {
        /// <summary>The first element of the detail, which the interface declares; null where there is none.</summary>
        public XElement? Detail => Fault.DetailElements.Count > 0 ? Fault.DetailElements[0] : null;

        /// <inheritdoc/>
        public override bool MaybeCarriedOut => true;

        /// <inheritdoc/>
        public override string Reason => Fault.Reason;
    }

    /// <summary>A gateway refused or could not do it.</summary>
    /// <param name="Code">Stable code <c>LG-nnnn</c>; empty where the answer carried none (a proxy's error page, a wrong address).</param>
    /// <param name="Text">What, where and what to do.</param>
    /// <param name="Side">Whose fault it is; <see cref="FaultSide.Sender"/> means that the same message fails again.</param>
    /// <param name="RetryAfter">When the gateway wants to be asked again; null where it did not say.</param>
    public sealed record Refused(string Code, string Text, FaultSide Side, TimeSpan? RetryAfter) : ServiceOutcome
    {
        // Only these say so; a code that a later gateway may have is in doubt.
        static readonly ErrorEntry[] NotCarriedOut =
        [
            ErrorCatalogue.Overloaded, ErrorCatalogue.StorageTrouble, ErrorCatalogue.ContractUnavailable,
            ErrorCatalogue.ReceiverUnreachable, ErrorCatalogue.ReceiverBusy, ErrorCatalogue.ReceiverPaused,
        ];

        /// <inheritdoc/>
        public override bool MaybeCarriedOut => Side != FaultSide.Sender && !Array.Exists(NotCarriedOut, Is);

        /// <inheritdoc/>
        public override bool IsTemporary => Side != FaultSide.Sender || RetryAfter is not null;

        /// <inheritdoc/>
        public override string Reason => Code.Length == 0 ? Text : $"{Code}: {Text}";

        /// <summary>Whether this is the given error of the catalogue.</summary>
        public bool Is(ErrorEntry error) => Code == error.Code;
    }

    /// <summary>The message never reached the gateway whole: it was not carried out.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Unreachable(string Reason) : ServiceOutcome
    {
        /// <inheritdoc/>
        public override bool MaybeCarriedOut => false;

        /// <inheritdoc/>
        public override bool IsTemporary => true;

        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }

    /// <summary>The message may have reached the gateway, and the receiver; no readable answer came.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record InDoubt(string Reason) : ServiceOutcome
    {
        /// <inheritdoc/>
        public override bool MaybeCarriedOut => true;

        /// <inheritdoc/>
        public override bool IsTemporary => true;

        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }
}
