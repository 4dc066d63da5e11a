using System.Net;
using System.Net.Sockets;

namespace LinkGateway.LoadBench.Processes;

/// <summary>
/// The comparator of relaying: nginx (package nginx-light) as it passes on best: two workers, connections to the backend kept, nothing
/// buffered, no access log. It reads no SOAP.
/// </summary>
sealed class Nginx : IDisposable
{
    readonly Child _process;

    Nginx(Child process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public static async Task<Nginx> StartAsync(string folder, Uri backend)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var configuration = Path.Combine(own, "nginx.conf");
        var pid = Path.Combine(own, "nginx.pid");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes 2;
            pid {{pid}};
            error_log {{Path.Combine(own, "error.log")}} error;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path {{own}}/body;
              proxy_temp_path {{own}}/proxy;
              fastcgi_temp_path {{own}}/fastcgi;
              uwsgi_temp_path {{own}}/uwsgi;
              scgi_temp_path {{own}}/scgi;
              keepalive_requests 1000000000;
              upstream backend { server {{backend.Authority}}; keepalive 64; keepalive_requests 1000000000; }
              server {
                listen {{address.Authority}};
                client_max_body_size 0;
                location / {
                  proxy_pass http://backend;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_request_buffering off;
                  proxy_buffering off;
                }
              }
            }
            """);
        var process = Child.StartProgram("nginx", ["-c", configuration, "-p", own, "-e", Path.Combine(own, "start.log")]);
        await process.WaitForAsync(pid);
        return new Nginx(process, address);
    }

    public void Dispose() => _process.Dispose();

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
