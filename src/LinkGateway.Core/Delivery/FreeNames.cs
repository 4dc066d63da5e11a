using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;

namespace LinkGateway.Core.Delivery;

/// <summary>Finds names for files in a folder.</summary>
sealed class FreeNames(IFileSystem files)
{
    const int MaxNumber = 10_000;

    /// <summary>The name to publish under; null when it is taken and the destination refuses that.</summary>
    /// <param name="folder">The destination.</param>
    /// <param name="place">Its paths.</param>
    /// <param name="wish">The name wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="reserved">Names that are not there yet but will be.</param>
    public async ValueTask<string?> FindAsync(
        FolderDestination folder, FolderPlace place, string wish, CancellationToken cancellationToken,
        IReadOnlyList<string>? reserved = null)
    {
        if (folder.OnExists == OnExists.Replace || !await IsTakenAsync(place, wish, reserved, cancellationToken)) return wish;
        if (folder.OnExists == OnExists.Refuse) return null;
        var (stem, extension) = (Path.GetFileNameWithoutExtension(wish), Path.GetExtension(wish));
        for (var number = 2; number < MaxNumber; number++)
        {
            var name = $"{stem} ({number}){extension}";
            if (!await IsTakenAsync(place, name, reserved, cancellationToken)) return name;
        }

        return null;
    }

    /// <summary>The outcome where a name is taken.</summary>
    public static DeliveryOutcome.Held Taken(FolderDestination folder, string name)
    {
        var refusal = new Refusal(ErrorCatalogue.FileExists, folder.Id, name);
        return new DeliveryOutcome.Held(refusal.Code, refusal.ToString());
    }

    async ValueTask<bool> IsTakenAsync(
        FolderPlace place, string name, IReadOnlyList<string>? reserved, CancellationToken cancellationToken) =>
        reserved?.Contains(name) == true
            || await files.ExistsAsync(place.Data(name), cancellationToken)
            || await files.ExistsAsync(place.PublishedControl(name), cancellationToken);
}
