using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Enrollment;

/// <summary>The direction of the embedding of a recording of a word. For one thread at a time.</summary>
internal sealed class ExampleEmbedder(IPosteriorModel model, ModelCard card)
{
    private readonly ClipFeaturizer _featurizer = new(card.ClipWindow());

    /// <exception cref="ArgumentException">The recording has no sound, or a sample that is none; the message names it.</exception>
    public float[] Embed(EnrollmentExample example)
    {
        Check(example);
        float[] posteriors = new float[model.Classes.Count];
        float[] embedding = new float[model.EmbeddingSize];
        model.Run(_featurizer.Compute(Resampler.Resample(example.Clip, card.Features.SampleRate).Samples), posteriors, embedding);
        return Direction.Normalize(embedding);
    }

    /// <summary>Each recording once: a copy tells nothing of how much a word varies.</summary>
    public static List<EnrollmentExample> WithoutCopies(IReadOnlyList<EnrollmentExample> examples)
    {
        var kept = new List<EnrollmentExample>();
        foreach (var example in examples)
        {
            if (!kept.Exists(known => known.IsSynthetic == example.IsSynthetic && known.Clip.SampleRate == example.Clip.SampleRate
                && known.Clip.Samples.AsSpan().SequenceEqual(example.Clip.Samples)))
                kept.Add(example);
        }
        return kept;
    }

    private static void Check(EnrollmentExample example)
    {
        if (SampleCheck.FirstWrong(example.Clip.Samples) is >= 0 and var wrong)
            throw new ArgumentException($"sample {wrong} of {example.Name} {SampleCheck.Problem(example.Clip.Samples[wrong])}.");
        if (example.Clip.Samples.All(sample => sample == 0)) throw new ArgumentException($"{example.Name} has no sound at all; record it anew.");
    }
}
