using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Tests.World;
using LinkGateway.Core.Transfers;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Network;

/// <summary>An attachment as it comes out of the network: in pieces, with a pause, broken off or damaged as its call's fate is.</summary>
sealed class Attachment : IUploadBody
{
    static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);
    static readonly Refusal BrokenOff = new(ErrorCatalogue.MessageMalformed, "the connection was closed within the attachment");

    readonly Life _life;
    readonly Dice _dice;
    readonly byte[] _bytes;
    readonly bool _breaks;
    readonly long? _eventAt;

    public Attachment(Life life, Dice dice, byte[] bytes, NetworkFate fate)
    {
        (_life, _dice, _bytes) = (life, dice, bytes);
        _breaks = fate == NetworkFate.Broken;
        if (fate == NetworkFate.Damaged && bytes.Length > 0)
        {
            _bytes = [.. bytes];
            _bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8));
        }

        if (_breaks || dice.Chance(0.2)) _eventAt = dice.Next(bytes.Length + 1);
    }

    public long? MaximumLength => null;

    public ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken) =>
        new(new PieceReader(_bytes, () => _dice.Between(1, 3000), _eventAt, HappenAsync));

    public ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken) => new(_breaks ? BrokenOff : null);

    async ValueTask HappenAsync(CancellationToken cancellationToken)
    {
        if (_breaks) throw new UploadException(BrokenOff);
        await _life.Loop.DelayAsync(_dice.Span(Blink, Silence), cancellationToken);
    }
}
