using LinkGateway.Core.Configuration;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Transfers;

/// <summary>Everything that Core acts through; handed in once when the process (or a simulation) starts.</summary>
public sealed record CoreServices
{
    /// <summary>The configuration in force.</summary>
    public required ConfigurationSource Configuration { get; init; }

    /// <summary>The journal.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Where payloads lie.</summary>
    public required IPayloadStore Payloads { get; init; }

    /// <summary>Starts work and waits.</summary>
    public required IScheduler Scheduler { get; init; }

    /// <summary>Ids and jitter.</summary>
    public required IRandom Random { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Signs our receipts.</summary>
    public required IReceiptSigner Signer { get; init; }

    /// <summary>Verifies others' receipts.</summary>
    public required IReceiptVerifier Verifier { get; init; }

    /// <summary>Cores of the machine: as many uploads as cores run without stages.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Pulses when a delivery may have become due.</summary>
    public AsyncSignal DeliveriesChanged { get; } = new();

    /// <summary>Pulses when something was offered in an inbox.</summary>
    public AsyncSignal InboxChanged { get; } = new();

    /// <summary>Pulses when the job of a delivery may have become due.</summary>
    public AsyncSignal JobsChanged { get; } = new();

    /// <summary>Pulses when a receipt was entered.</summary>
    public AsyncSignal ReceiptsChanged { get; } = new();

    /// <summary>Pulses when an operator has ordered something: attempts that run look whether they still hold their delivery.</summary>
    public AsyncSignal OrdersChanged { get; } = new();

    /// <summary>How fast files go to each destination.</summary>
    public FlowMeter Flow { get; } = new();

    /// <summary>Which destinations can be reached at present.</summary>
    public DestinationHealth Health { get; } = new();

    /// <summary>What operators have ordered until further notice.</summary>
    public StandingOrders Standing { get; } = new();

    /// <summary>What is wrong at present.</summary>
    public NoticeBoard Notices { get; } = new();

    /// <summary>Which deliveries are under way.</summary>
    public RunningDeliveries Running { get; } = new();

    /// <summary>Now, in the gateway's time zone: receipts state the offset.</summary>
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Configuration.Current.TimeZone);
}
