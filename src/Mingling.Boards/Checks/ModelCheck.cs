using Mingling.Boards.Models;
using Mingling.Boards.Programs;
using Mingling.Recognition;
using Mingling.Recognition.Inference;

namespace Mingling.Boards.Checks;

/// <summary>Compares programs with the model file, computed by ONNX Runtime, on clips.</summary>
internal sealed class ModelCheck
{
    private const int MadeClips = 8, MostInFloats = 32;

    private readonly BoardModel _model;
    private readonly WordDecision _decision;
    private readonly List<float[]> _features;
    private readonly IReadOnlyList<RecognizedClip> _expected;

    /// <param name="model">The model.</param>
    /// <param name="file">The model file.</param>
    /// <param name="clips">Clips at the model's rate; noise where there are none.</param>
    public ModelCheck(BoardModel model, byte[] file, IReadOnlyList<float[]> clips)
    {
        _model = model;
        _decision = new WordDecision(model.Card);
        if (clips.Count == 0) clips = [.. Enumerable.Range(1, MadeClips).Select(i => Noise((ulong)i, model.Window.Samples))];
        _features = [.. clips.Select(model.FeaturesOf)];
        using var recognizer = Recognizer.Load(model.Name, file);
        _expected = recognizer.RecognizeAll(clips);
    }

    /// <summary>How many clips are compared.</summary>
    public int Clips => _features.Count;

    /// <summary>
    /// The largest difference that the program in floats makes, on some dozens of the clips: of posteriors as it is, of embeddings as a share of
    /// their largest value or of 1.
    /// </summary>
    public double LargestDifference()
    {
        var run = new ProgramRun(_model.Program);
        double largest = 0;
        for (int i = 0; i < _features.Count; i += Math.Max(1, _features.Count / MostInFloats))
        {
            run.Clip(_features[i], _model.WholeFrames);
            double scale = Math.Max(1, _expected[i].Embedding.Max(Math.Abs));
            largest = Math.Max(largest, Math.Max(Difference(_expected[i].Posteriors, run.Scores), Difference(_expected[i].Embedding, run.Embedding) / scale));
        }
        return largest;
    }

    /// <summary>The share of the clips for which a program recognises another word, or none where the file recognises one.</summary>
    public double DifferingShare(BoardProgram program)
    {
        var run = new ProgramRun(program);
        int differing = 0;
        for (int i = 0; i < _features.Count; i++)
        {
            run.Clip(Rounded(_features[i]), _model.WholeFrames);
            var (best, _, accepted, enrolled) = _decision.Decide(run.Scores, run.Embedding);
            var (word, _, isAccepted, isEnrolled) = _decision.Decide(_expected[i].Posteriors, _expected[i].Embedding);
            if (best != word || accepted != isAccepted || enrolled != isEnrolled) differing++;
        }
        return (double)differing / _features.Count;
    }

    /// <summary>As a board stores features.</summary>
    private float[] Rounded(float[] features) => _model.FeatureSteps == 0 ? features
        : [.. features.Select(value => Math.Clamp(MathF.Round(value * _model.FeatureSteps), -32767, 32767) / _model.FeatureSteps)];

    private static double Difference(float[] expected, ReadOnlySpan<float> computed)
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - computed[i]);
            largest = Math.Max(largest, double.IsNaN(difference) ? double.PositiveInfinity : difference);
        }
        return largest;
    }

    private static float[] Noise(ulong seed, int samples)
    {
        var random = new SeededRandom(seed);
        double level = Math.Pow(10, -3 * random.NextDouble());
        return [.. Enumerable.Range(0, samples).Select(n => (float)(level * (random.NextDouble() - 0.5) * Math.Sin(Math.PI * n / samples)))];
    }
}
