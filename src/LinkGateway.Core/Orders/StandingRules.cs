using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Retention;

namespace LinkGateway.Core.Orders;

/// <summary>What standing orders may say.</summary>
static class StandingRules
{
    /// <summary>
    /// The value as it is entered: null where it is the same as no order. A refusal where there is no such subject or no such value.
    /// </summary>
    public static Outcome<string?> Check(string subject, string? value, ConfigurationSnapshot snapshot)
    {
        if (subject == StandingSubjects.Mode) return CheckMode(value);
        if (subject.StartsWith(StandingSubjects.Suspension, StringComparison.Ordinal))
        {
            // The order can be lifted all the same when the participant is gone from the configuration.
            var isKnown = value is null || snapshot.Directory.Find(subject[StandingSubjects.Suspension.Length..]) is not null;
            return isKnown ? CheckSwitch(value) : new Refusal(ErrorCatalogue.FieldInvalid, "subject", "there is no such participant");
        }

        if (subject.StartsWith(StandingSubjects.Freezing, StringComparison.Ordinal))
            return Freezes.Check(subject[StandingSubjects.Freezing.Length..], value);
        if (subject == StandingSubjects.Clock) return CheckInstant(value);
        return new Refusal(
            ErrorCatalogue.FieldInvalid, "subject",
            $"it is {StandingSubjects.Mode}, {StandingSubjects.Suspension}PARTICIPANT, {StandingSubjects.Freezing}NAME or "
            + StandingSubjects.Clock);
    }

    static Outcome<string?> CheckMode(string? value)
    {
        if (value is not null && !StandingSubjects.Modes.Contains(value))
            return new Refusal(ErrorCatalogue.FieldInvalid, "value", $"it is one of {string.Join(", ", StandingSubjects.Modes)}");
        return value == StandingSubjects.Modes[0] ? (string?)null : value;
    }

    static Outcome<string?> CheckInstant(string? value) =>
        value is null || DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? value
            : new Refusal(ErrorCatalogue.FieldInvalid, "value", "it is no instant");

    static Outcome<string?> CheckSwitch(string? value) => value is null or StandingSubjects.InForce
        ? value
        : new Refusal(ErrorCatalogue.FieldInvalid, "value", $"it is {StandingSubjects.InForce}, or none to lift the order");
}
