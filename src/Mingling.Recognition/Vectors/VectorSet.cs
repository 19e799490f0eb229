using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Vectors;

/// <summary>
/// The content of <c>vectors.json</c>. Numbers in files of their own are 32-bit floats, little endian, row by row; all names of files are
/// relative to the folder.
/// </summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">The version of the format, <see cref="CurrentVersion"/>.</param>
/// <param name="Model">The model file.</param>
/// <param name="SampleRate">The rate of the model's front end (Hz).</param>
/// <param name="HopMs">The time between two windows of a stream in milliseconds; null where there are no streams.</param>
/// <param name="WindowMs">The length of the model's window in milliseconds.</param>
/// <param name="Classes">The trained classes, in the order of the posteriors of clips.</param>
/// <param name="StreamClasses">The columns of the posteriors of streams: the trained classes, then the enrolled words.</param>
/// <param name="NoStreams">Why the model cannot be used for streams, as a sentence; null where it can.</param>
/// <param name="Streams">The streams; none where the model cannot be used for them.</param>
/// <param name="Clips">The clips.</param>
internal sealed record VectorSet(
    string Format, int Version, string Model, int SampleRate, double? HopMs, double WindowMs, IReadOnlyList<string> Classes,
    IReadOnlyList<string> StreamClasses, string? NoStreams, IReadOnlyList<StreamVector> Streams, IReadOnlyList<ClipVector> Clips)
{
    public const string FormatName = "mingling-vectors";

    public const int CurrentVersion = 1;
}

/// <summary>A stream, pushed piece by piece and completed.</summary>
/// <param name="Name">Its name within the set.</param>
/// <param name="Sound">16-bit mono WAV; a sample is the integer divided by 32768.</param>
/// <param name="SampleRate">Its rate (Hz).</param>
/// <param name="Samples">How many samples it has.</param>
/// <param name="Pieces">The sizes in samples of the pieces in which it was pushed, from the first again after the last one.</param>
/// <param name="Features">The frames [frames, bins] that the spotter computes, those of the room before and after the sound among them.</param>
/// <param name="Posteriors">The scores that the decision stage sees, one row for each step.</param>
/// <param name="Events">The events in their order.</param>
internal sealed record StreamVector(
    string Name, string Sound, int SampleRate, long Samples, IReadOnlyList<int> Pieces, FrameValues Features, StepValues Posteriors,
    IReadOnlyList<CommandEvent> Events);

/// <summary>Features in a file: [frames, bins] of a stream, [bins, frames] of a clip.</summary>
internal sealed record FrameValues(string File, long Frames, int Bins);

/// <summary>Scores in a file, [steps, classes].</summary>
/// <param name="File">The file.</param>
/// <param name="Steps">The number of rows.</param>
/// <param name="Classes">The number of columns.</param>
/// <param name="Times">The time of each step in seconds (<see cref="PosteriorStep.Time"/>).</param>
/// <param name="Evaluated">How often the model was evaluated; the scores of the other steps are 0.</param>
internal sealed record StepValues(string File, int Steps, int Classes, IReadOnlyList<double> Times, long Evaluated);

/// <summary>A clip, resampled to the model's rate where it has another, and recognised.</summary>
/// <param name="Name">Its name within the set.</param>
/// <param name="Sound">16-bit mono WAV, often that of a stream.</param>
/// <param name="SampleRate">Its rate (Hz).</param>
/// <param name="Features">The features [bins, frames] of the window that the clip is fitted into; null where the graph takes samples.</param>
/// <param name="Embedding">The embedding.</param>
/// <param name="Posteriors">One for each trained class.</param>
/// <param name="Word">The word; null where the clip was rejected.</param>
/// <param name="Best">What came closest.</param>
/// <param name="Score">Its score.</param>
/// <param name="IsEnrolled">Whether it is an enrolled word.</param>
internal sealed record ClipVector(
    string Name, string Sound, int SampleRate, FrameValues? Features, IReadOnlyList<float> Embedding, IReadOnlyList<float> Posteriors,
    string? Word, string Best, double Score, bool IsEnrolled);

/// <summary>How the set is written: camel case, words in any script as they are, numbers with all of their digits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VectorSet))]
internal sealed partial class VectorSetJson : JsonSerializerContext
{
    /// <summary>A class of its own, because the generated default must exist before it.</summary>
    internal static class Readable
    {
        public static readonly VectorSetJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
