using System.Collections.Concurrent;
using System.Xml.Linq;

namespace VendorB.VacantHouses;

/// <summary>VacantHouse (空き家), SOAP 1.2: takes reports in, one-way.</summary>
sealed class VacantHouseService
{
    static readonly XNamespace Envelope = "http://www.w3.org/2003/05/soap-envelope";
    static readonly XNamespace Wsa = "http://www.w3.org/2005/08/addressing";
    static readonly XNamespace N = "http://linkgateway.example/services/vacant-house/2026";

    readonly ConcurrentQueue<Report> _reports = new();

    /// <summary>Every report that arrived, repetitions too.</summary>
    public IReadOnlyCollection<Report> Reports => _reports;

    public async Task<IResult> TakeAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/soap+xml", StringComparison.OrdinalIgnoreCase) != true)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var document = await XDocument.LoadAsync(request.Body, LoadOptions.None, request.HttpContext.RequestAborted);
        var body = document.Root!.Element(Envelope + "Body")?.Element(N + "RegisterVacantHouse");
        if (body is null) return Results.BadRequest();
        _reports.Enqueue(new Report(
            body.Element(N + "reportId")!.Value,
            body.Element(N + "houseNumber")!.Value,
            body.Element(N + "location")!.Value,
            document.Root.Element(Envelope + "Header")?.Element(Wsa + "MessageID")?.Value));
        return Results.Accepted();
    }

    /// <summary>A report as it arrived.</summary>
    public sealed record Report(string ReportId, string HouseNumber, string Location, string? MessageId);
}
