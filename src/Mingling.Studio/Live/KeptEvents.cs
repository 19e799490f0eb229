using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Live;

/// <summary>The sound of the last commands of a stream, so that one that was none can be kept as an alarm.</summary>
internal sealed class KeptEvents(StudioFolder folder, int sampleRate)
{
    private const int Most = 30;
    private readonly Dictionary<int, (CommandEvent Heard, float[] Sound)> _events = [];
    private int _last;

    /// <returns>The number of the event.</returns>
    public int Add(CommandEvent heard, float[] sound)
    {
        _events[++_last] = (heard, sound);
        _events.Remove(_last - Most);
        return _last;
    }

    /// <summary>Writes the sound of an event as the command line does with <c>--keep-alarms</c>.</summary>
    /// <returns>The name of the file; null where the event was too long ago.</returns>
    public string? Keep(int number)
    {
        if (!_events.Remove(number, out var kept)) return null;
        Directory.CreateDirectory(folder.Alarms);
        string name = string.Create(CultureInfo.InvariantCulture, $"{FileNamePart.Of(kept.Heard.Word, '_')}-{kept.Heard.Score:0.000}-{DateTime.UtcNow:yyyyMMddHHmmssfff}.wav");
        WavWriter.Write(Path.Combine(folder.Alarms, name), new AudioClip(kept.Sound, sampleRate));
        return name;
    }
}
