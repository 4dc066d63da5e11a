using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Security;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Security;

public sealed class LoginTests
{
    // Whoever is known asks for a transfer that is not: the answer tells the two apart.
    static readonly string Known = ErrorCatalogue.TransferUnknown.Code;
    static readonly string Unknown = ErrorCatalogue.NotAuthenticated.Code;

    [Fact]
    public async Task Basic_credentials_are_taken_over_TLS_when_user_and_password_are_right()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(Known, await CodeAsync(gateway.As("kaoku")));
        Assert.Equal(Unknown, await CodeAsync(gateway.As("kaoku", "wrong")));
        Assert.Equal(Unknown, await CodeAsync(gateway.As("nobody")));
    }

    [Fact]
    public async Task A_password_stored_as_a_hash_is_verified()
    {
        var hash = PasswordHash.Create("hashed secret", iterations: 10_000).ToString();
        await using var gateway = await TestGateway.StartAsync(
            json => json["participants"]![0]!["credentials"]!["basic"]!["password"] = hash);

        Assert.Equal(Known, await CodeAsync(gateway.As("kaoku", "hashed secret")));
        Assert.Equal(Unknown, await CodeAsync(gateway.As("kaoku", "hashed secret ")));
    }

    [Fact]
    public async Task A_registered_client_certificate_is_enough()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(Known, await CodeAsync(gateway.As(gateway.Folder.Juki)));
    }

    [Fact]
    public async Task A_client_certificate_counts_on_connections_that_resume_a_TLS_session_too()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = gateway.Connect(new ConnectionOptions
        {
            ClientCertificate = gateway.Folder.Juki,
            TrustedServerCertificates = [gateway.ServerCertificate],
        });
        http.DefaultRequestHeaders.ConnectionClose = true;
        var client = new BatchClient(http, gateway.Address);

        for (var connection = 0; connection < 5; connection++)
            Assert.Equal(Known, await CodeAsync(client));
    }

    [Fact]
    public async Task A_client_certificate_of_nobody_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var stranger = gateway.Folder.MakeCertificate("juki-lookalike");

        Assert.Equal(Unknown, await CodeAsync(gateway.As(stranger)));
    }

    [Fact]
    public async Task A_registered_client_certificate_is_refused_once_it_has_expired()
    {
        X509Certificate2? old = null;
        await using var gateway = await TestGateway.StartAsync(
            json => json["participants"]![2]!["credentials"]!["certificates"]!.AsArray().Add("old.cer"),
            folder => old = folder.MakeCertificate("old", validFromDay: -30, validToDay: -1));

        Assert.Equal(Unknown, await CodeAsync(gateway.As(old!)));
        Assert.Contains(gateway.Log.Texts(300), text => text.Contains("not valid at this time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_requires_client_certificates_takes_no_password()
    {
        await using var gateway = await TestGateway.StartAsync(json => json["listeners"]![0]!["clientCertificates"] = "require");

        Assert.Equal(Unknown, await CodeAsync(gateway.As("kaoku")));
        Assert.Equal(Known, await CodeAsync(gateway.As(gateway.Folder.Juki)));
    }

    [Fact]
    public async Task Passwords_over_plain_HTTP_are_refused_unless_the_listener_allows_it_by_name()
    {
        var kaoku = new ConnectionOptions { User = "kaoku", Password = GatewayFolder.Password };

        await using (var strict = await TestGateway.StartAsync())
            Assert.Equal(Unknown, await CodeAsync(strict.Client(kaoku, strict.PlainAddress)));

        await using var allowing = await TestGateway.StartAsync(json => json["listeners"]![1]!["allowPlainHttp"] = true);
        Assert.Equal(Known, await CodeAsync(allowing.Client(kaoku, allowing.PlainAddress)));
    }

    [Fact]
    public async Task Without_credentials_the_caller_reads_a_challenge_and_a_SOAP_fault()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = gateway.Connect();
        using var content = new StringContent("<never-read/>", Encoding.UTF8, "text/xml");

        using var response = await http.PostAsync(gateway.Address, content);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        var fault = await response.Content.ReadAsStringAsync();
        Assert.Contains("<code>LG-3005</code>", fault, StringComparison.Ordinal);
        Assert.Contains("soap:Client", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_comes_before_the_body_is_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var client = await RawClient.ConnectAsync(gateway.PlainAddress);

        await client.SendAsync($"POST /batch HTTP/1.1\r\nHost: test\r\nContent-Length: {1L << 40}\r\nExpect: 100-continue\r\n\r\n");

        // An answer that asks for the body would come first.
        Assert.Equal(401, (await client.ReadAsync())?.Status);
    }

    [Theory]
    [InlineData("POST /batch", "", 401)]
    [InlineData("POST /batch", "Expect: 100-continue\r\n", 401)]
    [InlineData("PUT /elsewhere", "", 401)]
    [InlineData("POST /elsewhere", "Authorization: Basic a2Fva3U6Y29ycmVjdCBob3JzZQ==\r\n", 404)]
    [InlineData("DELETE /batch", "Authorization: Basic a2Fva3U6Y29ycmVjdCBob3JzZQ==\r\n", 405)]
    public async Task An_old_client_that_sends_a_large_body_before_it_reads_finds_the_refusal(string target, string header, int status)
    {
        const int Large = 16 * 1024 * 1024;
        await using var gateway = await TestGateway.StartAsync(json =>
        {
            json["listeners"]![1]!["allowPlainHttp"] = true;
            json["limits"] = new JsonObject { ["drainTime"] = "01:00:00" };
        });
        await using var client = await RawClient.ConnectAsync(gateway.PlainAddress);
        var piece = new byte[64 * 1024];
        // The first piece goes with the head: whoever asks whether to go on is given a second to do so unasked.
        await client.SendAsync(
            $"{target} HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nContent-Length: {Large}\r\n{header}\r\n", piece);
        for (var sent = piece.Length; sent < Large; sent += piece.Length)
            await client.SendAsync(piece);

        var answer = await client.ReadAsync();

        Assert.Equal(status, answer?.Status);
        Assert.Equal("close", answer?["Connection"]);
        if (status == 401)
            Assert.Contains("<code>LG-3005</code>", answer?.Text, StringComparison.Ordinal);
        Assert.Equal("", await client.WaitUntilClosedAsync());
    }

    [Theory]
    [InlineData("POST /batch", "")]
    [InlineData("POST /elsewhere", "Authorization: Basic a2Fva3U6Y29ycmVjdCBob3JzZQ==\r\n")]
    public async Task A_refusal_that_reads_no_body_takes_a_place_among_the_drains_of_the_gateway(string target, string header)
    {
        await using var gateway = await TestGateway.StartAsync(json =>
        {
            json["listeners"]![1]!["allowPlainHttp"] = true;
            json["limits"] = new JsonObject { ["drains"] = 0 };
        });
        await using var client = await RawClient.ConnectAsync(gateway.PlainAddress);
        await client.SendAsync($"{target} HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nContent-Length: 1000000\r\n{header}\r\n");

        await client.WaitUntilClosedAsync();

        Assert.Contains(gateway.Log.Texts(4), text => text.Contains("without draining", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_connection_is_kept_after_a_challenge_to_a_small_request_without_Expect()
    {
        await using var gateway = await TestGateway.StartAsync(json => json["listeners"]![1]!["allowPlainHttp"] = true);
        await using var client = await RawClient.ConnectAsync(gateway.PlainAddress);
        const string Request = "POST /batch HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n";
        await client.SendAsync(Request + "\r\nhello");
        var challenge = await client.ReadAsync();
        Assert.Equal("text/xml; charset=utf-8", challenge?["Content-Type"]);
        Assert.Equal((401, null), (challenge?.Status, challenge?["Connection"]));

        await client.SendAsync(Request + "Authorization: Basic a2Fva3U6Y29ycmVjdCBob3JzZQ==\r\n\r\nhello");

        Assert.Equal(500, (await client.ReadAsync())?.Status);
    }

    [Fact]
    public async Task Too_many_wrong_passwords_block_that_user_at_that_source_and_no_other_behind_the_same_address()
    {
        using var folder = new GatewayFolder();
        await using var gateway = await TestGateway.StartInAsync(folder, options => options with { Time = new StandingClock() });

        await GuessAsync(gateway);

        Assert.Equal(Unknown, await CodeAsync(gateway.As("kaoku")));
        Assert.Equal(Known, await CodeAsync(gateway.As("koseki")));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_do_not_block_who_was_verified_before()
    {
        await using var gateway = await TestGateway.StartAsync();
        var verified = gateway.As("kaoku");
        Assert.Equal(Known, await CodeAsync(verified));

        await GuessAsync(gateway);

        Assert.Equal(Known, await CodeAsync(verified));
    }

    [Fact]
    public async Task Guesses_sent_in_parallel_get_no_further_than_those_sent_one_by_one()
    {
        var guesses = FailureLimiter.Allowed + (8 * Environment.ProcessorCount);
        var hash = PasswordHash.Create(GatewayFolder.Password, iterations: 200_000).ToString();
        using var folder = new GatewayFolder(json => json["participants"]![0]!["credentials"]!["basic"]!["password"] = hash);
        var configuration = GatewayConfiguration.Load(folder.ConfigurationPath).Snapshot!;
        var authentication = new CallerAuthentication(
            configuration.Directory, ConfigurationHost.Instance, new FailureLimiter(new ManualClock()), TimeProvider.System);
        var listener = new Listener(configuration.Configuration.Listeners[0]);
        var guess = "Basic " + Convert.ToBase64String("kaoku:guess"u8);

        // Threads of their own, all at the gate before the first guess is made: the pool may have only one to lend.
        using var gate = new Barrier(guesses);
        var checks = await Task.WhenAll(Enumerable.Range(0, guesses).Select(_ => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return authentication.CheckAsync(listener, IPAddress.Loopback, null, guess, CancellationToken.None).AsTask();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        var lookedAt = checks.Count(check => check.RetryAfter is null);
        Assert.InRange(lookedAt, FailureLimiter.Allowed, FailureLimiter.Allowed + Environment.ProcessorCount);
    }

    static async Task GuessAsync(TestGateway gateway)
    {
        var guesser = gateway.As("kaoku", "guess");
        for (var i = 0; i < FailureLimiter.Allowed; i++)
            await CodeAsync(guesser);
    }

    static async Task<string?> CodeAsync(BatchClient client) =>
        (await client.GetTransferStatusAsync(Files.Status("none"), CancellationToken.None)).Refusal?.Code;

    /// <summary>A clock that stands still while timers run on: the minute in which guesses are counted does not end.</summary>
    sealed class StandingClock : TimeProvider
    {
        readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
