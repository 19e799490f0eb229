using Mingling.Audio;

namespace Mingling.Corpora.Streams;

/// <summary>Gives recordings one by one in random order; those that cannot be used are left out and named once. One is in memory at a time.</summary>
internal sealed class UtteranceSupply(IReadOnlyList<CorpusClip> clips, StreamRequest request, ulong seed, double rms, bool recurs)
{
    private readonly List<CorpusProblem> _problems = [];
    private readonly HashSet<int> _unusable = [];
    private int[] _order = [];
    private int _next;
    private ulong _round;

    /// <summary>The recordings that cannot be used, of those that were asked for.</summary>
    public IReadOnlyList<CorpusProblem> Problems => _problems;

    /// <summary>The next one; null where all were said and none recurs.</summary>
    /// <exception cref="CorpusException">None can be used, or one cannot and the request is strict.</exception>
    public Utterance? Next()
    {
        while (true)
        {
            if (_next == _order.Length)
            {
                if (_unusable.Count == clips.Count) throw new CorpusException($"None of the {clips.Count} recordings can be used; the first: {_problems[0]}");
                if (_round > 0 && !recurs) return null;
                (_order, _next) = (SeededRandom.Permutation(clips.Count, SeededRandom.Derive(seed, _round++)), 0);
            }

            int i = _order[_next++];
            if (!_unusable.Contains(i) && Read(i) is { } utterance) return utterance;
        }
    }

    private Utterance? Read(int i)
    {
        var problems = ClipDecoder.ForEach(
            [clips[i]], clip => SoundSource.Read(clip, request.SampleRate), (_, sound) => _read = sound, parallelism: 1, request.Strict, CancellationToken.None);
        var utterance = problems.Count > 0 ? null : Utterance.Of(clips[i], _read!.Samples, request.SampleRate, rms);
        if (utterance is not null) return utterance;
        var problem = problems.Count > 0 ? problems[0] : new CorpusProblem(clips[i].Name, "is silent or shorter than 10 ms, so that nothing is said in it");
        if (request.Strict) throw new CorpusException(problem.ToString());
        _problems.Add(problem);
        _unusable.Add(i);
        return null;
    }

    private AudioClip? _read;
}
