using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Mingling.Corpora.Shards;

/// <summary>
/// The index beside a shard, a text: a first line with the format, the corpus, the number of the shard, its bytes and its clips; a line for each
/// clip, the fields separated by tabs; and a last line with the checksum of all before it. A field without a value is empty; a backslash, tab
/// and line break within one are written as <c>\\</c>, <c>\t</c>, <c>\n</c> and <c>\r</c>.
/// </summary>
internal static class ShardIndex
{
    private const string Magic = "mingling-shard", End = "end";
    private const int Format = 1;

    /// <summary>The text of an index.</summary>
    public static byte[] Write(string id, int number, long shardBytes, IReadOnlyList<PackedClip> clips)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Magic}\t{Format}\t{id}\t{number}\t{shardBytes}\t{clips.Count}\n");
        foreach (var (clip, seconds) in clips)
        {
            Append(text, clip.Name);
            Append(text, clip.Label);
            Append(text, clip.Speaker ?? "");
            text.Append(CultureInfo.InvariantCulture, $"{clip.Split?.ToString().ToLowerInvariant()}\t{clip.Bytes!.Value.Offset}\t{clip.Bytes.Value.Length}\t{clip.Bytes.Value.Checksum:x8}\t");
            text.Append(CultureInfo.InvariantCulture, $"{seconds:R}\t{clip.StartSeconds:R}\t{clip.EndSeconds:R}\t{(clip.Synthetic ? "synthetic" : "")}\t{(clip.CopyGroup == 0 ? "" : clip.CopyGroup)}\n");
        }
        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        return [.. body, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{End}\t{SoundSource.Checksum(body):x8}\n"))];
    }

    /// <summary>Reads an index.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="id">The corpus that it must be of.</param>
    /// <param name="number">The number of the shard.</param>
    /// <param name="shardPath">The path of the shard.</param>
    /// <param name="shardBytes">How long the shard is.</param>
    /// <param name="names">Makes equal names one text.</param>
    /// <param name="add">Takes each clip.</param>
    /// <returns>Null, or what is wrong as a clause.</returns>
    public static string? Read(ReadOnlySpan<byte> content, string id, int number, string shardPath, long shardBytes, NamePool names, Action<CorpusClip> add)
    {
        int last = content.Length < 2 ? -1 : content[..^1].LastIndexOf((byte)'\n');
        if (last < 0 || content[^1] != '\n') return "is cut short";
        var body = content[..(last + 1)];
        var end = new Fields(content[(last + 1)..^1]);
        if (end.Text() != End || !end.Hex(out uint checksum)) return "is cut short";
        if (SoundSource.Checksum(body) != checksum) return "is damaged: its checksum does not fit";
        int line = body.IndexOf((byte)'\n');
        var header = new Fields(body[..line]);
        if (header.Text() != Magic) return "is no index of a shard";
        if (!header.Number(out long format) || format != Format) return $"is of format {format}; this version of Mingling reads format {Format}";
        if (header.Text() != id) return "is of another corpus";
        if (!header.Number(out long own) || own != number) return $"is that of shard {own}";
        if (!header.Number(out long bytes) || bytes != shardBytes) return $"tells of a shard of {bytes} bytes, and the shard has {shardBytes}";
        if (!header.Number(out long clips)) return "is damaged: its first line cannot be read";
        for (body = body[(line + 1)..]; !body.IsEmpty; body = body[(line + 1)..], clips--)
        {
            line = body.IndexOf((byte)'\n');
            if (Clip(new Fields(body[..line]), shardPath, shardBytes, names) is not { } clip) return "is damaged: a line cannot be read";
            add(clip);
        }
        return clips == 0 ? null : "is damaged: lines are missing";
    }

    private static CorpusClip? Clip(Fields fields, string path, long shardBytes, NamePool names)
    {
        string name = fields.Text();
        string label = names.Of(fields.Next()), speaker = names.Of(fields.Next()), split = names.Of(fields.Next());
        if (!fields.Number(out long offset) || !fields.Number(out long length) || !fields.Hex(out uint checksum)) return null;
        if (offset < 0 || length is < 1 or > int.MaxValue || offset > shardBytes - length || name.Length == 0 || label.Length == 0) return null;
        if (!fields.Seconds(out _) || !fields.Seconds(out double? start) || !fields.Seconds(out double? end)) return null;
        bool synthetic = fields.Next().Length > 0;
        if (!fields.Number(out long copies) || copies is < 0 or > int.MaxValue) return null;
        Split? side = null;
        if (split.Length > 0)
        {
            if (!Enum.TryParse(split, ignoreCase: true, out Split given) || !Enum.IsDefined(given)) return null;
            side = given;
        }
        return new CorpusClip(path, name, label)
        {
            Speaker = speaker.Length == 0 ? null : speaker,
            Split = side,
            StartSeconds = start,
            EndSeconds = end,
            Synthetic = synthetic,
            TrainingOnly = synthetic,
            Bytes = new ShardBytes(offset, (int)length, checksum),
            CopyGroup = (int)copies,
        };
    }

    private static void Append(StringBuilder text, string field) =>
        text.Append(field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)).Append('\t');

    /// <summary>The fields of a line, from left to right.</summary>
    private ref struct Fields(ReadOnlySpan<byte> line)
    {
        private ReadOnlySpan<byte> _rest = line;

        public ReadOnlySpan<byte> Next()
        {
            int end = _rest.IndexOf((byte)'\t');
            var field = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            return field;
        }

        public string Text() => NamePool.Plain(Next());

        /// <summary>A whole number; an empty field is 0.</summary>
        public bool Number(out long number)
        {
            var field = Next();
            number = 0;
            return field.IsEmpty || (Utf8Parser.TryParse(field, out number, out int used) && used == field.Length);
        }

        public bool Hex(out uint number)
        {
            var field = Next();
            return Utf8Parser.TryParse(field, out number, out int used, 'x') && used == field.Length;
        }

        public bool Seconds(out double? seconds)
        {
            var field = Next();
            seconds = null;
            if (field.IsEmpty) return true;
            bool isRead = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value);
            seconds = value;
            return isRead;
        }
    }
}

/// <summary>A clip and how long it is.</summary>
/// <param name="Clip">The clip, in a shard.</param>
/// <param name="Seconds">Its length.</param>
internal sealed record PackedClip(CorpusClip Clip, double Seconds);
