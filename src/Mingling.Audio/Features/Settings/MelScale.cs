namespace Mingling.Audio;

/// <summary>How hertz become mel, and in which of the two the flanks of the triangular filters are straight.</summary>
public enum MelScale
{
    /// <summary>2595 log₁₀(1 + f/700); flanks straight in hertz (HTK's scale as in torchaudio and librosa).</summary>
    Htk,

    /// <summary>Linear to 1000 Hz, logarithmic above; flanks straight in hertz (Slaney's Auditory Toolbox, 1998).</summary>
    Slaney,

    /// <summary>1127 ln(1 + f/700); flanks straight in mel; the Nyquist bin is left out (Kaldi).</summary>
    Kaldi,
}
