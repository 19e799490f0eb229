using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Joint;

/// <summary>Makes a loss whose arguments have been read and checked. Each call makes a new one, owned by the caller.</summary>
/// <param name="context">The number of classes and features, and the seed.</param>
public delegate EmbeddingLoss LossFactory(LossContext context);

/// <summary>Makes a pair loss whose arguments have been read and checked. Each call makes a new one, owned by the caller.</summary>
/// <param name="context">The number of classes and features, and the seed.</param>
public delegate PairLoss PairLossFactory(LossContext context);

/// <summary>Makes a miner of triplets whose arguments have been read and checked. Each call makes a new one.</summary>
/// <param name="context">The number of classes and features, and the seed.</param>
public delegate TripletMiner TripletMinerFactory(LossContext context);

/// <summary>Makes a miner of pairs whose arguments have been read and checked; null where all pairs count. Each call makes a new one.</summary>
/// <param name="context">The number of classes and features, and the seed.</param>
public delegate PairMiner? PairMinerFactory(LossContext context);
