using System.Globalization;
using System.Text;

namespace Mingling.Corpora.Streams;

/// <summary>What is said in a stretch of a stream.</summary>
/// <param name="Start">Where the spoken stretch begins, in seconds.</param>
/// <param name="End">Where it ends, without the echo of a room, in seconds.</param>
/// <param name="Word">The command, or <see cref="CorpusClip.UnknownLabel"/> for other speech.</param>
public sealed record StreamLabel(double Start, double End, string Word)
{
    /// <summary>Labels as the table that <c>mingling evaluate --labels</c> reads: <c>start,end,word</c>, in seconds with three digits.</summary>
    /// <param name="labels">The labels in the order of their start.</param>
    public static string Table(IEnumerable<StreamLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var table = new StringBuilder("start,end,word\n");
        foreach (var label in labels) table.Append(CultureInfo.InvariantCulture, $"{label.Start:0.000},{label.End:0.000},{Field(label.Word)}\n");
        return table.ToString();
    }

    private static string Field(string word) => word.Contains('"', StringComparison.Ordinal) ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : word;
}
