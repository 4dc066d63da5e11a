using LinkGateway.Core.Notices;

namespace LinkGateway.Core.Tests.Notices;

/// <summary>What is wrong at present.</summary>
public sealed class NoticeBoardTests
{
    readonly NoticeBoard _board = new();

    [Fact]
    public void A_condition_that_is_raised_again_is_one_condition_with_the_newest_text()
    {
        _board.Raise(NoticeKind.DestinationDown, "gw-b", "no answer");
        _board.Raise(NoticeKind.DestinationDown, "gw-b", "refused");

        Assert.Equal(new Condition(NoticeKind.DestinationDown, "gw-b", "refused"), Assert.Single(_board.Current));
    }

    [Fact]
    public void Other_subjects_and_kinds_are_other_conditions()
    {
        _board.Raise(NoticeKind.DestinationDown, "gw-b", "");
        _board.Raise(NoticeKind.DestinationDown, "gw-c", "");
        _board.Raise(NoticeKind.StoreSlow, "gw-b", "");

        _board.Clear(NoticeKind.DestinationDown, "gw-b");

        var left = _board.Current.OrderBy(condition => condition.Subject).Select(condition => $"{condition.Kind} {condition.Subject}");
        Assert.Equal(["StoreSlow gw-b", "DestinationDown gw-c"], left);
    }

    [Fact]
    public void Only_what_changes_wakes_who_waits()
    {
        _board.Raise(NoticeKind.SpaceShort, "spool", "1 GiB left");
        var next = _board.Changed.Next;

        _board.Raise(NoticeKind.SpaceShort, "spool", "1 GiB left");
        _board.Clear(NoticeKind.SpaceShort, "journal");
        Assert.False(next.IsCompleted);

        _board.Clear(NoticeKind.SpaceShort, "spool");
        Assert.True(next.IsCompleted);
    }
}
