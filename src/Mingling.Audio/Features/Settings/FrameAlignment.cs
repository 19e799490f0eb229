namespace Mingling.Audio;

/// <summary>Where the frames of a clip of n samples lie, with W window, H hop and N FFT samples, and what lies beyond its edges.</summary>
public enum FrameAlignment
{
    /// <summary>Frame t covers the samples tH … tH + W − 1; only whole windows count: 1 + ⌊(n − W)/H⌋ frames (Kaldi snip_edges, TensorFlow).</summary>
    SnipWindow,

    /// <summary>As <see cref="SnipWindow"/> with the window in the middle of N samples that must all exist: 1 + ⌊(n − N)/H⌋ frames (torch, center off).</summary>
    SnipFft,

    /// <summary>Frame t is centred on sample tH: 1 + ⌊n/H⌋ frames. Beyond the edges the signal is mirrored about its first and last sample (torch, librosa).</summary>
    Centered,

    /// <summary>
    /// Frame t begins at tH + ⌊H/2⌋ − ⌊W/2⌋: ⌊(n + ⌊H/2⌋)/H⌋ frames. Beyond the edges the signal is mirrored with the first and last
    /// sample repeated (Kaldi without snip_edges).
    /// </summary>
    CenteredKaldi,
}
