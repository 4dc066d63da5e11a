namespace LinkGateway.Contract.Operator;

/// <summary>About what there are standing orders, and what they say.</summary>
public static class StandingSubjects
{
    /// <summary>The operating mode; the value is one of <see cref="Modes"/>.</summary>
    public const string Mode = "mode";

    /// <summary>The value of an order that has nothing more to say than that it is in force.</summary>
    public const string InForce = "yes";

    /// <summary>What the subjects of suspensions begin with.</summary>
    public const string Suspension = "suspend/";

    /// <summary>What the subjects of freezes begin with; the value is a <see cref="FreezeFilter"/> as JSON.</summary>
    public const string Freezing = "freeze/";

    /// <summary>The confirmation of a clock that has jumped; the value is the time, as the gateway tells it.</summary>
    public const string Clock = "clock";

    /// <summary>The modes, the usual one first.</summary>
    public static readonly string[] Modes = ["normal", "disaster", "recovery"];

    /// <summary>The suspension of a participant.</summary>
    public static string Suspend(string participantId) => Suspension + participantId;
}
