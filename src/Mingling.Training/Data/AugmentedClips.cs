using Mingling.Audio;
using Mingling.Corpora.Streams;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;

namespace Mingling.Training.Data;

/// <summary>
/// The training clips, varied anew in each epoch: speed, place in the window, noise, level, vocal tract, and masks over the features.
/// </summary>
internal sealed class AugmentedClips
{
    private const ulong NoiseStream = 10, ClipStream = 11, RoomStream = 12, VocoderStream = 13;
    private const int MostVocoded = 10_000, Speeds = 13, Warps = 13, Rooms = 200;

    /// <summary>How often there is other speech before a command in running sound.</summary>
    private const double Neighbors = 0.6;

    private readonly ClipSounds _clips;
    private readonly float[]?[] _vocoded;
    private readonly ClipWindow _window, _heard;
    private readonly int _counted;
    private readonly AugmentationSettings _settings;
    private readonly NegativeSettings _negatives;
    private readonly SpeechPieces? _pieces;
    private readonly HardPlaces _hard;
    private readonly float _dynamicRange;
    private readonly ulong _seed;
    private readonly SpeedPerturbation _speed;
    private readonly TimeShift _shift;
    private readonly NoiseMixer? _noise;
    private readonly Gain _gain;
    private readonly RandomMicrophone _microphone;
    private readonly ImageSourceRoom[] _rooms;
    private readonly FeatureExtractor[] _warps;

    /// <param name="data">The recordings.</param>
    /// <param name="heard">What the encoder hears of a clip.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="hard">Where the present model takes other sound for commands.</param>
    public AugmentedClips(TrainingData data, HeardWindow heard, TrainingRecipe recipe, HardPlaces hard)
    {
        var window = heard.Clip;
        (_heard, _counted, _negatives, _hard) = (heard.Sound, heard.Counted, recipe.Negatives, hard);
        _clips = new ClipSounds(data.Train);
        (_window, _settings, _seed) = (window, recipe.Augmentation, (ulong)recipe.Seed);
        _dynamicRange = window.Adapt(recipe.Encoder).DynamicRange;
        int rate = window.Features.SampleRate;
        _speed = SpeedPerturbation.Between(_settings.SlowestSpeed, _settings.FastestSpeed, Speeds);
        _shift = new TimeShift(_settings.ShiftMilliseconds, rate);
        _gain = new Gain(-_settings.GainDb, _settings.GainDb);
        _microphone = new RandomMicrophone(rate);
        _vocoded = _settings.VocoderProbability == 0 || _clips.Count > MostVocoded ? [] : new float[_clips.Count][];
        _rooms = [.. Enumerable.Range(0, _settings.RoomProbability == 0 ? 0 : Rooms).Select(i => ImageSourceRoom.Draw(rate, new SeededRandom(SeededRandom.Derive(_seed, RoomStream, (ulong)i))))];
        _warps = [.. Enumerable.Range(0, _settings.WarpProbability == 0 ? 0 : Warps).Select(i => new FeatureExtractor(window.Features with { WarpFactor = WarpFactor(i) }))];
        if (_settings.NoiseProbability == 0 && _negatives.Ratio == 0) return;
        var noise = data.Noise.Count > 0 ? data.Noise : NoiseBank.Create(_clips, rate, SeededRandom.Derive(_seed, NoiseStream), machines: _negatives.Ratio > 0);
        if (_negatives.Ratio > 0) _pieces = new SpeechPieces(_clips, data.Negatives, data.NegativeNames.Count, hard, noise, rate);
        if (_settings.NoiseProbability > 0) _noise = new NoiseMixer(noise.Select(samples => new AudioClip(samples, rate)), _settings.LowestSnrDb, _settings.HighestSnrDb);
    }

    /// <summary>A preparation with memory of its own, for one thread.</summary>
    public ClipPreparation Preparation() => new Worker(this).Prepare;

    /// <summary>A clip said again, always in the same way: as often as it is drawn anew would cost more than all the rest, so that it is kept unless there are very many.</summary>
    private float[] Vocoded(int clip, LinearPredictionVocoder vocoder)
    {
        if (_vocoded.Length == 0) return Say();
        return _vocoded[clip] ??= Say();

        float[] Say() => vocoder.Apply(_clips[clip], new SeededRandom(SeededRandom.Derive(_seed, VocoderStream, (ulong)clip)));
    }

    private double WarpFactor(int step) => 1 + _settings.WarpRange * (2.0 * step / (Warps - 1) - 1);

    private sealed class Worker(AugmentedClips source)
    {
        private readonly SeededRandom _random = new(0);
        private readonly SpectralColor _color = new(source._window.Bins);
        private readonly FeatureExtractor _plain = new(source._window.Features);
        private readonly FeatureExtractor[] _warped = [.. source._warps.Select(extractor => extractor.Clone())];
        private readonly LinearPredictionVocoder? _vocoder = source._settings.VocoderProbability > 0 ? new(source._window.Features.SampleRate) : null;
        private readonly float[] _samples = new float[source._heard.Samples], _frames = new float[source._heard.Values];
        private readonly float[] _wet = new float[source._rooms.Length > 0 ? source._heard.Samples : 0];
        private readonly NegativeWindows? _others = source._pieces is null ? null : new NegativeWindows(source._pieces, source._hard, source._negatives.HardShare);

        public SaidWhen Prepare(int epoch, int clip, Span<float> features)
        {
            var random = _random;
            random.Restart(SeededRandom.Derive(source._seed ^ (ClipStream << 56), (ulong)epoch, (ulong)clip));
            var settings = source._settings;

            var said = SaidWhen.AtEnd;
            if (clip >= source._clips.Count) said = _others!.Fill(_samples, source._counted, random);
            else
            {
                float[] word = _vocoder is not null && random.NextDouble() < settings.VocoderProbability ? source.Vocoded(clip, _vocoder) : source._clips[clip];
                if (source._pieces is not null && random.NextDouble() < source._negatives.RunningShare && Run(word, random) is { } running) said = running;
                else Alone(word, random);
            }
            if (settings.RoomProbability > 0 && random.NextDouble() < settings.RoomProbability)
            {
                source._rooms[random.Next(source._rooms.Length)].Apply(_samples, _wet);
                _wet.CopyTo(_samples, 0);
            }
            if (settings.MicrophoneProbability > 0 && random.NextDouble() < settings.MicrophoneProbability) source._microphone.Apply(_samples, random);
            if (random.NextDouble() < settings.NoiseProbability) source._noise?.Apply(_samples, random);
            source._gain.Apply(_samples, random);

            var extractor = random.NextDouble() < settings.WarpProbability ? _warped[random.Next(Warps)] : _plain;
            extractor.Compute(_samples, _frames);
            if (source._window.AreLogMel) _color.Apply(_frames, settings.ColorDb, random);
            Mask(random);
            ClipFeaturizer.Transpose(_frames, source._heard.Bins, features);
            return said;
        }

        /// <summary>The clip alone, about the middle of the window, with silence before it.</summary>
        private void Alone(float[] clip, SeededRandom random)
        {
            var window = _samples.AsSpan(_samples.Length - source._window.Samples);
            _samples.AsSpan(0, _samples.Length - window.Length).Clear();
            if (random.NextDouble() < source._settings.SpeedProbability) source._speed.Apply(clip, window, random);
            else ClipLength.Fit(clip, window);
            source._shift.Apply(window, random);
        }

        /// <summary>The clip where a stream holds it when it has just been said, with what is said before and after; null where nothing is said in it.</summary>
        private SaidWhen? Run(float[] clip, SeededRandom random)
        {
            if (random.NextDouble() < source._settings.SpeedProbability) clip = source._speed.Apply(clip, random);
            int rate = source._window.Features.SampleRate;
            if (SpokenStretch.Of(clip, rate) is not { } spoken) return null;
            double latest = Math.Min(source._negatives.LatestMilliseconds / 1000 * rate, source._counted - spoken.Length);
            Array.Clear(_samples);
            int end = _samples.Length - (int)(Math.Max(0, latest) * random.NextDouble());
            source._pieces!.AddCommand(clip, spoken, end, Neighbors, _samples, random);
            return new SaidWhen(end - spoken.Length, end);
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
