using System.Text;
using System.Xml;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Reads the WSDL and XSD files of a folder and its sub-folders into memory, and nothing outside it.</summary>
sealed class CatalogueFolder
{
    // As many as Linux follows before it speaks of a loop (ELOOP).
    const int LinksFollowed = 40;

    readonly string _root;
    readonly CatalogueErrors _errors;
    readonly List<CatalogueDocument> _documents = [];
    readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    long _bytes;
    bool _full;

    CatalogueFolder(string root, CatalogueErrors errors)
    {
        _root = root;
        _errors = errors;
    }

    public static (IReadOnlyList<CatalogueDocument> Documents, IReadOnlySet<string> Unreadable) Read(string path, CatalogueErrors errors)
    {
        try
        {
            var folder = new CatalogueFolder(RealPath(Path.GetFullPath(path)), errors);
            folder.Visit(folder._root, 0);
            return (folder._documents, folder._unreadable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add("", $"The folder of interfaces cannot be read: {e.Message} Name an existing folder that the gateway may read.");
            return ([], new HashSet<string>());
        }
    }

    void Visit(string folder, int depth)
    {
        if (depth > CatalogueLimits.FolderDepth)
        {
            _errors.Add(Relative(folder), $"Sub-folders deeper than {CatalogueLimits.FolderDepth} are not read; put the files higher up.");
            return;
        }
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            // Hidden folders hold what tools leave behind: version control, and the generations of a mounted configuration volume.
            if (_full || entry.Name.StartsWith('.'))
                continue;
            if (entry is FileInfo file)
                Take(file);
            else if (entry.LinkTarget is not null)
                _errors.Add(Relative(entry.FullName), "Symbolic links to folders are not followed; put the files themselves here.");
            else
                Enter(entry.FullName, depth + 1);
        }
    }

    void Enter(string folder, int depth)
    {
        try
        {
            Visit(folder, depth);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _errors.Add(Relative(folder), $"The sub-folder cannot be read: {e.Message} Give the gateway the right to read it.");
        }
    }

    void Take(FileInfo file)
    {
        var extension = file.Extension;
        if (!extension.Equals(".wsdl", StringComparison.OrdinalIgnoreCase) && !extension.Equals(".xsd", StringComparison.OrdinalIgnoreCase))
            return;
        var name = Relative(file.FullName);
        if (_documents.Count == CatalogueLimits.Documents)
        {
            _full = true;
            _errors.Add(name, $"This and all later files are left out: there are more than {CatalogueLimits.Documents} WSDL and XSD "
                + "files. Take files out.");
            return;
        }
        try
        {
            _documents.Add(CatalogueDocument.Parse(_documents.Count, name, Bytes(file, name)));
        }
        catch (XmlException e)
        {
            Refuse(name, e.LineNumber, e.LinePosition, XmlText(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException or InvalidDataException)
        {
            Refuse(name, 0, 0, $"The file cannot be read: {e.Message}");
        }
    }

    byte[] Bytes(FileInfo file, string name)
    {
        var real = RealPath(file.FullName);
        if (!real.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidDataException("it is a symbolic link that leaves the folder of interfaces. Put the file itself here.");
        var length = new FileInfo(real).Length;
        // Pipes and devices have no length, and opening one may wait for ever.
        if (length == 0)
            throw new InvalidDataException("it is empty. Put the whole file here.");
        if (length > CatalogueLimits.DocumentBytes)
            throw new InvalidDataException($"it is larger than {CatalogueLimits.DocumentBytes} bytes. Split it.");
        if (_bytes + length > CatalogueLimits.FolderBytes)
            throw new InvalidDataException($"all files together are larger than {CatalogueLimits.FolderBytes} bytes. Take files out.");
        var bytes = File.ReadAllBytes(real);
        _bytes += bytes.Length;
        return bytes;
    }

    void Refuse(string name, int line, int position, string text)
    {
        _unreadable.Add(name);
        _errors.Add(name, line, position, text);
    }

    // The reader's own sentence for a DTD speaks of settings that no operator has.
    static string XmlText(XmlException e) => e.Message.Contains("DTD", StringComparison.Ordinal)
        ? "The file has a document type declaration (DTD), which is never read; remove it."
        : $"The file is not well-formed or beyond a limit: {e.Message} Put it right.";

    string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');

    // Links in the middle of a path count as well, which FileSystemInfo.ResolveLinkTarget does not look at.
    static string RealPath(string path)
    {
        var pending = new Stack<string>(Names(path));
        var real = Path.GetPathRoot(path)!;
        for (var links = 0; pending.TryPop(out var name);)
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > LinksFollowed)
                throw new IOException("it is a symbolic link that leads in a circle.");
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(target)!;
            foreach (var part in Names(target))
                pending.Push(part);
        }
        return real;
    }

    static IEnumerable<string> Names(string path) => path[Path.GetPathRoot(path)!.Length..]
        .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
        .Where(name => name != ".")
        .Reverse();
}
