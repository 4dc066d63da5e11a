using System.Text.Json.Nodes;
using LinkGateway.Relay.Records;
using LinkGateway.Testing.Time;

namespace LinkGateway.Relay.Tests.Records;

/// <summary>The call record: a file a day, a line a call.</summary>
public sealed class CallRecordFileTests : IDisposable
{
    static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    static readonly DateTimeOffset Evening = new(2026, 11, 27, 23, 59, 0, TimeSpan.FromHours(9));

    readonly string _folder = Directory.CreateTempSubdirectory("linkgateway-calls-").FullName;
    readonly List<(Exception? Error, long Count)> _lost = [];

    [Fact]
    public async Task A_call_is_a_line_of_JSON_without_what_is_not_known()
    {
        await using (var file = Open())
            file.Add(Record(Evening, "urn:m:1\n\u001b[31m"));

        var text = await File.ReadAllTextAsync(PathOf("2026-11-27"));
        var line = Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var record = JsonNode.Parse(line)!;
        Assert.Equal("urn:m:1\n\u001b[31m", (string?)record["messageId"]);
        Assert.Equal("2026-11-27T23:59:00+09:00", (string?)record["receivedAt"]);
        Assert.Equal("answered", (string?)record["outcome"]);
        Assert.Null(record["sentAt"]);
        Assert.Null(record["requestFindings"]);
    }

    [Fact]
    public async Task Days_are_those_of_the_gateways_time_zone_and_a_late_end_stands_in_the_new_day()
    {
        await using (var file = Open())
        {
            file.Add(Record(Evening, "a"));
            file.Add(Record(Evening.AddMinutes(2), "b"));
            file.Add(Record(Evening, "c"));
        }

        Assert.Equal(["a"], await IdsAsync("2026-11-27"));
        Assert.Equal(["b", "c"], await IdsAsync("2026-11-28"));
    }

    [Fact]
    public async Task A_restart_goes_on_in_the_same_file()
    {
        await using (var file = Open())
            file.Add(Record(Evening, "a"));
        await using (var file = Open())
            file.Add(Record(Evening, "b"));

        Assert.Equal(["a", "b"], await IdsAsync("2026-11-27"));
    }

    [Fact]
    public async Task Files_older_than_the_days_kept_are_removed_and_nothing_else()
    {
        foreach (var name in new[] { "calls-2026-11-24.jsonl", "calls-2026-11-25.jsonl", "calls-old.jsonl", "other.txt" })
            await File.WriteAllTextAsync(Path.Combine(_folder, name), "x");

        await using (var file = Open(daysKept: 2))
            file.Add(Record(Evening, "a"));

        Assert.Equal(["calls-2026-11-25.jsonl", "calls-2026-11-27.jsonl", "calls-old.jsonl", "other.txt"],
            Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public async Task A_folder_that_is_gone_loses_records_and_says_so_and_calls_go_on()
    {
        Directory.Delete(_folder);
        await using (var file = Open())
            file.Add(Record(Evening, "a"));

        var (error, count) = Assert.Single(_lost);
        Assert.IsAssignableFrom<IOException>(error);
        Assert.Equal(1, count);
        Directory.CreateDirectory(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    CallRecordFile Open(int daysKept = 10) =>
        new(_folder, new ManualTime(), () => Tokyo, () => daysKept, (error, count) => _lost.Add((error, count)));

    static CallRecord Record(DateTimeOffset at, string id) =>
        new() { MessageId = id, Caller = "kaoku", ReceivedAt = at, Outcome = CallOutcome.Answered };

    string PathOf(string day) => Path.Combine(_folder, $"calls-{day}.jsonl");

    async Task<IEnumerable<string?>> IdsAsync(string day) =>
        (await File.ReadAllLinesAsync(PathOf(day))).Select(line => (string?)JsonNode.Parse(line)!["messageId"]);
}
