using System.Globalization;
using System.Text;
using Mingling.Audio;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Writes the errors of a stream as short recordings to listen to, with <c>errors.csv</c>, which lists them.</summary>
public static class ErrorClips
{
    private const int Piece = 1 << 14;
    private const double BeforeWord = 1, AfterWord = 1.5, BeforeAlarm = 2.5, AfterAlarm = 0.5;

    private sealed record Excerpt(string File, long Start, long End)
    {
        public List<float> Samples { get; } = [];
    }

    /// <summary>Writes the recordings; the stream is read once and not kept.</summary>
    /// <param name="source">The stream, from its beginning.</param>
    /// <param name="errors">Its errors (<see cref="StreamError.Of"/>).</param>
    /// <param name="folder">A folder, made where it does not exist.</param>
    /// <param name="cancellationToken">Stops the work; nothing is written then.</param>
    /// <returns>The names of the recordings, in the order of the errors.</returns>
    /// <exception cref="SampleStreamException">The stream breaks off.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ISampleSource source, IReadOnlyList<StreamError> errors, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(errors);
        using var staged = StagedFolder.Begin(folder);
        string[] names = Names(errors);
        var waiting = new Queue<Excerpt>(errors.Select((error, i) => Around(error, names[i], source.SampleRate)).OrderBy(excerpt => excerpt.Start));
        List<Excerpt> open = [];
        float[] piece = new float[Piece];
        long position = 0;
        while (await source.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            while (waiting.TryPeek(out var next) && next.Start < position + read) open.Add(waiting.Dequeue());
            foreach (var excerpt in open) excerpt.Samples.AddRange(Part(piece.AsSpan(0, read), position, excerpt));
            position += read;
            foreach (var full in open.Where(excerpt => excerpt.End <= position)) Write(full, staged.Files, source.SampleRate);
            open.RemoveAll(excerpt => excerpt.End <= position);
        }

        foreach (var cut in open) Write(cut, staged.Files, source.SampleRate);
        OutputFile.Write(Path.Combine(staged.Files, "errors.csv"), Table(errors, names));
        staged.Place();
        return names;
    }

    private static string[] Names(IReadOnlyList<StreamError> errors)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. errors.Select(error =>
        {
            string name = error.Name;
            for (int i = 2; !taken.Add(name); i++) name = $"{error.Name}-{i}";
            return name + ".wav";
        })];
    }

    private static Excerpt Around(StreamError error, string file, int rate)
    {
        (double start, double end) = error.Said is { } said ? (said.Start - BeforeWord, said.End + AfterWord) : (error.Time - BeforeAlarm, error.Time + AfterAlarm);
        long first = (long)(Math.Max(0, start) * rate);
        return new Excerpt(file, first, Math.Max(first + 1, (long)(end * rate)));
    }

    private static ReadOnlySpan<float> Part(ReadOnlySpan<float> piece, long position, Excerpt excerpt)
    {
        int from = (int)Math.Clamp(excerpt.Start - position, 0, piece.Length), to = (int)Math.Clamp(excerpt.End - position, 0, piece.Length);
        return piece[from..to];
    }

    private static void Write(Excerpt excerpt, string folder, int rate) =>
        WavWriter.Write(Path.Combine(folder, excerpt.File), new AudioClip([.. excerpt.Samples], rate));

    private static string Table(IReadOnlyList<StreamError> errors, string[] names)
    {
        var table = new StringBuilder("kind,time,said,heard,heard_at,score,file\n");
        foreach ((int i, var error) in errors.Index())
        {
            string heardAt = error.Heard is { } heard ? string.Create(CultureInfo.InvariantCulture, $"{heard.Time:0.000}") : "";
            table.Append(CultureInfo.InvariantCulture,
                $"{error.Kind},{error.Time:0.000},{Field(error.Said?.Word)},{Field(error.Heard?.Word)},{heardAt},{error.Score:0.0000},{Field(names[i])}\n");
        }

        return table.ToString();
    }

    /// <summary>A field as in RFC 4180.</summary>
    private static string Field(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
