using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.CoreWcf.Support;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>What is wrong with a message is told by a fault in its own version, under the status that belongs to it.</summary>
public class FaultTests
{
    [Theory]
    [InlineData("Refuse", "urn:refuse", SoapVersion.Soap11, 500, SoapFaultCode.Sender)]
    [InlineData("Refuse", "urn:refuse", SoapVersion.Soap12, 400, SoapFaultCode.Sender)]
    [InlineData("Fail", "urn:fail", SoapVersion.Soap11, 500, SoapFaultCode.Receiver)]
    [InlineData("Fail", "urn:fail", SoapVersion.Soap12, 500, SoapFaultCode.Receiver)]
    public async Task A_fault_of_an_operation_has_the_version_and_status_of_its_request(
        string operation, string action, SoapVersion version, int status, SoapFaultCode code)
    {
        await using var host = await VendorHost.StartAsync();
        var answer = await host.PostAsync(
            Messages.Multipart(Messages.Envelope(operation, "file", Messages.Reference, version), "1,2,3", version),
            Messages.MultipartTypeOf(version, action), Messages.ActionHeader(version, action));
        Assert.Equal(code, FaultOf(answer, version, status).Code);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<broken", "not well-formed")]
    [InlineData("<!DOCTYPE a><a/>", "R1008")]
    [InlineData("<a/>", "not a SOAP Envelope")]
    public async Task An_envelope_that_cannot_be_read_is_a_fault_that_says_why(string envelope, string reason)
    {
        await using var host = await VendorHost.StartAsync();
        foreach (var version in Enum.GetValues<SoapVersion>())
        {
            var answer = await host.PostAsync(Messages.Utf8(envelope), Messages.TypeOf(version));
            var fault = FaultOf(answer, version, version == SoapVersion.Soap11 ? 500 : 400);
            Assert.Equal(SoapFaultCode.Sender, fault.Code);
            Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_limit_that_refuses_is_named()
    {
        var encoding = new SwaMessageEncodingBindingElement
        {
            Limits = new MessageLimits { Envelope = new EnvelopeLimits { RootBytes = 2000 }, PreRootSpoolBytes = 100 },
        };
        await using var host = await VendorHost.StartAsync(encoding);
        var large = await host.PostAsync(
            Messages.Utf8(Messages.Envelope("Echo", "text", new string('x', 2000))), Messages.TypeOf(SoapVersion.Soap11));
        Assert.Contains("rootBytes (2000", FaultOf(large, SoapVersion.Soap11, 500).Reason, StringComparison.Ordinal);
        var rootLast = Messages.Utf8($"--b0undary\r\nContent-ID: <file@vendor.example>\r\n\r\n{new string('x', 200)}\r\n--b0undary\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-ID: <root>\r\n\r\n"
            + $"{Messages.Envelope("Echo", "text", "x")}\r\n--b0undary--\r\n");
        var spooled = await host.PostAsync(rootLast, Messages.MultipartTypeOf(SoapVersion.Soap11));
        Assert.Contains("preRootSpoolBytes (100", FaultOf(spooled, SoapVersion.Soap11, 500).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_beyond_the_size_that_the_transport_allows_is_a_fault_that_names_the_setting()
    {
        var transport = new HttpTransportBindingElement { TransferMode = TransferMode.Streamed, MaxReceivedMessageSize = 100_000 };
        await using var host = await VendorHost.StartAsync(binding: new CustomBinding(new SwaMessageEncodingBindingElement(), transport));
        await using var client = await RawClient.ConnectAsync(host.Address);
        // In chunks: of a known length the server itself would refuse it.
        var message = Messages.Multipart(Messages.Envelope("Store", "file", Messages.Reference), new string('x', 200_000));
        await client.SendAsync($"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {Messages.MultipartTypeOf(SoapVersion.Soap11)}\r\n"
            + $"SOAPAction: \"urn:store\"\r\nTransfer-Encoding: chunked\r\n\r\n{message.Length:x}\r\n");
        await client.SendAsync(message);
        await client.SendAsync("\r\n0\r\n\r\n");
        var fault = FaultOf((await client.ReadAsync())!, SoapVersion.Soap11, 500);
        Assert.Contains("MaxReceivedMessageSize", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_is_cut_off_is_the_senders_fault()
    {
        await using var host = await VendorHost.StartAsync();
        var answer = await host.PostAsync(
            Messages.Utf8(Messages.Head(Messages.Envelope("Store", "file", Messages.Reference)) + "1,2,3\r\n"),
            Messages.MultipartTypeOf(SoapVersion.Soap11), Messages.ActionHeader(SoapVersion.Soap11, "urn:store"));
        var fault = FaultOf(answer, SoapVersion.Soap11, 500);
        Assert.Equal(SoapFaultCode.Sender, fault.Code);
        Assert.Contains("closing boundary", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_block_that_must_be_understood_and_is_not_is_refused_by_CoreWCF()
    {
        await using var host = await VendorHost.StartAsync();
        var envelope = Messages.Envelope("Echo", "text", "x", header: "<s:Security xmlns:s=\"urn:sec\" e:mustUnderstand=\"1\"/>");
        var answer = await host.PostAsync(
            Messages.Utf8(envelope), Messages.TypeOf(SoapVersion.Soap11), Messages.ActionHeader(SoapVersion.Soap11, "urn:echo"));
        Assert.Equal(SoapFaultCode.MustUnderstand, FaultOf(answer, SoapVersion.Soap11, 500).Code);
    }

    [Fact]
    public async Task A_SOAP_1_2_type_that_CoreWCF_cannot_read_is_a_fault_and_not_a_bare_status()
    {
        await using var host = await VendorHost.StartAsync();
        var answer = await host.PostAsync(
            Messages.Multipart(Messages.Envelope("Echo", "text", "x", SoapVersion.Soap12), "", SoapVersion.Soap12),
            "multipart/related; type=application/soap+xml; start=\"<root>\"; boundary=\"b0undary\"");
        Assert.Contains("to the letter", FaultOf(answer, SoapVersion.Soap12, 400).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deviations_are_reported_once_the_message_is_answered()
    {
        var reported = new TaskCompletionSource<IReadOnlyList<DeviationReport>>();
        var encoding = new SwaMessageEncodingBindingElement { Deviated = reported.SetResult };
        await using var host = await VendorHost.StartAsync(encoding);
        var answer = await host.PostAsync(
            Messages.Multipart(Messages.Envelope("Store", "file", "file@vendor.example"), "1,2,3"),
            "multipart/related; boundary=b0undary", "SOAPAction: urn:store\r\n");
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            [Deviation.TypeMissing, Deviation.SoapActionUnquoted, Deviation.ReferenceForm],
            (await reported.Task).Select(report => report.Deviation));
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8", "", Deviation.SoapActionMissing)]
    [InlineData("text/xml", "SOAPAction: \"urn:echo\"\r\n", Deviation.CharsetNotTold)]
    public async Task A_strict_profile_refuses_a_deviation_by_its_name(string contentType, string more, Deviation deviation)
    {
        await using var host = await VendorHost.StartAsync(new SwaMessageEncodingBindingElement { Profile = WireProfile.Strict });
        var answer = await host.PostAsync(Messages.Utf8(Messages.Envelope("Echo", "text", "x")), contentType, more);
        Assert.Contains(deviation.Name(), FaultOf(answer, SoapVersion.Soap11, 500).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buffered_transport_is_refused_at_the_start_by_the_name_of_the_setting()
    {
        var binding = new CustomBinding(new SwaMessageEncodingBindingElement(), new HttpTransportBindingElement());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => VendorHost.StartAsync(binding: binding));
        Assert.Contains("TransferMode", error.Message, StringComparison.Ordinal);
    }

    static SoapFault FaultOf(RawAnswer answer, SoapVersion version, int status)
    {
        Assert.True(answer.Status == status, answer.ToString());
        Assert.StartsWith(version.MediaType(), answer["Content-Type"], StringComparison.Ordinal);
        var envelope = SoapEnvelope.Parse(answer.Body);
        Assert.Equal(version, envelope.Version);
        return SoapFault.From(envelope)!;
    }
}
