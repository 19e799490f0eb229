using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming;

namespace Mingling.Cli.Commands;

/// <summary>
/// What a server prints: commands on the standard output, everything else on the standard error output. A terminal or a pipe that stands still
/// delays no client: lines wait in a queue, and what does not fit is lost.
/// </summary>
internal sealed class ServeLog : IWyomingObserver, IModelObserver, IDisposable
{
    private const int MostWaiting = 4096;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly bool _json;
    private readonly Channel<(bool IsError, string Line)> _lines = Channel.CreateBounded<(bool, string)>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Task _writing;

    public ServeLog(bool json)
    {
        _json = json;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Says what the server does.</summary>
    public void Note(string text) => _lines.Writer.TryWrite((true, ShownText.OnOneLine($"mingling: {text}")));

    public void Connected(WyomingClient client) => Note($"{client.Address} connected");

    public void Closed(WyomingClient client, string? reason) => Note(reason is null ? $"{client.Address} left" : $"{client.Address} closed: {reason}");

    public void Detected(WyomingClient client, CommandEvent heard) => _lines.Writer.TryWrite((false, Line(DateTime.UtcNow, client.Address, heard)));

    public void Reloaded(LoadedModel model) => Note($"{model.Path} was replaced; loaded with {string.Join(", ", model.Words)}");

    public void Kept(LoadedModel model, string problem) => Note($"{model.Path} was replaced and cannot be used, the former model goes on: {problem}");

    /// <summary>Prints what waits.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing.Wait(LongestEnd);
    }

    private string Line(DateTime time, string client, CommandEvent heard)
    {
        if (!_json) return string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffZ}\t{client}\t{ShownText.OnOneLine(heard.Word)}\t{heard.Score:0.000}");
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("client", client);
            json.WriteString("word", heard.Word);
            json.WriteNumber("start", Math.Round(heard.Start, 3));
            json.WriteNumber("end", Math.Round(heard.End, 3));
            json.WriteNumber("score", Math.Round(heard.Score, 4));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private async Task WriteAsync()
    {
        await foreach (var (isError, line) in _lines.Reader.ReadAllAsync())
        {
            try
            {
                (isError ? Console.Error : Console.Out).WriteLine(line);
            }
            catch (IOException)
            {
                // Nobody reads it; the server goes on.
            }
        }
    }
}
