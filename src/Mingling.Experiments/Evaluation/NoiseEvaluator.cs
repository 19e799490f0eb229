using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>Measures how well a model recognises clips in noise.</summary>
public static class NoiseEvaluator
{
    /// <summary>Clips in noise that are held in memory at a time.</summary>
    private const int Block = 128;

    /// <summary>
    /// Mixes each clip, fitted into the window that the model hears, with a stretch of a recording at each ratio, as in training, and
    /// recognises it. A clip without any sound stays as it is.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="clips">The clips, at the model's rate; those of words that the model does not know are left out.</param>
    /// <param name="noise">The recordings of noise, at the model's rate.</param>
    /// <param name="options">The ratios and the seed.</param>
    /// <exception cref="ArgumentException">
    /// No clip carries a word that the model knows, there is no noise or one without samples, or a ratio is not finite.
    /// </exception>
    public static NoiseReport Evaluate(IClipRecognizer model, IReadOnlyList<LoadedClip> clips, IReadOnlyList<float[]> noise, NoiseOptions options)
    {
        var index = ClassNumbers.ByName(model.Classes);
        LoadedClip[] judged = [.. clips.Where(clip => index.ContainsKey(clip.Clip.Label))];
        if (judged.Length == 0) throw new ArgumentException("none of the clips carries a word of the model.", nameof(clips));
        AudioClip[] recordings = [.. noise.Select(samples => new AudioClip(samples, model.SampleRate))];
        return new NoiseReport(recordings.Length, [.. options.SnrsDb.Select(At)]);

        NoiseScore At(double snrDb)
        {
            var mixer = new NoiseMixer(recordings, snrDb, snrDb);
            ulong seed = SeededRandom.Derive(options.Seed, BitConverter.DoubleToUInt64Bits(snrDb));
            int right = judged.Index().Chunk(Block).Sum(block =>
            {
                var outputs = model.Recognize([.. block.Select(clip => InNoise(clip.Item.Samples, mixer, SeededRandom.Derive(seed, (ulong)clip.Index)))]);
                return block.Zip(outputs).Count(pair => index[pair.First.Item.Clip.Label] == pair.Second.Best);
            });
            return new NoiseScore(snrDb, (double)right / judged.Length, Interval.Wilson(right, judged.Length));
        }

        float[] InNoise(float[] samples, NoiseMixer mixer, ulong seed)
        {
            float[] heard = new float[model.Window.Samples];
            ClipLength.Fit(samples, heard);
            mixer.Apply(heard, new SeededRandom(seed));
            return heard;
        }
    }
}
