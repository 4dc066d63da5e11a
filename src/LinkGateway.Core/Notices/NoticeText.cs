using LinkGateway.Contract.Notices;

namespace LinkGateway.Core.Notices;

/// <summary>What is said of a kind of notice, whatever the case.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">One line, English; <c>{0}</c> stands for the subjects.</param>
/// <param name="TitleJa">The same in Japanese.</param>
/// <param name="Act">What the gateway does by itself, and why; English.</param>
/// <param name="ActJa">The same in Japanese.</param>
/// <param name="Advice">What somebody should do, English.</param>
/// <param name="AdviceJa">The same in Japanese.</param>
sealed record NoticeText(
    NoticeSeverity Severity, string Title, string TitleJa, string Act, string ActJa, string Advice, string AdviceJa);
