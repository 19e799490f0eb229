using Mingling.Corpora.Shards;

namespace Mingling.Corpora.Layouts;

/// <summary>Shards that <see cref="CorpusPacker"/> made. The indexes alone are read; the sound is not.</summary>
internal static class ShardLayout
{
    /// <summary>Adds the clips of all shards.</summary>
    /// <param name="set">The path of <c>shards.json</c>.</param>
    /// <param name="draft">Takes the clips.</param>
    /// <exception cref="CorpusException">A shard or its index is missing, damaged or of another corpus: training on the rest would be another training.</exception>
    public static void Read(string set, CorpusDraft draft)
    {
        string root = Path.GetDirectoryName(set)!;
        var read = ShardSet.Read(set);
        var names = new NamePool();
        draft.Clips.Capacity = (int)Math.Clamp(read.Clips, 0, Array.MaxLength);
        for (int number = 0; number < read.Shards.Count; number++)
        {
            var shard = read.Shards[number];
            string path = Path.Combine(root, shard.Name), index = Path.Combine(root, shard.IndexName);
            var file = new FileInfo(path);
            if (!file.Exists) throw new CorpusException($"The shard '{path}' is missing ({number + 1} of {read.Shards.Count}); copy it to the others.");
            if (file.Length != shard.Bytes)
                throw new CorpusException($"The shard '{path}' is damaged: it has {file.Length} bytes instead of {shard.Bytes}; copy it again.");
            if (!File.Exists(index)) throw new CorpusException($"The index '{index}' of the shard beside it is missing; copy it to the others.");
            string? problem = ShardIndex.Read(Content(index), read.Id, number, path, file.Length, names, draft.Add);
            if (problem is not null) throw new CorpusException($"The index '{index}' {problem}; copy the shard and its index again.");
        }
        var known = read.Shards.Select(shard => shard.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in Directory.EnumerateFiles(root, "*.tar").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
            if (!known.Contains(name)) draft.Skip(name, new Remark("problem.other-shard", $"is none of the {known.Count} shards of this corpus", ("n", known.Count)));
    }

    private static byte[] Content(string index)
    {
        try
        {
            return File.ReadAllBytes(index);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"The index '{index}' cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
