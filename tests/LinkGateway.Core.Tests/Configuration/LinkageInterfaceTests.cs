using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class LinkageInterfaceTests
{
    static readonly LinkageInterface Interface = TestConfiguration.Snapshot().FindInterface("kaoku-ido")!;

    [Theory]
    [InlineData("full", true)]
    [InlineData("change", true)]
    [InlineData("difference", false)]
    [InlineData("Full", false)]
    [InlineData("", false)]
    public void Only_the_listed_kinds_may_be_sent(string kind, bool allowed) => Assert.Equal(allowed, Interface.RefuseKind(kind) is null);

    [Fact]
    public void A_refused_kind_names_the_allowed_ones() =>
        Assert.Contains("full, change", Interface.RefuseKind("difference")!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Without_a_list_every_known_kind_may_be_sent()
    {
        var any = new LinkageInterface { Id = "any" };

        Assert.Null(any.RefuseKind("difference"));
        Assert.NotNull(any.RefuseKind("delta"));
    }

    [Theory]
    [InlineData(true, "message", true)]
    [InlineData(true, "full", false)]
    [InlineData(false, "message", false)]
    public void An_interface_takes_messages_when_it_has_a_service_and_files_when_it_has_none(bool hasService, string kind, bool allowed)
    {
        var service = new ServiceBinding { Name = "Any", Wsdl = "any.wsdl" };
        var item = new LinkageInterface { Id = "any", Service = hasService ? service : null };

        Assert.Equal(allowed, item.RefuseKind(kind) is null);
    }

    [Theory]
    [InlineData("1.0", "2025-04-01", "1.0")]
    [InlineData("1.0", "2026-06-30", "1.0")]
    [InlineData("1.1", "2026-06-30", "1.1")]
    [InlineData(null, "2026-03-31", "1.0")]
    [InlineData(null, "2026-04-01", "1.1")]
    [InlineData("1.0", "2025-03-31", null)]
    [InlineData("1.0", "2026-07-01", null)]
    [InlineData("1.1", "2026-03-31", null)]
    [InlineData("2.0", "2026-04-01", null)]
    [InlineData(null, "2025-03-31", null)]
    public void A_version_is_in_force_from_its_first_to_its_last_day(string? stated, string on, string? found)
    {
        var outcome = Interface.VersionInForce(stated, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(found, outcome.Value?.Version);
        Assert.Equal(found is not null, outcome.Refusal is null);
    }

    [Fact]
    public void A_refused_version_names_those_in_force() => Assert.Contains("in force: 1.1, 1.0",
        Interface.VersionInForce("2.0", new DateOnly(2026, 5, 1)).Refusal!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Without_versions_none_is_checked() =>
        Assert.Null(new LinkageInterface { Id = "any" }.VersionInForce("9", new DateOnly(2026, 1, 1)).Refusal);
}
