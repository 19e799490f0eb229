namespace Mingling.Audio;

/// <summary>The height of the triangular mel filters.</summary>
public enum MelNorm
{
    /// <summary>Every filter peaks at 1.</summary>
    None,

    /// <summary>Every filter has area 1 (Slaney): divided by half its width in hertz.</summary>
    Slaney,
}
