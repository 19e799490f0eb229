using System.Numerics;
using Mingling.Audio;

namespace Mingling.Experiments.Reports.Page;

/// <summary>
/// What the pictures of clips show: the features of <see cref="FeatureSettings.LogMel40"/> at the clips' rate, whatever the model hears,
/// so that clips of all runs look alike.
/// </summary>
internal static class ClipFeatures
{
    private const double WindowSeconds = 0.030, HopSeconds = 0.010;

    public static FeatureExtractor ForRate(int sampleRate)
    {
        int window = (int)Math.Round(WindowSeconds * sampleRate);
        return new FeatureExtractor(FeatureSettings.LogMel40 with
        {
            SampleRate = sampleRate,
            WindowSamples = window,
            HopSamples = (int)Math.Round(HopSeconds * sampleRate),
            FftSize = (int)BitOperations.RoundUpToPowerOf2((uint)window),
        });
    }
}
