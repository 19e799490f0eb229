using System.Text.Json.Serialization;

namespace Mingling.Corpora;

/// <summary>Something in a corpus that was skipped.</summary>
/// <param name="Path">The file, or the list and its line, that it is about.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record CorpusProblem(string Path, string Reason)
{
    private readonly Remark? _why;

    internal CorpusProblem(string path, Remark why) : this(path, why.Text) => _why = why;

    /// <summary>The problem as one sentence, with its code and values: <c>path</c> and, as a remark of its own, <c>why</c>.</summary>
    [JsonIgnore]
    public Remark Remark => new("problem.file", ToString(), ("path", Path), ("why", _why ?? Remark.Plain(Reason)));

    internal static Remark Unreadable(Exception e) => new("problem.unreadable", $"cannot be read: {e.Message.TrimEnd('.')}", ("why", Remark.Of(e)));

    /// <summary>The problem as one sentence.</summary>
    public override string ToString() => $"'{Path}' {Reason}.";

    /// <summary>Whether both say the same of the same.</summary>
    /// <param name="other">The other; null is never equal.</param>
    public bool Equals(CorpusProblem? other) => other is not null && Path == other.Path && Reason == other.Reason;

    /// <summary>A number that is equal for equal problems.</summary>
    public override int GetHashCode() => HashCode.Combine(Path, Reason);
}
