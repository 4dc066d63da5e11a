using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Calls;
using LinkGateway.Relay.Channels;
using LinkGateway.Relay.Records;
using LinkGateway.Server.Batch;
using LinkGateway.Server.Metrics;
using LinkGateway.Server.Partners;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Services;

/// <summary>What synchronous calls need beside the listeners: contracts, channels to receivers, the call record.</summary>
sealed class RelayParts : IAsyncDisposable
{
    readonly ConfigurationSource _configuration;
    readonly TransferService _transfers;
    readonly TimeProvider _time;
    readonly RelayReporter _reporter;
    readonly CallRecordFile _records;

    public RelayParts(
        ConfigurationSource configuration,
        IConfigurationHost host,
        TransferService transfers,
        NoticeBoard notices,
        GatewayMetrics metrics,
        string recordDirectory,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        (_configuration, _transfers, _time) = (configuration, transfers, time);
        _reporter = new RelayReporter(metrics, loggers.CreateLogger<RelayReporter>());
        var channels = new ChannelReporter(metrics, notices, loggers.CreateLogger<ChannelReporter>());
        Channels = new ReceiverChannels(configuration, host, time, channels);
        _records = new CallRecordFile(
            recordDirectory,
            time,
            () => configuration.Current.TimeZone,
            () => configuration.Current.Configuration.Limits.CallRecordDays,
            _reporter.RecordsLost);
    }

    /// <summary>The way to receivers, for stored messages too.</summary>
    public ReceiverChannels Channels { get; }

    /// <summary>
    /// Everything that the relay acts through. Called when those who judge callers follow the configuration already: a catalogue that takes
    /// long to read must not keep revoked credentials alive.
    /// </summary>
    public RelayServices ServicesFor(PartnerProfiles partners, MessageLimits limits) => new()
    {
        Contracts = new ContractSource(_configuration, _reporter),
        Channels = Channels,
        Transfers = _transfers,
        Records = _records,
        Events = _reporter,
        Partners = partners,
        Limits = limits,
        Time = _time,
        PrefersJapanese = FaultLanguage.IsJapanese,
    };

    /// <summary>Closes the channels, then writes what waits of the record.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channels.DisposeAsync();
        await _records.DisposeAsync();
    }
}
