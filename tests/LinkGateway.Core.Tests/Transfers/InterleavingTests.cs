using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>
/// Two writers send right, wrong, repeated and cut chunks of one file in any order, take over from each other, and commit. A plain model
/// says what is held and who may write; the gateway must answer as the model does, and accept exactly when the model is whole.
/// </summary>
public class InterleavingTests
{
    const int MaxChunks = 5;

    static readonly Gen<Step> Steps =
        from writer in Gen.Choose(0, 1)
        from what in Gen.Frequency(
            (2, Gen.Constant(What.Open)),
            (8, Gen.Constant(What.Right)),
            (6, Gen.Elements(What.WrongBytes, What.OtherFile, What.Cut, What.BrokenMessage, What.Commit, What.Restart)))
        from index in Gen.Choose(0, MaxChunks - 1)
        select new Step(writer, what, index);

    static readonly Gen<Case> Cases =
        from size in Gen.Choose(InlineBytes + 1, MaxChunks * ChunkSize)
        from declared in Gen.Elements(true, false)
        from steps in Steps.ListOf()
        select new Case(size, declared, [.. steps]);

    [Fact]
    public void The_gateway_answers_as_the_model_does_and_accepts_what_is_whole() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(60),
        Prop.ForAll(Cases.ToArbitrary(), RunAsync));

    static async Task RunAsync(Case c)
    {
        var run = new Run(c);
        foreach (var step in c.Steps) await run.StepAsync(step);
        await run.FinishAsync();
    }

    enum What
    {
        Open,
        Right,
        WrongBytes,
        OtherFile,
        Cut,
        BrokenMessage,
        Commit,
        Restart,
    }

    sealed record Step(int Writer, What What, int Index);

    sealed record Case(int Size, bool Declared, IReadOnlyList<Step> Steps);

    sealed class Run(Case c)
    {
        readonly byte[] _file = Bytes(c.Size);
        readonly byte[] _other = Bytes(c.Size, seed: 2);
        readonly int[] _attempts = new int[2];
        readonly HashSet<int> _held = [];
        CoreWorld _world = new();
        int _attempt;
        bool _accepted;

        long HeldBytes => _held.Sum(index => (long)Slice(_file, index).Length);

        bool IsWhole => _held.Count == ChunksOf(_file);

        public async Task StepAsync(Step step)
        {
            var attempt = _attempts[step.Writer];
            switch (step.What)
            {
                case What.Open:
                    await OpenAsync(step.Writer);
                    break;
                case What.Restart:
                    _world = new CoreWorld(parts: new WorldParts
                    {
                        Journal = _world.Journal,
                        Spool = _world.Spool,
                        Time = _world.Time,
                        Seed = _world.Spool.Operations.Count + 2,
                    });
                    break;
                case What.Commit when attempt > 0:
                    await CommitAsync(attempt);
                    break;
                case not What.Commit when attempt > 0 && step.Index < ChunksOf(_file):
                    await PutAsync(step, attempt);
                    break;
            }
        }

        public async Task FinishAsync()
        {
            await OpenAsync(0);
            for (var index = 0; index < ChunksOf(_file) && !_accepted; index++) await PutAsync(new Step(0, What.Right, index), _attempt);
            await CommitAsync(_attempt);
            Assert.True(_accepted);
            Assert.Equal(_file, await _world.StoredAsync(Identity("a")));
            Assert.Single(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
        }

        async Task OpenAsync(int writer)
        {
            var opened = (await _world.OpenAsync(Manifest("a", c.Declared ? _file : null))).Value!;
            if (!_accepted) _attempts[writer] = ++_attempt;
            Assert.Equal((_accepted ? "Accepted" : "Open", _attempt), (opened.State, opened.Attempt));
            Assert.Equal(HeldBytes, opened.Held.Sum(range => range.Length));
        }

        async Task CommitAsync(int attempt)
        {
            var answer = await _world.CommitAsync("a", attempt, _file);
            if (!_accepted && attempt != _attempt)
            {
                Assert.Equal("LG-2003", answer.Refusal?.Code);
                return;
            }

            _accepted |= IsWhole;
            Assert.Equal(_accepted ? "Accepted" : "Open", answer.Value?.State);
            if (!_accepted) Assert.Equal(_file.Length - HeldBytes, answer.Value!.Missing.Sum(range => range.Length));
        }

        async Task PutAsync(Step step, int attempt)
        {
            var request = Chunk("a", attempt, step.Index, step.What == What.OtherFile ? _other : _file);
            var right = Slice(_file, step.Index);
            var body = step.What switch
            {
                What.WrongBytes or What.OtherFile => new TestBody(Slice(_other, step.Index)),
                What.Cut => new TestBody(right) { BreakAt = right.Length / 2 },
                What.BrokenMessage => new TestBody(right) { Broken = TestBody.BrokenOff },
                _ => new TestBody(right),
            };
            var held = _held.Contains(step.Index);
            var expected = (step.What, held) switch
            {
                _ when !_accepted && attempt != _attempt => "LG-2003",
                (What.OtherFile or What.WrongBytes, true) => "LG-2005",
                (What.WrongBytes, _) => "LG-2004",
                (What.Cut or What.BrokenMessage, _) => "LG-1001",
                (What.OtherFile, _) => "skip",
                _ => null,
            };
            if (expected == "skip") return;

            var answer = await _world.PutAsync(request, body);

            Assert.Equal(expected, answer.Refusal?.Code);
            if (expected is not null) return;
            Assert.Equal(held, answer.Value!.AlreadyHeld);
            _held.Add(step.Index);
        }
    }
}
