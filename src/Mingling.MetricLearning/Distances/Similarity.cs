namespace Mingling.MetricLearning.Distances;

/// <summary>A comparison in which a greater value means nearer.</summary>
public abstract class Similarity : PairMeasure;
