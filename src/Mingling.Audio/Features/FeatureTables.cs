namespace Mingling.Audio;

/// <summary>
/// The tables that follow from feature settings: taper, mel filters, cosine transform. Immutable, and shared by the extractors and streams made
/// from one another. Of use to programs that compute the same features by other means, such as in an ONNX graph.
/// </summary>
public sealed class FeatureTables
{
    /// <summary>Computes the tables.</summary>
    /// <param name="settings">A preset or own settings.</param>
    /// <exception cref="ArgumentException">The settings are wrong; the message names everything that is.</exception>
    public FeatureTables(FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Settings = settings;
        Layout = new FrameLayout(settings);
        Window = WindowTable.Create(settings);
        Fft = new FftPlan(settings.FftSize);
        Mel = new MelFilterBank(settings);
        Cosine = settings.Cepstra > 0 ? new CosineTransform(settings) : null;
    }

    /// <summary>The settings.</summary>
    public FeatureSettings Settings { get; }

    /// <summary>The taper: one weight for each sample of a window.</summary>
    public ReadOnlySpan<float> Taper => Window;

    /// <summary>The cosine transform [cepstral coefficients, mel filters], row by row; empty where the settings have none.</summary>
    public ReadOnlySpan<float> CosineWeights => Cosine is null ? [] : Cosine.Table;

    /// <summary>Where in a signal the window of the first frame begins, in samples; negative where frames are centred.</summary>
    public int FirstSample => (int)Layout.Start(0);

    internal FrameLayout Layout { get; }

    internal float[] Window { get; }

    internal FftPlan Fft { get; }

    internal MelFilterBank Mel { get; }

    internal CosineTransform? Cosine { get; }

    /// <summary>The mel filters as a dense matrix.</summary>
    /// <returns>[mel filters, frequencies 0…⌊N/2⌋], row by row, with N the <see cref="FeatureSettings.FftSize"/>.</returns>
    public float[] MelWeights()
    {
        int frequencies = (Settings.FftSize / 2) + 1;
        float[] weights = new float[Mel.Count * frequencies];
        for (int m = 0; m < Mel.Count; m++)
            for (int k = 0; k < frequencies; k++) weights[(m * frequencies) + k] = Mel.Weight(m, k);
        return weights;
    }
}
