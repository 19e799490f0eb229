using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Mingling.Audio;
using Mingling.Benchmarks.Recognition;
using Mingling.Recognition;
using Mingling.Recognition.Inference;

namespace Mingling.Benchmarks.Microbenchmarks;

/// <summary>A clip of one second: from samples to the word, and the steps alone.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the cleanup.")]
public class ClipBenchmarks
{
    private Recognizer _recognizer = null!;
    private ModelSession _session = null!;
    private ClipFeaturizer _featurizer = null!;
    private float[] _clip = [];

    /// <summary>The encoder of the model.</summary>
    [Params("tc-resnet8", "tc-resnet14", "resnet2d")]
    public string Encoder { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        _recognizer = BenchmarkModel.Open(Encoder);
        _session = _recognizer.OpenSession();
        _featurizer = new ClipFeaturizer(_recognizer.Window);
        _clip = RecognitionBenchmark.Sound(7);
        _featurizer.Compute(_clip).CopyTo(_session.Input);
    }

    [GlobalCleanup]
    public void Close()
    {
        _session.Dispose();
        _recognizer.Dispose();
    }

    [Benchmark(Baseline = true)]
    public RecognizedClip Clip() => _recognizer.Recognize(_clip);

    [Benchmark]
    public float Features() => _featurizer.Compute(_clip)[0];

    [Benchmark]
    public void Model() => _session.Run();
}
