using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>SOAPAction is accepted in every form and never used to find the operation; how it departs from the rules is reported.</summary>
public class SoapActionTests
{
    [Theory]
    [InlineData(SoapVersion.Soap11, "\"urn:echo\"", null)]
    [InlineData(SoapVersion.Soap11, "\"\"", null)]
    [InlineData(SoapVersion.Soap11, null, Deviation.SoapActionMissing)]
    [InlineData(SoapVersion.Soap11, "", Deviation.SoapActionUnquoted)]
    [InlineData(SoapVersion.Soap11, "urn:echo", Deviation.SoapActionUnquoted)]
    [InlineData(SoapVersion.Soap11, "\"urn:echo", Deviation.SoapActionUnquoted)]
    [InlineData(SoapVersion.Soap12, null, null)]
    [InlineData(SoapVersion.Soap12, "\"urn:echo\"", Deviation.SoapActionOnSoap12)]
    public async Task Every_form_is_accepted_and_reported__44(SoapVersion version, string? action, Deviation? expected)
    {
        var partners = new Partners(WireProfile.Lenient);
        await using var server = await SoapServer.StartAsync(partners: partners);
        Assert.Equal(200, (int)(await PostAsync(server, version, action)).Status);

        // What is reported may come after the answer.
        await server.StopAsync();
        Assert.Equal(expected is { } one ? [one] : [], partners.Reported);
    }

    [Theory]
    [InlineData(SoapVersion.Soap11, null, Deviation.SoapActionMissing)]
    [InlineData(SoapVersion.Soap11, "urn:echo", Deviation.SoapActionUnquoted)]
    [InlineData(SoapVersion.Soap12, "\"urn:echo\"", Deviation.SoapActionOnSoap12)]
    public async Task A_strict_profile_refuses_it_by_name__44(SoapVersion version, string? action, Deviation deviation)
    {
        await using var server = await SoapServer.StartAsync(partners: new Partners(WireProfile.Strict));

        var (status, answer) = await PostAsync(server, version, action);

        Assert.Equal(version == SoapVersion.Soap11 ? 500 : 400, (int)status);
        Assert.Contains(deviation.Name(), answer, StringComparison.Ordinal);
        Assert.Empty(server.Operations.Calls);
    }

    static async Task<(System.Net.HttpStatusCode Status, string Answer)> PostAsync(SoapServer server, SoapVersion version, string? action)
    {
        using var content = new ByteArrayContent(Messages.Utf8(Messages.Envelope("echo", "x", version)));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(version == SoapVersion.Soap11 ? Messages.Type11 : Messages.Type12);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = content };
        if (action is not null)
            request.Headers.TryAddWithoutValidation("SOAPAction", action);
        using var response = await server.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    sealed class Partners(WireProfile profile) : IPartnerProfiles
    {
        readonly ConcurrentQueue<Deviation> _reported = [];

        public IEnumerable<Deviation> Reported => _reported;

        public WireProfile ProfileOf(ClaimsPrincipal caller) => profile;

        public void Deviated(ClaimsPrincipal caller, IReadOnlyList<DeviationReport> deviations)
        {
            foreach (var report in deviations)
                _reported.Enqueue(report.Deviation);
        }
    }
}
