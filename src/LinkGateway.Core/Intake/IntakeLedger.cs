using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Intake;

/// <summary>
/// Who uses how much of the gateway at present: unfinished transfers, bytes that are kept, bytes of the day. In memory for those who ask at
/// every transfer; the journal knows all of it after a start.
/// </summary>
/// <remarks>
/// What is handed in counts for its origin, and where a gateway hands it on for that gateway too. Thread-safe; every call is short.
/// </remarks>
public sealed class IntakeLedger
{
    readonly Lock _lock = new();
    readonly Dictionary<TransferIdentity, OpenUpload> _open = [];
    readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    long _inFlight;
    DateTimeOffset _dayBegan;

    /// <summary>Reads all of it from the journal. Call before anything is taken in.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="dayBegan">When the day began.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask LoadAsync(IJournal journal, DateTimeOffset dayBegan, CancellationToken cancellationToken)
    {
        var open = await journal.OpenUploadsAsync(cancellationToken);
        var accepted = await journal.AcceptedBytesAsync(dayBegan, cancellationToken);
        lock (_lock)
        {
            _accounts.Clear();
            _open.Clear();
            (_inFlight, _dayBegan) = (0, dayBegan);
            foreach (var upload in open) AddLocked(upload);
            foreach (var bytes in accepted)
            {
                foreach (var participant in Charged(bytes.Origin, bytes.SubmittedBy))
                {
                    var account = AccountOf(participant);
                    account.Kept += bytes.Kept;
                    account.Today += bytes.Recent;
                }
            }
        }
    }

    /// <summary>Begins a day, when it is another one.</summary>
    public void TurnTo(DateTimeOffset dayBegan)
    {
        lock (_lock)
        {
            if (dayBegan <= _dayBegan) return;
            _dayBegan = dayBegan;
            foreach (var account in _accounts.Values) account.Today = 0;
        }
    }

    /// <summary>
    /// Enters an unfinished transfer if <paramref name="judge"/> has nothing against it; one that is entered already is not judged again.
    /// </summary>
    /// <returns>What the judge has against it; null when it is entered.</returns>
    public T? Enter<T>(OpenUpload upload, Func<Totals, T?> judge)
        where T : class
    {
        lock (_lock)
        {
            if (_open.ContainsKey(upload.Identity)) return null;
            if (judge(new Totals(this)) is { } obstacle) return obstacle;
            AddLocked(upload);
            return null;
        }
    }

    /// <summary>Another participant hands an unfinished transfer in from now on: it counts for that one.</summary>
    public void TakeOver(TransferIdentity identity, string submittedBy)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(identity, out var upload) || upload.SubmittedBy == submittedBy) return;
            RemoveLocked(upload);
            AddLocked(upload with { SubmittedBy = submittedBy });
        }
    }

    /// <summary>More bytes of an unfinished transfer are durable.</summary>
    public void Hold(TransferIdentity identity, long bytes)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(identity, out var upload)) return;
            RemoveLocked(upload);
            AddLocked(upload with { Held = upload.Held + bytes });
        }
    }

    /// <summary>A transfer is unfinished no more.</summary>
    public void Close(TransferIdentity identity)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(identity, out var upload)) RemoveLocked(upload);
        }
    }

    /// <summary>A transfer was accepted: its bytes are kept, and count for the day.</summary>
    public void Accept(TransferRecord transfer)
    {
        lock (_lock)
        {
            foreach (var participant in Charged(transfer.Identity.Origin, transfer.SubmittedBy))
            {
                var account = AccountOf(participant);
                account.Kept += transfer.Size ?? 0;
                account.Today += transfer.Size ?? 0;
            }
        }
    }

    /// <summary>A payload was removed.</summary>
    public void Remove(TransferRecord transfer)
    {
        lock (_lock)
        {
            foreach (var participant in Charged(transfer.Identity.Origin, transfer.SubmittedBy))
            {
                var account = AccountOf(participant);
                account.Kept = Math.Max(0, account.Kept - (transfer.Size ?? 0));
            }
        }
    }

    /// <summary>Whom a transfer counts for.</summary>
    public static IReadOnlyList<string> Charged(string origin, string submittedBy) =>
        origin == submittedBy ? [origin] : [origin, submittedBy];

    void AddLocked(OpenUpload upload)
    {
        _open[upload.Identity] = upload;
        _inFlight += upload.InFlight;
        foreach (var participant in Charged(upload.Identity.Origin, upload.SubmittedBy))
        {
            var account = AccountOf(participant);
            account.Open++;
            account.InFlight += upload.InFlight;
            account.Declared += upload.Declared;
        }
    }

    void RemoveLocked(OpenUpload upload)
    {
        _open.Remove(upload.Identity);
        _inFlight -= upload.InFlight;
        foreach (var participant in Charged(upload.Identity.Origin, upload.SubmittedBy))
        {
            var account = AccountOf(participant);
            account.Open--;
            account.InFlight -= upload.InFlight;
            account.Declared -= upload.Declared;
        }
    }

    Account AccountOf(string participant)
    {
        if (!_accounts.TryGetValue(participant, out var account)) _accounts.Add(participant, account = new Account());
        return account;
    }

    /// <summary>What is used, as a judge sees it; valid only while it judges.</summary>
    public readonly struct Totals
    {
        readonly IntakeLedger _ledger;

        internal Totals(IntakeLedger ledger) => _ledger = ledger;

        /// <summary>Unfinished transfers of everybody.</summary>
        public int Open => _ledger._open.Count;

        /// <summary>Bytes to come of everybody.</summary>
        public long InFlight => _ledger._inFlight;

        /// <summary>What one participant uses.</summary>
        public ParticipantUse Of(string participant)
        {
            var account = _ledger.AccountOf(participant);
            return new ParticipantUse(account.Open, account.InFlight, account.Kept + account.Declared, account.Today + account.InFlight);
        }
    }

    sealed class Account
    {
        public int Open { get; set; }

        public long InFlight { get; set; }

        public long Declared { get; set; }

        public long Kept { get; set; }

        public long Today { get; set; }
    }
}
