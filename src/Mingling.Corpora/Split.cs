namespace Mingling.Corpora;

/// <summary>What a clip is used for.</summary>
public enum Split
{
    /// <summary>The model learns from it.</summary>
    Train,

    /// <summary>Decides when training stops and which model is kept.</summary>
    Validation,

    /// <summary>Judges the finished model; never seen before.</summary>
    Test,
}
