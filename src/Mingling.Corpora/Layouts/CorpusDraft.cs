namespace Mingling.Corpora.Layouts;

/// <summary>What the layouts fill: the clips found so far and what was skipped.</summary>
internal sealed class CorpusDraft(bool strict)
{
    private readonly List<CorpusProblem> _problems = [];
    private readonly List<Remark> _warnings = [];

    /// <summary>The clips of all classes.</summary>
    public List<CorpusClip> Clips { get; private set; } = [];

    /// <summary>The noise recordings.</summary>
    public List<CorpusClip> Noise { get; } = [];

    /// <summary>What was skipped, in the order of finding.</summary>
    public IReadOnlyList<CorpusProblem> Problems => _problems;

    /// <summary>What was guessed.</summary>
    public IReadOnlyList<Remark> Remarks => _warnings;

    /// <summary>The sound files that lists leave out.</summary>
    public int Unlisted { get; set; }

    /// <summary>Puts other clips in the place of those found so far.</summary>
    public void Replace(List<CorpusClip> clips) => Clips = clips;

    /// <summary>Tells what was guessed.</summary>
    public void Warn(Remark remark) => _warnings.Add(remark);

    /// <summary>Counts something that is skipped, or ends everything where the user wants that.</summary>
    /// <exception cref="CorpusException">The options are strict.</exception>
    public void Skip(string path, Remark reason)
    {
        var problem = new CorpusProblem(path, reason);
        if (strict)
            throw new CorpusException(problem.Remark);
        _problems.Add(problem);
    }

    /// <summary>Whether there is something in a file; one that is empty is skipped.</summary>
    public bool Accepts(SoundFile file)
    {
        if (file.IsEmpty) Skip(file.Name, new Remark("problem.empty", "is empty (0 bytes)"));
        return !file.IsEmpty;
    }

    /// <summary>Adds a clip, unless its file is empty; noise goes to the noise.</summary>
    public void Add(SoundFile file, string label, string? speaker = null, Split? split = null)
    {
        if (Accepts(file))
            Add(new CorpusClip(file.Path, file.Name, label) { Speaker = speaker, Split = split });
    }

    /// <summary>Adds a clip; noise goes to the noise.</summary>
    public void Add(CorpusClip clip)
    {
        if (clip.Label == CorpusClip.NoiseLabel)
            Noise.Add(clip);
        else
            Clips.Add(clip);
    }
}
