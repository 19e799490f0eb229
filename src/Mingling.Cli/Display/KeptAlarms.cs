using System.Globalization;
using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming;

namespace Mingling.Cli.Display;

/// <summary>A folder that receives the sound of events, one WAV file each, named by word, score and number.</summary>
internal sealed class KeptAlarms
{
    private readonly string _folder;
    private int _count;

    /// <param name="folder">A folder that does not exist, or is empty.</param>
    /// <param name="option">The option that names it, for messages.</param>
    public KeptAlarms(string folder, string option)
    {
        EmptyFolder.Require(folder, option);
        _folder = folder;
    }

    /// <summary>How many were kept.</summary>
    public int Count => _count;

    /// <summary>Writes the sound of an event.</summary>
    /// <returns>The name of the file.</returns>
    public string Add(CommandEvent heard, float[] samples, int sampleRate)
    {
        Directory.CreateDirectory(_folder);
        string name = string.Create(CultureInfo.InvariantCulture, $"{FileNamePart.Of(heard.Word, '_')}-{heard.Score:0.000}-{++_count:0000}.wav");
        WavWriter.Write(Path.Combine(_folder, name), new AudioClip(samples, sampleRate));
        return name;
    }
}
