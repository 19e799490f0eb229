using Mingling.Audio;

namespace Mingling.Training.Models;

/// <summary>A model that can be judged: one in training, or one in a file.</summary>
public interface IClipRecognizer : IDisposable
{
    /// <summary>The class names, in the order of the posteriors.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The rate of the samples in hertz.</summary>
    int SampleRate { get; }

    /// <summary>The stretch of sound that it hears.</summary>
    ClipWindow Window { get; }

    /// <summary>Embeds and classifies clips.</summary>
    /// <param name="clips">The samples of each clip at <see cref="SampleRate"/>, of any length.</param>
    /// <returns>One result for each clip, in the same order.</returns>
    IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips);
}
