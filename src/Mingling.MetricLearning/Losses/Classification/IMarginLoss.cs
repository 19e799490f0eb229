namespace Mingling.MetricLearning.Losses;

/// <summary>A loss whose margin may change during training, as a <see cref="MarginSchedule"/> says.</summary>
public interface IMarginLoss
{
    /// <summary>The margin, in the unit of the loss.</summary>
    double Margin { get; set; }
}
