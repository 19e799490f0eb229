namespace Mingling.Corpora;

/// <summary>Something in a corpus that was skipped.</summary>
/// <param name="Path">The file, or the list and its line, that it is about.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record CorpusProblem(string Path, string Reason)
{
    /// <summary>The problem as one sentence.</summary>
    public override string ToString() => $"'{Path}' {Reason}.";
}
