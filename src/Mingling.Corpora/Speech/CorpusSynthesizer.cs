using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mingling.Audio;

namespace Mingling.Corpora.Speech;

/// <summary>
/// Makes a corpus of synthetic speech: a folder of WAV files for each word, <c>manifest.csv</c>, which marks them as synthetic, and
/// <c>synthesis.json</c>, which says how they were made. The same request gives the same bytes; what was interrupted goes on.
/// </summary>
public static class CorpusSynthesizer
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the clips that are not there yet.</summary>
    /// <param name="espeak">The program that speaks.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="folder">A new or empty folder, or one where the same request was interrupted.</param>
    /// <param name="parallelism">How many clips are made at once, at least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Stops; finished clips stay.</param>
    /// <exception cref="SpeechException">A voice is unknown, a clip cannot be spoken, or the folder holds something else.</exception>
    /// <exception cref="CorpusException">The noise cannot be read.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value of the request is out of its range.</exception>
    public static SynthesisReport Run(
        EspeakNg espeak, SynthesisRequest request, string folder, int parallelism = 1, CancellationToken cancellation = default)
    {
        request.Check();
        foreach (string voice in request.Voices) espeak.CheckVoice(voice);
        string description = JsonSerializer.Serialize(new { Format, EspeakNg = espeak.Version, Request = request }, Json);
        CheckFolder(folder, description);
        var synthesizer = new ClipSynthesizer(espeak, request);
        var notes = SpokenTexts.Notes(espeak, request.Words.Select(word => word.Text), espeak.VoiceOf(request.Voices[0]), cancellation).ToList();
        var plan = SynthesisPlan.Make(espeak, request, cancellation);
        Begin(folder, description, plan);

        PlannedClip[] missing = [.. plan.Clips.Where(clip => !File.Exists(Path.Combine(folder, clip.File)))];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
            Parallel.ForEach(missing, options, clip => WavWriter.Write(Path.Combine(folder, clip.File), synthesizer.Make(clip, cancellation)));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e.InnerExceptions[0]);
        }
        int near = plan.Clips.Count - request.Words.Count * request.ClipsPerWord;
        return new SynthesisReport(plan.Clips.Count, missing.Length, near, [.. notes, .. plan.Notes]);
    }

    private static void CheckFolder(string folder, string description)
    {
        if (File.Exists(folder)) throw new SpeechException($"'{folder}' is a file; name a folder.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        string begun = Path.Combine(folder, "synthesis.json");
        if (!File.Exists(begun)) throw new SpeechException($"'{folder}' holds other files; name a new folder, or an empty one.");
        if (File.ReadAllText(begun) != description)
            throw new SpeechException($"'{folder}' was begun with other words, settings or version of eSpeak NG (see its synthesis.json); name another folder.");
    }

    /// <summary>The manifest comes before the clips: not even a half-made corpus is taken for recordings of people.</summary>
    private static void Begin(string folder, string description, SynthesisPlan plan)
    {
        foreach (string path in plan.Clips.Select(clip => Path.GetDirectoryName(Path.Combine(folder, clip.File))!).Distinct()) Directory.CreateDirectory(path);
        OutputFile.Write(Path.Combine(folder, "synthesis.json"), description);
        var table = new StringBuilder("path,label,speaker,split,synthetic\n");
        foreach (var clip in plan.Clips) table.Append($"{Field(clip.File)},{Field(clip.Label)},{Field(clip.Voice)},train,true\n");
        OutputFile.Write(Path.Combine(folder, "manifest.csv"), table.ToString());
    }

    /// <summary>A field as in RFC 4180.</summary>
    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
