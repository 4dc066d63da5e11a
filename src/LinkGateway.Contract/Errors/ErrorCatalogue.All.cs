using System.Reflection;

namespace LinkGateway.Contract.Errors;

public static partial class ErrorCatalogue
{
    /// <summary>All entries by code, in the order of their codes.</summary>
    public static IReadOnlyDictionary<string, ErrorEntry> All => Listing.ByCode;

    // A class of its own: the order in which the fields of a partial class are initialised over several files is not defined.
    static class Listing
    {
        public static readonly SortedDictionary<string, ErrorEntry> ByCode = new(
            typeof(ErrorCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => field.GetValue(null)).OfType<ErrorEntry>()
                .ToDictionary(entry => entry.Code),
            StringComparer.Ordinal);
    }
}
