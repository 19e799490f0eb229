using Mingling.Boards.Programs;

namespace Mingling.Boards.Quantization;

/// <summary>The smallest and the largest value of a tensor.</summary>
internal readonly record struct ValueRange(float Low, float High);

/// <summary>
/// Measures the smallest and the largest value that each tensor of a program takes on some clips. A mean of the extremes of each clip, as 8-bit model
/// files have it, cuts peaks off: here it makes posteriors three to six times as wrong.
/// </summary>
internal static class RangeSurvey
{
    /// <param name="program">The program in floats.</param>
    /// <param name="clips">The features of each clip, [bins, frames].</param>
    /// <param name="frames">The frames of a clip, whole steps.</param>
    public static Dictionary<BoardTensor, ValueRange> Measure(BoardProgram program, IReadOnlyList<float[]> clips, int frames)
    {
        var run = new ProgramRun(program);
        var ranges = new Dictionary<BoardTensor, ValueRange>();
        foreach (float[] clip in clips) run.Clip(clip, frames, Include);
        return ranges;

        void Include(BoardTensor tensor, ReadOnlyMemory<float> values)
        {
            var (low, high) = ranges.GetValueOrDefault(tensor);
            foreach (float value in values.Span)
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            ranges[tensor] = new ValueRange(low, high);
        }
    }
}
