namespace Mingling.Tests.Shared;

/// <summary>
/// torch has one random state for the whole process, and its count of live tensors is the process's too: tests that draw from the one
/// or read the other run one after another.
/// </summary>
[CollectionDefinition(Name)]
public sealed class TorchRandom
{
    public const string Name = "torch's random state";
}
