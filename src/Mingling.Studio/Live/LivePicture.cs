using Mingling.Recognition.Streaming;

namespace Mingling.Studio.Live;

/// <summary>
/// What a stream computes, made small for a moving picture: the features of each frame as bytes between the least and the largest of the
/// recent past, and the score of each word.
/// </summary>
internal sealed class LivePicture(Action<string> send) : IStreamObserver
{
    private const float Forgetting = 0.0005f;
    private const int MostFrames = 64;

    private readonly List<byte> _frames = [];
    private float _floor, _ceiling;
    private bool _hasRange;
    private int _bins;

    public void OnFrame(ReadOnlySpan<float> frame)
    {
        _bins = frame.Length;
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        foreach (float value in frame) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (!_hasRange) (_floor, _ceiling, _hasRange) = (least, most, true);
        _floor = Math.Min(least, _floor + (Forgetting * (_ceiling - _floor)));
        _ceiling = Math.Max(most, _ceiling - (Forgetting * (_ceiling - _floor)));
        float range = Math.Max(1e-3f, _ceiling - _floor);
        if (_frames.Count >= MostFrames * _bins) _frames.RemoveRange(0, _bins);
        foreach (float value in frame) _frames.Add((byte)Math.Clamp(255 * (value - _floor) / range, 0, 255));
    }

    public void OnStep(PosteriorStep step, ReadOnlySpan<float> posteriors)
    {
        int[] scores = new int[posteriors.Length];
        for (int i = 0; i < scores.Length; i++) scores[i] = (int)Math.Round(100 * posteriors[i]);
        byte[] frames = [.. _frames];
        _frames.Clear();
        send(System.Text.Json.JsonSerializer.Serialize(new { picture = new { time = Math.Round(step.Time, 3), bins = _bins, frames = Convert.ToBase64String(frames), scores } }));
    }
}
