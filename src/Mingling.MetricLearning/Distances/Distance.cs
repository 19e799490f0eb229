namespace Mingling.MetricLearning.Distances;

/// <summary>A comparison in which 0 means equal and a greater value means farther.</summary>
public abstract class Distance : PairMeasure;
