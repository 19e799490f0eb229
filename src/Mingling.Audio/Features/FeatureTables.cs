namespace Mingling.Audio;

/// <summary>All that follows from the settings alone: immutable, shared by the extractors and streams made from one another.</summary>
internal sealed class FeatureTables
{
    public FeatureTables(FeatureSettings settings)
    {
        settings.Validate();
        Settings = settings;
        Layout = new FrameLayout(settings);
        Window = WindowTable.Create(settings);
        Fft = new FftPlan(settings.FftSize);
        Mel = new MelFilterBank(settings);
        Cosine = settings.Cepstra > 0 ? new CosineTransform(settings) : null;
    }

    public FeatureSettings Settings { get; }

    public FrameLayout Layout { get; }

    public float[] Window { get; }

    public FftPlan Fft { get; }

    public MelFilterBank Mel { get; }

    public CosineTransform? Cosine { get; }
}
