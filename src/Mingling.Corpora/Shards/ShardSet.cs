using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.Corpora.Shards;

/// <summary>
/// The file <c>shards.json</c> beside the shards of a corpus: which there are, so that one that is missing, cut short or of another corpus is
/// noticed. Written last: a folder without it holds nothing that is finished.
/// </summary>
internal sealed record ShardSet
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "shards.json";

    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>A hash of what was packed; every index tells the same.</summary>
    public required string Id { get; init; }

    /// <summary>The number of clips.</summary>
    public required long Clips { get; init; }

    /// <summary>The shards, in their order.</summary>
    public required IReadOnlyList<Shard> Shards { get; init; }

    /// <summary>Where the file is; null where a path is no corpus of shards.</summary>
    /// <param name="path">A folder, or the file itself.</param>
    public static string? Find(string path) =>
        Path.GetFileName(path) == FileName && File.Exists(path) ? path
        : File.Exists(Path.Combine(path, FileName)) ? Path.Combine(path, FileName)
        : null;

    public void Write(string folder) => OutputFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Json));

    /// <exception cref="CorpusException">It cannot be read, or is of another format.</exception>
    public static ShardSet Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var set = JsonSerializer.Deserialize<ShardSet>(stream, Json) ?? throw new JsonException("it is null");
            if (set.Format != CurrentFormat)
                throw new CorpusException($"'{path}' is of format {set.Format}; this version of Mingling reads format {CurrentFormat}, so pack the corpus anew.");
            if (set.Id is null || set.Shards is not { Count: > 0 } || set.Shards.Any(shard => shard?.Name is not { Length: > 0 } name || name != Path.GetFileName(name) || !ShownText.IsPlain(name) || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars())))
                throw new JsonException("it names no shards");
            return set;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"'{path}' cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}; copy it again, or pack the corpus anew.", e);
        }
    }
}

/// <summary>One shard.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Bytes">How long the file is.</param>
/// <param name="Clips">How many clips its index tells of.</param>
internal sealed record Shard(string Name, long Bytes, int Clips)
{
    /// <summary>The name of the index.</summary>
    [JsonIgnore]
    public string IndexName => Path.ChangeExtension(Name, ".index");
}
