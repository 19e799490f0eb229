namespace Mingling.Audio;

/// <summary>The scale of the discrete cosine transform (type II) that makes MFCCs out of log mel energies.</summary>
public enum CosineNorm
{
    /// <summary>Orthonormal: √(2/M), the first coefficient √(1/M), M mel filters.</summary>
    Orthonormal,

    /// <summary>2 for every coefficient.</summary>
    None,
}
