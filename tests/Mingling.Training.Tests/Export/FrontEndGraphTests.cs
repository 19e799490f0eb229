using Mingling.Audio;
using Mingling.Training.Export;
using Mingling.Training.Graphs;

namespace Mingling.Training.Tests.Export;

/// <summary>The front end as a graph against the front end of training and recognition.</summary>
public class FrontEndGraphTests
{
    private static readonly FeatureSettings Plain = FeatureSettings.LogMel40;

    public static TheoryData<FeatureSettings> Supported() =>
    [
        Plain, FeatureSettings.Mfcc40, FeatureSettings.Fbank(40), FeatureSettings.Fbank(80),
        Plain with { SpectrumExponent = 1, MelNorm = MelNorm.Slaney, MelScale = MelScale.Slaney },
        Plain with { Compression = FeatureCompression.Decibels, LogFloor = 1e-5, SampleRate = 8000, WindowSamples = 200, HopSamples = 80, FftSize = 256 },
        Plain with { RemoveDcOffset = true, PreEmphasis = 0.9, ScaleToInt16 = true, Window = WindowShape.Hamming },
        Plain with { Compression = FeatureCompression.None, WindowSamples = 401, HopSamples = 133, FftSize = 500 },
        FeatureSettings.Mfcc40 with { Lifter = 22, CosineNorm = CosineNorm.None, Cepstra = 13 },
    ];

    /// <summary>
    /// Both ways are floats: in a band that lies 90 dB below the loudest, the last digits of the loudest are all there is, and either
    /// way is as far from the truth as from the other. So the mean is held tightly, and the worst value loosely.
    /// </summary>
    [Theory]
    [MemberData(nameof(Supported))]
    public void FrontEnd_as_a_graph_computes_the_same_features(FeatureSettings settings)
    {
        foreach (float[] clip in CheckClips.Make(6, settings.SampleRate, 1))
        {
            var (worst, mean, scale) = Compare(settings, clip);
            mean.ShouldBeLessThan(1e-5 * scale);
            worst.ShouldBeLessThan(1e-3 * scale);
        }
    }

    [Theory]
    [InlineData("logmel40")]
    [InlineData("mfcc40")]
    public void FrontEnd_of_recordings_agrees_within1_e4(string features)
    {
        foreach (string file in Recordings()) Compare(FeatureSettings.FromName(features), AudioFile.Read(file, 16000).Samples).Worst.ShouldBeLessThan(1e-4, file);
    }

    [Theory]
    [InlineData("energy normalisation")]
    [InlineData("alignment CenteredKaldi")]
    [InlineData("alignment SnipFft")]
    [InlineData("the energy beside its filters")]
    public void FrontEnd_that_a_graph_cannot_compute_is_refused(string why)
    {
        var settings = why switch
        {
            "energy normalisation" => FeatureSettings.Pcen40,
            "alignment CenteredKaldi" => Plain with { Alignment = FrameAlignment.CenteredKaldi },
            "alignment SnipFft" => Plain with { Alignment = FrameAlignment.SnipFft },
            _ => Plain with { UseEnergy = true },
        };
        string message = Should.Throw<ExportException>(() => FrontEndGraph.Build(new GraphBuilder(), settings, default)).Message;
        message.ShouldContain(why);
        message.ShouldEndWith("export without --with-front-end.");
    }

    private static (double Worst, double Mean, double Scale) Compare(FeatureSettings settings, float[] clip)
    {
        var extractor = new FeatureExtractor(settings);
        float[] expected = extractor.Compute(clip);
        float[] actual = GraphComputation.Run((graph, x) => FrontEndGraph.Build(graph, settings, x), clip, [1, clip.Length]);
        actual.Length.ShouldBe(expected.Length);
        int frames = extractor.FrameCount(clip.Length);
        double worst = 0, sum = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i % frames * settings.Bins + i / frames]);
            worst = Math.Max(worst, difference);
            sum += difference;
        }
        return (worst, sum / actual.Length, Math.Max(1, expected.Max(Math.Abs)));
    }

    /// <summary>Some of the sample corpus, which lies in the repository above the tests.</summary>
    private static IEnumerable<string> Recordings()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "samples", "commands"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the sample corpus is not above the folder of the tests");
        string[] files = Directory.GetFiles(Path.Combine(folder!.FullName, "samples", "commands"), "*.wav", SearchOption.AllDirectories);
        return files.Order(StringComparer.Ordinal).Where((_, i) => i % 20 == 0);
    }
}
