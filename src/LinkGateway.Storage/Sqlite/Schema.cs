using System.Globalization;
using System.Text.Json;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// The tables of the journal. <c>PRAGMA user_version</c> counts the migrations that a database has seen; a migration, once released, is
/// never changed, only followed by another. Instants: see <see cref="Instant"/>; JSON: see <see cref="JournalJson"/>; digests are 32 raw
/// bytes; states are the names of their enumerations.
/// </summary>
static class Schema
{
    /// <summary>
    /// What a delivery that a worker may take up looks like; the same words in index and queries let SQLite use the index.
    /// </summary>
    public const string WaitsForClock =
        "next_attempt_at IS NOT NULL AND state IN ('Waiting', 'Sending', 'Publishing', 'InDoubt', 'HandedOver', 'Held')";

    /// <summary>What an unfinished upload looks like.</summary>
    public const string Unfinished = "state IN ('Open', 'Verifying')";

    /// <summary>What a delivery that lies in an inbox looks like.</summary>
    public const string Offered = "offered_at IS NOT NULL AND state IN ('Waiting', 'Sending')";

    /// <summary>What a delivery that has ended and whose job is still to run looks like.</summary>
    public const string WaitsForJob = "next_attempt_at IS NOT NULL AND state IN ('Delivered', 'Failed', 'ReceiverRejected')";

    /// <summary>What a delivery that has ended without a job to run, and whose files may still lie in a folder, looks like.</summary>
    public const string LeftInFolder = "folder IS NOT NULL AND next_attempt_at IS NULL AND state IN ('Failed', 'Cancelled')";

    /// <summary>What a transfer whose payload is kept looks like.</summary>
    public const string Kept = "payload_due_at IS NOT NULL";

    /// <summary>What a finished transfer without a payload looks like.</summary>
    public const string Past = "payload_due_at IS NULL AND state NOT IN ('Open', 'Verifying')";

    const string First = $"""
        CREATE TABLE transfer (
            origin TEXT NOT NULL, transfer_id TEXT NOT NULL, receiver TEXT NOT NULL, replay INTEGER NOT NULL, version INTEGER NOT NULL,
            submitted_by TEXT NOT NULL, manifest TEXT NOT NULL, manifest_digest BLOB NOT NULL, state TEXT NOT NULL,
            attempt INTEGER NOT NULL, payload_id TEXT NOT NULL, inline INTEGER NOT NULL, chunk_size INTEGER NOT NULL, hops TEXT NOT NULL,
            size INTEGER, sha256 BLOB, root BLOB, record_count INTEGER, entry_receipt BLOB, created_at TEXT NOT NULL, first_byte_at TEXT, last_byte_at TEXT,
            accepted_at TEXT, expires_at TEXT NOT NULL, reason_code TEXT, reason_text TEXT,
            PRIMARY KEY (origin, transfer_id, receiver, replay)) STRICT;
        CREATE INDEX transfer_payload ON transfer (payload_id);
        CREATE INDEX transfer_unfinished ON transfer (expires_at) WHERE {Unfinished};

        CREATE TABLE chunk (
            payload_id TEXT NOT NULL, idx INTEGER NOT NULL, length INTEGER NOT NULL, sha256 BLOB NOT NULL,
            PRIMARY KEY (payload_id, idx)) STRICT, WITHOUT ROWID;

        CREATE TABLE inline_payload (payload_id TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

        CREATE TABLE delivery (
            delivery_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL,
            origin TEXT NOT NULL, transfer_id TEXT NOT NULL, transfer_receiver TEXT NOT NULL, transfer_replay INTEGER NOT NULL,
            payload_id TEXT NOT NULL, receiver TEXT NOT NULL, replay INTEGER NOT NULL, destination_id TEXT NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL, next_attempt_at TEXT, lease_owner TEXT, lease_until TEXT, last_error_code TEXT, last_error_text TEXT,
            published_name TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
        CREATE INDEX delivery_transfer ON delivery (origin, transfer_id, transfer_receiver, transfer_replay);
        CREATE INDEX delivery_payload ON delivery (payload_id);
        CREATE INDEX delivery_due ON delivery (next_attempt_at, delivery_id)
            WHERE next_attempt_at IS NOT NULL AND state IN ('Waiting', 'Sending', 'Publishing', 'InDoubt');
        CREATE INDEX delivery_leased ON delivery (lease_owner) WHERE lease_owner IS NOT NULL;

        CREATE TABLE receipt (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, receipt_id TEXT NOT NULL UNIQUE,
            origin TEXT NOT NULL, transfer_id TEXT NOT NULL, transfer_receiver TEXT NOT NULL, transfer_replay INTEGER NOT NULL,
            delivery_id TEXT, submitted_by TEXT NOT NULL, content TEXT NOT NULL, document BLOB NOT NULL) STRICT;
        CREATE INDEX receipt_transfer ON receipt (origin, transfer_id, transfer_receiver, transfer_replay);
        CREATE INDEX receipt_origin ON receipt (origin, sequence);
        CREATE INDEX receipt_submitted_by ON receipt (submitted_by, sequence);

        CREATE TABLE peer_cursor (destination_id TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL) STRICT;

        CREATE TABLE event (
            event_id INTEGER PRIMARY KEY, at TEXT NOT NULL,
            origin TEXT NOT NULL, transfer_id TEXT NOT NULL, transfer_receiver TEXT NOT NULL, transfer_replay INTEGER NOT NULL,
            delivery_id TEXT, from_state TEXT NOT NULL, to_state TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
        CREATE INDEX event_transfer ON event (origin, transfer_id, transfer_receiver, transfer_replay);
        """;

    /// <summary>Deliveries in doubt, intentions, inboxes and file sets.</summary>
    const string Second = $"""
        ALTER TABLE delivery ADD COLUMN doubts TEXT;
        ALTER TABLE delivery ADD COLUMN intention TEXT NOT NULL DEFAULT 'None';
        ALTER TABLE delivery ADD COLUMN intention_reason TEXT;
        ALTER TABLE delivery ADD COLUMN offered_at TEXT;
        ALTER TABLE delivery ADD COLUMN lease_token TEXT;
        ALTER TABLE delivery ADD COLUMN receiver_reference TEXT;
        ALTER TABLE delivery ADD COLUMN set_key TEXT;
        DROP INDEX delivery_due;
        CREATE INDEX delivery_due ON delivery (next_attempt_at, delivery_id) WHERE {WaitsForClock};
        CREATE INDEX delivery_offered ON delivery (receiver, offered_at, delivery_id) WHERE {Offered};
        CREATE INDEX delivery_offered_all ON delivery (offered_at, delivery_id) WHERE {Offered};
        ALTER TABLE transfer ADD COLUMN fetched_delivery TEXT;
        ALTER TABLE transfer ADD COLUMN fetched_lease TEXT;
        CREATE INDEX delivery_set ON delivery (set_key) WHERE set_key IS NOT NULL;
        """;

    /// <summary>Operators: their orders, and the lists that they look through.</summary>
    const string Third = """
        CREATE TABLE operator_order (
            number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operator TEXT NOT NULL, order_kind TEXT NOT NULL,
            reason TEXT NOT NULL, delivery_id TEXT NOT NULL,
            origin TEXT NOT NULL, transfer_id TEXT NOT NULL, transfer_receiver TEXT NOT NULL, transfer_replay INTEGER NOT NULL,
            from_state TEXT NOT NULL, to_state TEXT NOT NULL) STRICT;
        CREATE INDEX operator_order_delivery ON operator_order (delivery_id);
        CREATE INDEX delivery_state ON delivery (state, created_at, delivery_id);
        """;

    /// <summary>The jobs of folders.</summary>
    const string Fourth = $"CREATE INDEX delivery_job ON delivery (next_attempt_at, delivery_id) WHERE {WaitsForJob};";

    /// <summary>The contract's namespace was frozen, and with it what the digests of manifests cover.</summary>
    const string Fifth = "UPDATE transfer SET manifest_digest = manifest_digest_of(manifest);";

    /// <summary>What was fetched from another gateway and is not confirmed there yet; where the files of deliveries lie.</summary>
    const string Sixth = $"""
        ALTER TABLE transfer ADD COLUMN awaits_confirmation INTEGER NOT NULL DEFAULT 0;
        UPDATE transfer SET awaits_confirmation = 1 WHERE fetched_delivery IS NOT NULL AND (state IN ('Open', 'Verifying')
            OR (state = 'Accepted' AND EXISTS (SELECT 1 FROM delivery d WHERE d.payload_id = transfer.payload_id
                AND d.state = 'Waiting' AND d.next_attempt_at IS NULL AND d.offered_at IS NULL)));
        ALTER TABLE delivery ADD COLUMN folder TEXT;
        CREATE INDEX delivery_left ON delivery (delivery_id) WHERE {LeftInFolder};
        """;

    /// <summary>
    /// Retention. What was accepted before is looked at soon; what was given up unconfirmed has no payload. Found strays: not by the times
    /// of files, which a restored copy brings along.
    /// </summary>
    const string Seventh = $"""
        ALTER TABLE transfer ADD COLUMN payload_due_at TEXT;
        ALTER TABLE transfer ADD COLUMN payload_removed_at TEXT;
        ALTER TABLE transfer ADD COLUMN payload_rule TEXT;
        UPDATE transfer SET payload_due_at = accepted_at WHERE accepted_at IS NOT NULL
            AND (state = 'Accepted' OR (state = 'Cancelled' AND fetched_delivery IS NULL));
        CREATE INDEX transfer_payload_due ON transfer (payload_due_at, size) WHERE {Kept};
        CREATE INDEX transfer_past ON transfer (created_at) WHERE {Past};
        CREATE TABLE stray_payload (payload_id TEXT NOT NULL PRIMARY KEY, found_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>What operators have ordered until further notice.</summary>
    const string StandingOrders = """
        CREATE TABLE standing_order (
            number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operator TEXT NOT NULL, subject TEXT NOT NULL, value TEXT,
            reason TEXT NOT NULL) STRICT;
        CREATE INDEX standing_order_subject ON standing_order (subject, number);
        """;

    /// <summary>Lanes: what waits with what, so that those that wait are looked through by lanes and not one by one.</summary>
    const string Lanes = $"""
        ALTER TABLE delivery ADD COLUMN interface_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE delivery ADD COLUMN begins INTEGER NOT NULL DEFAULT 1;
        UPDATE delivery SET
            begins = (state IN ('Waiting', 'Sending', 'InDoubt') AND intention = 'None'),
            interface_id = coalesce((SELECT manifest ->> '$.interfaceId' FROM transfer t WHERE t.origin = delivery.origin
                AND t.transfer_id = delivery.transfer_id AND t.receiver = delivery.transfer_receiver
                AND t.replay = delivery.transfer_replay), '');
        CREATE INDEX delivery_lane ON delivery (destination_id, origin, interface_id, receiver, begins, next_attempt_at, delivery_id)
            WHERE {WaitsForClock};
        """;

    /// <summary>Which interface a transfer is of: forecasts and lists of expected files ask by it.</summary>
    const string Interfaces = """
        ALTER TABLE transfer ADD COLUMN interface_id TEXT GENERATED ALWAYS AS (json_extract(manifest, '$.interfaceId')) VIRTUAL;
        CREATE INDEX transfer_interface ON transfer (origin, interface_id, accepted_at) WHERE accepted_at IS NOT NULL;
        """;

    static readonly string[] Migrations = [First, Second, Third, Fourth, Fifth, Sixth, Seventh, StandingOrders, Lanes, Interfaces];

    /// <summary>Brings the database to the newest version.</summary>
    /// <exception cref="StorageException">It was written by a newer program.</exception>
    public static void Migrate(SqliteSession session) => Migrate(session, Migrations.Length);

    /// <summary>Brings the database to a version, for tests of what comes after it.</summary>
    internal static void Migrate(SqliteSession session, int to)
    {
        var version = (int)session.Scalar("PRAGMA user_version");
        if (version > Migrations.Length)
        {
            throw new StorageException(
                StorageFailure.Unavailable,
                $"The journal {session.Path} has schema version {version}, this program knows {Migrations.Length}: " +
                "start the newer program, or restore the journal that was saved before the update.");
        }

        session.Define("manifest_digest_of", json =>
            ManifestDigest.Of(JsonSerializer.Deserialize(json, JournalJson.Default.Manifest)!).ToArray());
        for (; version < to; version++)
        {
            var next = (version + 1).ToString(CultureInfo.InvariantCulture);
            session.Script($"BEGIN IMMEDIATE; {Migrations[version]} PRAGMA user_version = {next}; COMMIT;");
        }
    }
}
