using System.Diagnostics;
using System.Net.Http.Json;
using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>A vendor's system as a process, with its own folder.</summary>
sealed class VendorSystem : IDisposable
{
    static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    readonly string _program;
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(10) };
    Process? _process;

    public VendorSystem(string program, string folder)
    {
        (_program, Folder) = (program, folder);
        Directory.CreateDirectory(folder);
    }

    public string Folder { get; }

    /// <summary>Its address once it runs.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    public int ProcessId => _process?.Id ?? 0;

    public async Task StartAsync(string[] options, CancellationToken cancellationToken)
    {
        var log = Path.Combine(Folder, "log.txt");
        _process = ChildProcess.Start(_program, [Folder, .. options], new Dictionary<string, string>(), log);
        var address = Path.Combine(Folder, "address.txt");
        var waited = Stopwatch.StartNew();
        while (!File.Exists(address))
        {
            if (_process.HasExited || waited.Elapsed > StartPatience)
                throw new SampleException($"{_program} did not start:\n{await File.ReadAllTextAsync(log, cancellationToken)}");
            await Task.Delay(50, cancellationToken);
        }

        Address = new Uri(await File.ReadAllTextAsync(address, cancellationToken));
    }

    /// <summary>Does what an official does at its screen.</summary>
    public async Task<T> UseAsync<T>(string screen, object? input, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Address, screen), input, cancellationToken);
        return await ReadAsync<T>(screen, answer, cancellationToken);
    }

    /// <summary>Looks at its screen.</summary>
    public async Task<T> LookAsync<T>(string screen, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(Address, screen), cancellationToken);
        return await ReadAsync<T>(screen, answer, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    async Task<T> ReadAsync<T>(string screen, HttpResponseMessage answer, CancellationToken cancellationToken) => answer.IsSuccessStatusCode
        ? (await answer.Content.ReadFromJsonAsync<T>(cancellationToken))!
        : throw new SampleException($"{_program} failed at {screen}: HTTP {(int)answer.StatusCode}. See {Folder}.");
}
