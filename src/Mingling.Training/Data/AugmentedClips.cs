using Mingling.Audio;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;

namespace Mingling.Training.Data;

/// <summary>
/// The training clips, varied anew in each epoch: speed, place in the window, noise, level, vocal tract, and masks over the features.
/// </summary>
internal sealed class AugmentedClips
{
    private const ulong NoiseStream = 10, ClipStream = 11;
    private const int Speeds = 13, Warps = 13;

    private readonly float[][] _clips;
    private readonly ClipWindow _window;
    private readonly AugmentationSettings _settings;
    private readonly float _dynamicRange;
    private readonly ulong _seed;
    private readonly SpeedPerturbation _speed;
    private readonly TimeShift _shift;
    private readonly NoiseMixer? _noise;
    private readonly Gain _gain;
    private readonly FeatureExtractor[] _warps;

    public AugmentedClips(TrainingData data, ClipWindow window, TrainingRecipe recipe)
    {
        _clips = [.. data.Train.Select(clip => clip.Samples)];
        (_window, _settings, _seed) = (window, recipe.Augmentation, (ulong)recipe.Seed);
        _dynamicRange = window.Adapt(recipe.Encoder).DynamicRange;
        int rate = window.Features.SampleRate;
        _speed = SpeedPerturbation.Between(_settings.SlowestSpeed, _settings.FastestSpeed, Speeds);
        _shift = new TimeShift(_settings.ShiftMilliseconds, rate);
        _gain = new Gain(-_settings.GainDb, _settings.GainDb);
        _warps = [.. Enumerable.Range(0, _settings.WarpProbability == 0 ? 0 : Warps).Select(i => new FeatureExtractor(window.Features with { WarpFactor = WarpFactor(i) }))];
        if (_settings.NoiseProbability == 0) return;
        var noise = data.Noise.Count > 0 ? data.Noise : NoiseBank.Create(_clips, rate, SeededRandom.Derive(_seed, NoiseStream));
        _noise = new NoiseMixer(noise.Select(samples => new AudioClip(samples, rate)), _settings.LowestSnrDb, _settings.HighestSnrDb);
    }

    /// <summary>A preparation with memory of its own, for one thread.</summary>
    public ClipPreparation Preparation() => new Worker(this).Prepare;

    private double WarpFactor(int step) => 1 + _settings.WarpRange * (2.0 * step / (Warps - 1) - 1);

    private sealed class Worker(AugmentedClips source)
    {
        private readonly FeatureExtractor _plain = new(source._window.Features);
        private readonly FeatureExtractor[] _warped = [.. source._warps.Select(extractor => extractor.Clone())];
        private readonly float[] _samples = new float[source._window.Samples], _frames = new float[source._window.Values];

        public void Prepare(int epoch, int clip, Span<float> features)
        {
            var random = new SeededRandom(SeededRandom.Derive(source._seed ^ (ClipStream << 56), (ulong)epoch, (ulong)clip));
            var settings = source._settings;

            if (random.NextDouble() < settings.SpeedProbability) source._speed.Apply(source._clips[clip], _samples, random);
            else ClipLength.Fit(source._clips[clip], _samples);
            source._shift.Apply(_samples, random);
            if (random.NextDouble() < settings.NoiseProbability) source._noise?.Apply(_samples, random);
            source._gain.Apply(_samples, random);

            var extractor = random.NextDouble() < settings.WarpProbability ? _warped[random.Next(Warps)] : _plain;
            extractor.Compute(_samples, _frames);
            if (source._window.AreLogMel) SpectralColor.Apply(_frames, source._window.Bins, settings.ColorDb, random);
            Mask(random);
            ClipFeaturizer.Transpose(_frames, source._window.Bins, features);
        }

        /// <summary>Masked places become the mean of their bin over the clip, above the floor that the encoder puts under it.</summary>
        private void Mask(SeededRandom random)
        {
            var masks = source._settings.Masks;
            if (masks is { TimeMasks: 0, FrequencyMasks: 0 }) return;
            int bins = source._window.Bins;
            Span<float> means = stackalloc float[bins];
            BinMeans.Raise(_frames, source._dynamicRange);
            BinMeans.Measure(_frames, bins, means);
            BinMeans.Add(_frames, means, -1);
            masks.Apply(_frames, bins, random, fill: 0);
            BinMeans.Add(_frames, means, 1);
        }
    }
}
