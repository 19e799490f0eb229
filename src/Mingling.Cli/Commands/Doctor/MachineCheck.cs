using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.MetricLearning;
using Mingling.Recognition.Inference;
using SkiaSharp;
using static TorchSharp.torch;

namespace Mingling.Cli.Commands;

/// <summary>Looks at everything that Mingling uses on a machine, by using it.</summary>
internal static class MachineCheck
{
    public static IReadOnlyList<Finding> Run() => [Program(), Processor(), LibTorch(), OnnxRuntime(), FrontEnd(), Codecs(), Pictures(), Disk(), SampleCorpus()];

    private static Finding Program() =>
        new("mingling", Verdict.Works,
            $"{Versions.Mingling} on .NET {Environment.Version}, {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}");

    private static Finding Processor()
    {
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        bool fast = Vector.IsHardwareAccelerated;
        string vectors = fast ? $"vectors of {Vector<float>.Count} numbers" : "no vector instructions, so features are slow";
        return new("processor", fast ? Verdict.Works : Verdict.Missing,
            $"{Environment.ProcessorCount} cores, {vectors}, {gigabytes:0.0} GiB of memory");
    }

    private static Finding LibTorch()
    {
        try
        {
            Torch.Start();
            using var weights = rand(64, 64);
            using var product = weights.matmul(weights);
            return new("training (libtorch)", Verdict.Works, "loads and computes; the command trains on one core and prepares clips on the others");
        }
        catch (TorchRuntimeException e)
        {
            return new("training (libtorch)", Verdict.Broken, e.Message);
        }
    }

    private static Finding OnnxRuntime()
    {
        try
        {
            OnnxTelemetry.TurnOff();
            return new("model files (ONNX Runtime)", Verdict.Works, $"version {OrtEnv.Instance().GetVersionString()}");
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return new("model files (ONNX Runtime)", Verdict.Broken, "ONNX Runtime does not load on this system");
        }
    }

    private static Finding FrontEnd()
    {
        const int seconds = 20;
        var extractor = new FeatureExtractor(FeatureSettings.LogMel40);
        float[] samples = new float[seconds * FeatureSettings.LogMel40.SampleRate];
        var random = new Random(1);
        for (int i = 0; i < samples.Length; i++) samples[i] = random.NextSingle() - 0.5f;
        float[] frames = extractor.Compute(samples);
        // The first rounds run code that is not yet optimised; the fastest of half a second is what training sees.
        double fastest = double.PositiveInfinity;
        for (var all = Stopwatch.StartNew(); all.Elapsed.TotalSeconds < 0.5;)
        {
            var clock = Stopwatch.StartNew();
            extractor.Compute(samples, frames);
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }
        return new("features", Verdict.Works, $"of {seconds / fastest:N0} seconds of sound a second on one core");
    }

    private static Finding Codecs() => AudioFile.CodecLibraryVersion is { } version
        ? new("FLAC, OGG, Opus, MP3", Verdict.Works, $"read through {version}")
        : new("FLAC, OGG, Opus, MP3", Verdict.Missing,
            "only WAV can be read; install libsndfile for the others (Debian, Ubuntu: apt-get install libsndfile1)");

    private static Finding Pictures()
    {
        try
        {
            using var bitmap = new SKBitmap(1, 1);
            return new("pictures", Verdict.Works, "can be drawn");
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            return new("pictures", Verdict.Broken, "the drawing library SkiaSharp does not load on this system");
        }
    }

    private static Finding Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath("."));
        double gigabytes = drive.AvailableFreeSpace / (double)(1 << 30);
        return gigabytes >= 0.1
            ? new("disk", Verdict.Works, $"{gigabytes:0.0} GiB free here")
            : new("disk", Verdict.Broken, $"only {gigabytes * 1024:0} MiB free here; a run needs up to 100 MiB");
    }

    private static Finding SampleCorpus()
    {
        string folder = Commands.DemoCommand.Samples;
        return Directory.Exists(folder)
            ? new("sample corpus", Verdict.Works, $"in {folder}")
            : new("sample corpus", Verdict.Missing, $"not in {folder}; 'mingling demo' needs it");
    }
}
