using Mingling.Audio;

namespace Mingling.Training.Encoders;

/// <summary>Fits the settings of an encoder to the features that it will hear.</summary>
internal static class EncoderWindow
{
    /// <summary>Encoder settings for these features: their bins, and a floor only where it has a meaning.</summary>
    public static EncoderSettings Adapt(this ClipWindow window, EncoderSettings settings) =>
        settings with { Bins = window.Bins, DynamicRangeDb = window.AreLogMel ? settings.DynamicRangeDb : null };
}
