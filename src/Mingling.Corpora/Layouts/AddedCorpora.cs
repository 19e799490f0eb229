namespace Mingling.Corpora.Layouts;

/// <summary>Joins further corpora to a corpus, for training alone.</summary>
internal static class AddedCorpora
{
    /// <summary>The corpus with the clips of those that the options add.</summary>
    /// <exception cref="CorpusException">An added corpus cannot be read, or holds a word that the corpus lacks.</exception>
    public static Corpus Join(Corpus corpus, CorpusOptions options)
    {
        var others = corpus.OtherClips.Select(clip => clip.Label).ToHashSet(StringComparer.Ordinal);
        string[] wanted = [.. corpus.Classes, CorpusClip.UnknownLabel];
        for (int i = 0; i < options.Added.Count; i++)
        {
            string path = Path.GetFullPath(options.Added[i]);
            var added = CorpusReader.ReadAlone(path, new CorpusOptions { Strict = options.Strict });
            if (added.Classes.FirstOrDefault(label => !wanted.Contains(label) && !others.Contains(label)) is { } stranger)
            {
                throw new CorpusException($"The word '{stranger}' of the added '{path}' is no class of '{corpus.Root}', so that nothing could judge it; "
                    + $"take its clips out, or name them {CorpusClip.UnknownLabel}.");
            }
            // A name of its own, so that a run can tell the clip from one of the corpus.
            var clips = added.Clips.Select(clip => clip with { Name = $"+{i + 1}/{clip.Name}", TrainingOnly = true, Split = null }).ToList();
            corpus = corpus with
            {
                Clips = [.. corpus.Clips, .. clips.Where(clip => !others.Contains(clip.Label))],
                OtherClips = [.. corpus.OtherClips, .. clips.Where(clip => others.Contains(clip.Label))],
                Noise = [.. corpus.Noise, .. added.Noise],
                Problems = [.. corpus.Problems, .. added.Problems],
                Remarks = [.. corpus.Remarks, .. added.Remarks],
            };
        }
        return corpus;
    }
}
