using Mingling.Audio;
using Mingling.Training.Models;
using Mingling.Training.Objectives;

namespace Mingling.Base;

/// <summary>A teacher as a model that can be judged by a few enrolled clips: embeddings alone, centered by their mean over all clips.</summary>
internal sealed class TeacherModel(string path) : IClipRecognizer
{
    private readonly EmbeddingTeacher _teacher = new(path, FeatureSettings.LogMel40.SampleRate);

    public IReadOnlyList<string> Classes => [];

    public int SampleRate => Window.Features.SampleRate;

    public ClipWindow Window { get; } = new(FeatureSettings.LogMel40, 1);

    public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips)
    {
        float[][] embeddings = [.. clips.Select(Embed)];
        float[] mean = [.. Enumerable.Range(0, _teacher.Size).Select(i => embeddings.Average(embedding => embedding[i]))];
        return [.. embeddings.Select(embedding => new ClipOutput([], [.. embedding.Zip(mean, (x, m) => x - m)]))];
    }

    public void Dispose() => _teacher.Dispose();

    private float[] Embed(float[] clip)
    {
        float[] samples = new float[Window.Samples];
        ClipLength.Fit(clip, samples);
        return _teacher.Embed(samples);
    }
}
