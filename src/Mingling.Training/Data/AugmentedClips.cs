using Mingling.Audio;

namespace Mingling.Training.Data;

/// <summary>
/// The training clips, varied anew in each epoch: speed, place in the window, level, noise, vocal tract, and masks over the features.
/// </summary>
internal sealed class AugmentedClips
{
    private const ulong NoiseStream = 10, ClipStream = 11;
    private const int SpeedSteps = 13, WarpSteps = 13;

    private readonly float[][] _clips;
    private readonly IReadOnlyList<float[]> _noise;
    private readonly ClipWindow _window;
    private readonly AugmentationSettings _settings;
    private readonly ulong _seed;
    private readonly Resampler?[] _speeds;
    private readonly FeatureSettings[] _warps;

    public AugmentedClips(TrainingData data, ClipWindow window, TrainingRecipe recipe)
    {
        _clips = [.. data.Train.Select(clip => clip.Samples)];
        (_window, _settings, _seed) = (window, recipe.Augmentation, (ulong)recipe.Seed);
        int rate = window.Features.SampleRate;
        _noise = data.Noise.Count > 0 || _settings.NoiseProbability == 0
            ? data.Noise : NoiseBank.Create(_clips, rate, SeededRandom.Derive(_seed, NoiseStream));
        _speeds = [.. Steps(SpeedSteps, _settings.SlowestSpeed, _settings.FastestSpeed).Select(speed => SpeedResampler(rate, speed))];
        _warps = [.. Steps(WarpSteps, 1 - _settings.WarpRange, 1 + _settings.WarpRange).Select(factor => window.Features with { WarpFactor = factor })];
    }

    /// <summary>A preparation with memory of its own, for one thread.</summary>
    public ClipPreparation Preparation() => new Worker(this).Prepare;

    private static IEnumerable<double> Steps(int count, double from, double to) =>
        Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1));

    /// <summary>To play faster by a factor is to take samples of a factor more rate as samples of the rate; null at speed 1.</summary>
    private static Resampler? SpeedResampler(int rate, double speed)
    {
        // Whole hundreds of hertz keep the kernel small.
        int from = (int)Math.Round(rate * speed / 100) * 100;
        return from == rate ? null : new Resampler(from, rate);
    }

    private sealed class Worker(AugmentedClips source)
    {
        private readonly FeatureExtractor _plain = new(source._window.Features);
        private readonly FeatureExtractor[] _warped = [.. source._warps.Select(settings => new FeatureExtractor(settings))];
        private readonly float[] _samples = new float[source._window.Samples], _frames = new float[source._window.Values];
        private float[] _resampled = [];

        public void Prepare(int epoch, int clip, Span<float> features)
        {
            var random = new SeededRandom(SeededRandom.Derive(source._seed ^ ClipStream << 56, (ulong)epoch, (ulong)clip));
            var settings = source._settings;
            var window = source._window;

            var played = Play(source._clips[clip], random, settings);
            ClipLength.Fit(played, _samples);
            TimeShift.Apply(_samples, Between(random, -settings.ShiftMilliseconds, settings.ShiftMilliseconds) * window.Features.SampleRate / 1000);
            if (source._noise.Count > 0 && random.NextDouble() < settings.NoiseProbability)
                NoiseMixer.Mix(_samples, source._noise, Between(random, settings.LowestSnrDb, settings.HighestSnrDb), random);
            Gain.Apply(_samples, Between(random, -settings.GainDb, settings.GainDb));

            var extractor = random.NextDouble() < settings.WarpProbability ? _warped[random.Next(_warped.Length)] : _plain;
            extractor.Compute(_samples, _frames);
            SpecAugment.Apply(_frames, window.Bins, settings, random);
            ClipFeaturizer.Transpose(_frames, window.Bins, features);
        }

        private ReadOnlySpan<float> Play(float[] clip, SeededRandom random, AugmentationSettings settings)
        {
            if (random.NextDouble() >= settings.SpeedProbability) return clip;
            if (source._speeds[random.Next(source._speeds.Length)] is not { } speed) return clip;
            int length = speed.OutputLength(clip.Length);
            if (_resampled.Length < length) _resampled = new float[length];
            speed.Process(clip, _resampled);
            return _resampled.AsSpan(0, length);
        }

        private static double Between(SeededRandom random, double from, double to) => from + (to - from) * random.NextDouble();
    }
}
