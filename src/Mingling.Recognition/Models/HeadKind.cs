namespace Mingling.Recognition.Models;

/// <summary>How a model computes class scores from an embedding x. Both are followed by a softmax.</summary>
public enum HeadKind
{
    /// <summary>W·x.</summary>
    Linear,

    /// <summary>s · W/|W| · x/|x|, row by row: the cosine to the direction of each class, times a scale.</summary>
    Cosine,
}
