namespace LinkGateway.Core.Configuration;

/// <summary>
/// Marks a path, a list of paths or a secret: relative paths in it are taken from the folder of <c>gateway.json</c> and made absolute.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class ConfigurationPathAttribute : Attribute;
