using Mingling.Audio;
using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Speech;

/// <summary>Makes the sound of planned clips: spoken, resampled, in half of them a room and, where there is noise, in half noise.</summary>
internal sealed class ClipSynthesizer
{
    private const double Share = 0.5, QuietestSnrDb = 5, CleanestSnrDb = 30, SilenceDb = -40;
    private const float Highest = 0.99f;
    private readonly EspeakNg _espeak;
    private readonly int _sampleRate;
    private readonly NoiseMixer? _noise;

    /// <exception cref="CorpusException">The folder of noise is not there, holds no recording or one that cannot be read.</exception>
    /// <exception cref="AudioFormatException">A recording of noise cannot be read.</exception>
    public ClipSynthesizer(EspeakNg espeak, SynthesisRequest request)
    {
        (_espeak, _sampleRate) = (espeak, request.SampleRate);
        if (request.NoiseFolder is not { } folder) return;
        if (!Directory.Exists(folder)) throw new CorpusException($"The folder of noise '{folder}' does not exist.");
        var files = SoundFolder.Open(Path.GetFullPath(folder), new CorpusDraft(strict: true)).Files;
        if (files.Count == 0) throw new CorpusException($"The folder of noise '{folder}' holds no recordings.");
        _noise = new NoiseMixer(files.Select(file => AudioFile.Read(file.Path, _sampleRate)), QuietestSnrDb, CleanestSnrDb);
    }

    /// <exception cref="SpeechException">Nothing is heard, or the program failed.</exception>
    public AudioClip Make(PlannedClip planned, CancellationToken cancellation)
    {
        var random = new SeededRandom(planned.Seed);
        float[] samples = Resampler.Resample(_espeak.Speak(planned.Text, planned.Voice, planned.Settings, cancellation), _sampleRate).Samples;
        if (random.NextDouble() < Share) samples = RoomEcho.Add(samples, _sampleRate, random);
        samples = Trimmed(samples);
        if (samples.Length == 0) throw new SpeechException($"Nothing is heard when '{planned.Voice}' says '{planned.Text}'.");
        if (_noise is not null && random.NextDouble() < Share) _noise.Apply(samples, random);
        float peak = samples.Max(Math.Abs);
        if (peak > Highest)
        {
            for (int i = 0; i < samples.Length; i++) samples[i] *= Highest / peak;
        }
        return new AudioClip(samples, _sampleRate);
    }

    /// <summary>From the first to the last sample above −40 dB of the loudest: where recordings of people are cut that were trimmed.</summary>
    private static float[] Trimmed(float[] samples)
    {
        double threshold = samples.Max(Math.Abs) * Math.Pow(10, SilenceDb / 20);
        if (threshold == 0) return [];
        int first = Array.FindIndex(samples, sample => Math.Abs(sample) > threshold);
        int last = Array.FindLastIndex(samples, sample => Math.Abs(sample) > threshold);
        return samples[first..(last + 1)];
    }
}
