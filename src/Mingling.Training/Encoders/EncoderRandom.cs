using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Where encoders draw from in training: the generator of the micro-batch that the present thread computes, so that a draw depends on no thread beside it;
/// without one, libtorch's own.
/// </summary>
internal static class EncoderRandom
{
    [ThreadStatic]
    private static Generator? _present;

    /// <summary>The generator of the present micro-batch; null for libtorch's own.</summary>
    public static Generator? Present => _present;

    /// <summary>Draws from a generator on this thread until the result is disposed.</summary>
    public static Use From(Generator generator) => new(generator);

    /// <summary>While it lives, encoders draw from a generator.</summary>
    public readonly struct Use : IDisposable
    {
        private readonly Generator? _before;

        public Use(Generator generator) => (_before, _present) = (_present, generator);

        public void Dispose() => _present = _before;
    }
}
