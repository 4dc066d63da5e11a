using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Processes;

/// <summary>nginx as a comparator: two workers, no access log. It reads no SOAP and computes no digest.</summary>
sealed class Nginx : IDisposable
{
    /// <summary>Debian package that has the program, with its dav module.</summary>
    public const string Package = "nginx-light";

    readonly Child _process;
    readonly string _folder;

    Nginx(Child process, Uri address, string folder) => (_process, Address, _folder) = (process, address, folder);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>Passes calls on as fast as it can: connections to the backend kept, nothing buffered.</summary>
    public static Task<Nginx> StartProxyAsync(string folder, Uri backend) => StartAsync(
        folder,
        $"upstream backend {{ server {backend.Authority}; keepalive 64; keepalive_requests 1000000000; }}",
        """
        proxy_pass http://backend;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_request_buffering off;
        proxy_buffering off;
        """);

    /// <summary>Stores files that are PUT; it does not flush them.</summary>
    public static Task<Nginx> StartStoreAsync(string folder) => StartAsync(folder, "", """
        dav_methods PUT;
        client_body_buffer_size 1m;
        """);

    /// <summary>PUTs a file, and checks what it stored once the time is taken.</summary>
    public async Task<Sample> PutAsync(BodyFile body)
    {
        var stored = Path.Combine(_folder, "files", "bench.csv");
        var sample = await Measured.RunAsync(ProcessId, body.Size, () => RawSender.PostAsync(
            Upload.Plain(new Uri(Address, "bench.csv"), body) with { Method = "PUT" }));
        await using (var file = File.OpenRead(stored))
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) != body.Sha256)
                throw new InvalidOperationException("nginx stored something else.");
        }

        File.Delete(stored);
        return sample;
    }

    public void Dispose() => _process.Dispose();

    static async Task<Nginx> StartAsync(string folder, string upstream, string location)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName;
        Directory.CreateDirectory(Path.Combine(own, "files"));
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var configuration = Path.Combine(own, "nginx.conf");
        var pid = Path.Combine(own, "nginx.pid");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            worker_processes 2;
            pid {{pid}};
            error_log {{Path.Combine(own, "error.log")}} error;
            events { worker_connections 1024; }
            http {
              access_log off;
              root {{own}}/files;
              client_body_temp_path {{own}}/body;
              proxy_temp_path {{own}}/proxy;
              fastcgi_temp_path {{own}}/fastcgi;
              uwsgi_temp_path {{own}}/uwsgi;
              scgi_temp_path {{own}}/scgi;
              keepalive_requests 1000000000;
              {{upstream}}
              server {
                listen {{address.Authority}};
                client_max_body_size 0;
                location / { {{location}} }
              }
            }
            """);
        var process = Child.StartProgram("nginx", ["-c", configuration, "-p", own, "-e", Path.Combine(own, "start.log")]);
        await process.WaitForAsync(pid);
        return new Nginx(process, address, own);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
