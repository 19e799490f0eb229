using Mingling.Audio;

namespace Mingling.Corpora.Streams;

/// <summary>
/// Noise without end: recordings in random order, each brought to one level, from a random place of the first on. Where one ends the next fades
/// in, so that no seam is heard. One recording is in memory at a time.
/// </summary>
internal sealed class NoiseBed
{
    private const double FadeSeconds = 0.1;
    private readonly IReadOnlyList<CorpusClip> _clips;
    private readonly StreamRequest _request;
    private readonly double _rms;
    private readonly SeededRandom _random;
    private float[] _current = [], _fading = [];
    private int[] _order = [];
    private int _next, _place, _loaded = -1, _fade;

    /// <param name="request">The recordings, at least one; all are read once here.</param>
    /// <param name="rms">The level of the noise, as the root of its mean power.</param>
    /// <param name="seed">Draws order and place.</param>
    /// <param name="problems">Takes the recordings that cannot be used.</param>
    /// <exception cref="CorpusException">None can be used, or one cannot and the request is strict.</exception>
    public NoiseBed(StreamRequest request, double rms, ulong seed, List<CorpusProblem> problems)
    {
        (_request, _rms, _random) = (request, rms, new SeededRandom(seed));
        var usable = new List<CorpusClip>();
        foreach (var clip in request.Noise)
        {
            var unreadable = ClipDecoder.ForEach([clip], Decode, (_, sound) => _current = sound.Samples, 1, request.Strict, CancellationToken.None);
            var problem = unreadable.Count > 0 ? unreadable[0] : SpokenStretch.Energy(_current) == 0 ? new CorpusProblem(clip.Name, "is silent and no noise") : null;
            if (problem is null) usable.Add(clip);
            else problems.Add(problem);
            if (problem is not null && request.Strict) throw new CorpusException(problem.ToString());
        }

        if (usable.Count == 0) throw new CorpusException($"There is no noise for the stream: {problems[0]}");
        _clips = usable;
        Advance();
        _place = _random.Next(_current.Length);
    }

    /// <summary>Adds the noise that follows.</summary>
    public void AddTo(Span<float> samples)
    {
        foreach (ref float sample in samples)
        {
            if (_place >= _current.Length - _fade) Fade();
            sample += _place < _fading.Length ? Mixed(_place) : _current[_place];
            _place++;
        }
    }

    /// <summary>Begins the next recording while the last one fades out: its end lies over the beginning of the next.</summary>
    private void Fade()
    {
        float[] ending = _current[Math.Min(_place, _current.Length)..];
        Advance();
        (_fading, _place) = (ending, 0);
    }

    private float Mixed(int place)
    {
        // Equal power, because the two know nothing of each other.
        double angle = Math.PI / 2 * (place + 0.5) / _fading.Length;
        return (float)((_fading[place] * Math.Cos(angle)) + (_current[place] * Math.Sin(angle)));
    }

    private void Advance()
    {
        if (_next == _order.Length)
        {
            _order = SeededRandom.Permutation(_clips.Count, (ulong)_random.NextInt64());
            _next = 0;
        }

        int i = _order[_next++];
        if (i != _loaded)
        {
            ClipDecoder.ForEach([_clips[i]], Decode, (_, sound) => _current = sound.Samples, 1, strict: true, CancellationToken.None);
            double gain = _rms / Math.Sqrt(SpokenStretch.Energy(_current) / _current.Length);
            _current = [.. _current.Select(sample => (float)(gain * sample))];
        }

        // A recording that is short fades in and out over less, so that the two do not meet.
        (_loaded, _fade) = (i, Math.Min((int)(FadeSeconds * _request.SampleRate), _current.Length / 4));
        _fading = [];
    }

    private AudioClip Decode(CorpusClip clip) => SoundSource.Read(clip, _request.SampleRate);
}
