using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>What is known of a message that could not be read: the fault that answers it.</summary>
/// <param name="Version">The version to answer in.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Deviations">The deviations met until then.</param>
sealed record SwaUnreadable(SoapVersion Version, SoapFault Fault, DeviationLog Deviations);
