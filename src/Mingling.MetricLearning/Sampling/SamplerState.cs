namespace Mingling.MetricLearning.Sampling;

/// <summary>Where a sampler stands: small, and made to be written as JSON into a checkpoint.</summary>
/// <param name="Seed">The seed of the sampler.</param>
/// <param name="Epoch">The number of whole epochs handed out.</param>
/// <param name="Batch">The number of batches of the present epoch handed out.</param>
/// <param name="PlanChecksum">A checksum of all batches of the present epoch, to notice other data or settings when restored.</param>
public sealed record SamplerState(int Seed, int Epoch, int Batch, ulong PlanChecksum);
