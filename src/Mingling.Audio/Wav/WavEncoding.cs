namespace Mingling.Audio;

/// <summary>How a WAV file stores one sample.</summary>
public enum WavEncoding
{
    /// <summary>8-bit linear PCM, unsigned with 128 as zero.</summary>
    Pcm8,

    /// <summary>16-bit linear PCM: the usual choice for speech.</summary>
    Pcm16,

    /// <summary>24-bit linear PCM.</summary>
    Pcm24,

    /// <summary>32-bit linear PCM. A float sample holds its first 24 bits.</summary>
    Pcm32,

    /// <summary>32-bit IEEE floating point: stores a clip exactly, also beyond full scale.</summary>
    Float32,

    /// <summary>64-bit IEEE floating point.</summary>
    Float64,

    /// <summary>8-bit A-law companding of ITU-T G.711, as European telephony uses.</summary>
    ALaw,

    /// <summary>8-bit mu-law companding of ITU-T G.711, as North American and Japanese telephony uses.</summary>
    MuLaw,
}
