namespace Mingling.Corpora;

/// <summary>Where in a shard a sound file lies.</summary>
/// <param name="Offset">The first byte, counted from the beginning of the shard.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Checksum">Their CRC-32C.</param>
public readonly record struct ShardBytes(long Offset, int Length, uint Checksum);
