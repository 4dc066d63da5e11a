namespace LinkGateway.Relay.Validation;

/// <summary>What the validator was just given, which tells much of what it objects to.</summary>
enum ValidationStep
{
    Start,
    Attribute,
    Attributes,
    Text,
    End,
}
