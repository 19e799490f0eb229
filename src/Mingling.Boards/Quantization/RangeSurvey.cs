using Mingling.Boards.Programs;

namespace Mingling.Boards.Quantization;

/// <summary>The smallest and the largest value of a tensor.</summary>
internal readonly record struct ValueRange(float Low, float High);

/// <summary>Measures the values that the tensors of a program take: the mean over clips of the smallest and of the largest of each, so that a rare peak costs no steps.</summary>
internal static class RangeSurvey
{
    /// <param name="program">The program in floats.</param>
    /// <param name="clips">The features of each clip, [bins, frames].</param>
    /// <param name="frames">The frames of a clip, whole steps.</param>
    public static Dictionary<BoardTensor, ValueRange> Measure(BoardProgram program, IReadOnlyList<float[]> clips, int frames)
    {
        var run = new ProgramRun(program);
        var sums = new Dictionary<BoardTensor, (double Low, double High)>();
        foreach (float[] clip in clips)
        {
            var ranges = new Dictionary<BoardTensor, ValueRange>();
            run.Clip(clip, frames, (tensor, values) =>
            {
                var range = ranges.GetValueOrDefault(tensor);
                float low = range.Low, high = range.High;
                foreach (float value in values.Span)
                {
                    low = Math.Min(low, value);
                    high = Math.Max(high, value);
                }
                ranges[tensor] = new ValueRange(low, high);
            });
            foreach (var (tensor, range) in ranges)
            {
                var (low, high) = sums.GetValueOrDefault(tensor);
                sums[tensor] = (low + range.Low, high + range.High);
            }
        }
        return sums.ToDictionary(pair => pair.Key, pair => new ValueRange((float)(pair.Value.Low / clips.Count), (float)(pair.Value.High / clips.Count)));
    }
}
