using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LinkGateway.Soap.AspNetCore.Buffers;

/// <summary>Puts large transport blocks in force.</summary>
public static class LargeBlocks
{
    /// <summary>Lets Kestrel use blocks of 256 KiB. Call it after UseKestrel: the last registration wins.</summary>
    /// <param name="builder">The web host's builder.</param>
    /// <param name="retainedBytes">The most free memory kept for later, in bytes.</param>
    /// <returns>The builder.</returns>
    public static IWebHostBuilder UseLargeBlocks(this IWebHostBuilder builder, int retainedBytes = 32 * 1024 * 1024)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services => services.UseLargeBlocks(retainedBytes));
    }

    /// <summary>Lets Kestrel use blocks of 256 KiB. Call it after UseKestrel: the last registration wins.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="retainedBytes">The most free memory kept for later, in bytes.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection UseLargeBlocks(this IServiceCollection services, int retainedBytes = 32 * 1024 * 1024) =>
        services.AddSingleton<IMemoryPoolFactory<byte>>(new LargeBlockMemoryPoolFactory(retainedBytes));
}
