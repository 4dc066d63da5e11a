using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>Keeps the first refusal of a message: the later ones are often only its consequences.</summary>
sealed class FieldFaults
{
    public Refusal? First { get; private set; }

    public void Add(Refusal refusal) => First ??= refusal;
}
