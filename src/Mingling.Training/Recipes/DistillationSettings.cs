namespace Mingling.Training.Recipes;

/// <summary>
/// Knowledge distillation (Hinton, Vinyals and Dean 2015): trained runs guide a classifier. Beside the loss of the labels stands
/// weight · T² · KL(p ‖ q), where p is the mean of the teachers' posteriors at temperature T and q are the posteriors of the student at T; T²
/// keeps the gradient as long at one temperature as at another.
/// </summary>
public sealed record DistillationSettings
{
    /// <summary>The part of the loss, as histories and schedules call it.</summary>
    public const string PartName = "distillation";

    /// <summary>
    /// The folders of the teachers' runs, whose best weights are asked; they hear the same clips as the student, varied in the same way, and
    /// so must have its front end, window and words. Default: none, which is no distillation.
    /// </summary>
    public IReadOnlyList<string> Teachers { get; init; } = [];

    /// <summary>The weight beside the loss of the labels. Range: 0 or more. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// The temperature T by which logits are divided: the higher, the more the words count that a teacher thinks unlikely. Range: above 0.
    /// Default: 2.
    /// </summary>
    public double Temperature { get; init; } = 2;

    /// <summary>The part of the loss that a teacher of embeddings adds, as histories and schedules call it.</summary>
    public const string EmbeddingPartName = "embedding-distillation";

    /// <summary>
    /// An ONNX file whose embeddings the student's are to predict through a linear map: the loss gets the part <c>embedding-distillation</c>,
    /// the mean squared error of the teacher's embedding of the unmodified clip, each value of which is brought to mean 0 and variance 1
    /// over the training clips. A file of the same name that ends in .toml describes the teacher's features and windows
    /// (docs/training.md). Default: null, which is none.
    /// </summary>
    public string? EmbeddingTeacher { get; init; }

    /// <summary>The weight of <see cref="EmbeddingTeacher"/> beside the loss. Range: 0 or more. Default: 1.</summary>
    public double EmbeddingWeight { get; init; } = 1;

    /// <summary>The parts that stand beside those of the expression.</summary>
    internal IEnumerable<string> PartNames => [.. Teachers.Count > 0 ? [PartName] : Array.Empty<string>(), .. EmbeddingTeacher is null ? [] : new[] { EmbeddingPartName }];
}
