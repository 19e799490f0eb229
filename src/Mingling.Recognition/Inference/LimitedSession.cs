using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Mingling.Recognition.Inference;

/// <summary>
/// Opens sessions that may not take more memory and time than a recogniser allows. ONNX Runtime bounds the arena of a session only where the
/// session shares one with others; so each session gets an arena that is shared while it opens, and its own from then on.
/// </summary>
internal static class LimitedSession
{
    // ONNX Runtime chooses.
    private const int Default = -1;

    // What is larger is computed at run time, within the arena, and not while the graph is optimised, outside of it.
    private const long LargestFolded = 64L << 20;

    private static readonly Lock Registration = new();

    /// <exception cref="TimeoutException">Opening took too long.</exception>
    /// <exception cref="OnnxRuntimeException">The graph cannot be computed.</exception>
    public static InferenceSession Open(byte[] model, SessionOptions options, long largestMemory, TimeSpan longest)
    {
        long folded = Math.Min(largestMemory, LargestFolded);
        options.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", folded.ToString(CultureInfo.InvariantCulture));
        bool isLate = false;
        // A timer that goes off late finds the session open, and its options no longer read.
        using var clock = new Timer(_ =>
        {
            isLate = true;
            options.SetLoadCancellationFlag(true);
        });
        lock (Registration)
        {
            using var place = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
            bool isOurs = Register(place, largestMemory);
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
            try
            {
                clock.Change(longest, Timeout.InfiniteTimeSpan);
                return new InferenceSession(model, options);
            }
            catch (OnnxRuntimeException e) when (isLate)
            {
                throw new TimeoutException(e.Message, e);
            }
            finally
            {
                if (isOurs) OrtEnv.Instance().UnregisterAllocator(place);
                using var ended = new ManualResetEvent(false);
                if (clock.Dispose(ended)) ended.WaitOne();
            }
        }
    }

    /// <summary>Whether an arena could be registered; not where the program has registered an allocator of its own.</summary>
    private static bool Register(OrtMemoryInfo place, long largest)
    {
        try
        {
            using var arena = new OrtArenaCfg((uint)largest, Default, Default, Default);
            OrtEnv.Instance().CreateAndRegisterAllocator(place, arena);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}
