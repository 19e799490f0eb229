using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Mingling.Benchmarks.Recognition;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;

namespace Mingling.Benchmarks.Microbenchmarks;

/// <summary>A stream of 16 kHz in pieces of 10 ms: the mean time and memory of one second of it, the model asked at every decision.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the cleanup.")]
public class StreamBenchmarks
{
    private const int Seconds = 8, Piece = 160;

    private Recognizer _recognizer = null!;
    private SpottingModel _model = null!;
    private CommandSpotter _spotter = null!;
    private float[] _noise = [];

    /// <summary>Milliseconds from one decision to the next.</summary>
    [Params(80, 160)]
    public int HopMs { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _recognizer = BenchmarkModel.Open("tc-resnet8");
        _model = _recognizer.OpenSpottingModel();
        _spotter = new CommandSpotter(_model, _recognizer.SampleRate, new SpotterSettings { Gate = null, HopMs = HopMs });
        _noise = StreamBenchmark.Noise(Seconds * _recognizer.SampleRate);
    }

    [GlobalCleanup]
    public void Close()
    {
        _model.Dispose();
        _recognizer.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Seconds)]
    public int SecondOfStream()
    {
        int heard = 0;
        for (int at = 0; at < _noise.Length; at += Piece) _spotter.Push(_noise.AsSpan(at, Piece));
        while (_spotter.TryRead(out _)) heard++;
        return heard;
    }
}
