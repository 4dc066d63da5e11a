namespace LinkGateway.Core.Configuration;

/// <summary>In which order the files of a route reach its receiver.</summary>
public enum RouteOrder
{
    /// <summary>Each when it is ready.</summary>
    None,

    /// <summary>Those of one origin, interface and receiver as the entry gateway accepted them.</summary>
    Interface,

    /// <summary>By the order group and sequence of their manifests; files without are not ordered.</summary>
    Group,
}
