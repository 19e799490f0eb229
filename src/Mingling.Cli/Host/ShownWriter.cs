using System.Text;

namespace Mingling.Cli.Host;

/// <summary>A writer that shows what would command a terminal instead of sending it.</summary>
internal sealed class ShownWriter(TextWriter writer) : TextWriter
{
    private char? _half;

    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value)
    {
        // Half a character waits for its other half.
        string text = _half is { } half ? $"{half}{value}" : $"{value}";
        _half = char.IsHighSurrogate(value) && text.Length == 1 ? value : null;
        if (_half is null) writer.Write(ShownText.WithLines(text));
    }

    public override void Write(string? value)
    {
        if (value is not null) writer.Write(ShownText.WithLines(value));
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => writer.WriteLine();

    public override void WriteLine(string? value) => writer.WriteLine(ShownText.WithLines(value ?? ""));

    public override void Flush() => writer.Flush();
}
