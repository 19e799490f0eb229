using Mingling.Corpora.Shards;

namespace Mingling.Corpora.Layouts;

/// <summary>Reads corpora: finds the layout, lists the clips, and checks the result.</summary>
public static class CorpusReader
{
    /// <summary>Reads a folder of recordings, or a manifest.</summary>
    /// <remarks>
    /// The layout is found out in this order: shards where the folder holds <c>shards.json</c>; a manifest where the path is a file or the folder holds <c>manifest.csv</c>,
    /// <c>manifest.tsv</c> or <c>manifest.jsonl</c>; a pattern where the options give one; Google Speech Commands where most files in folders
    /// bear <c>_nohash_</c>; a pattern where the folders are speakers by what the names say; a folder per class where most files lie in
    /// folders; lists where the folder holds CSV lists of the splits; a pattern found in the names (<c>{label}_{speaker}_{index}</c> or <c>{label}_{index}</c>, also with <c>-</c>).
    /// With a folder per class and with lists, the speaker is the part of the names that recurs across classes and files,
    /// where one convinces: see the remarks of <c>SpeakerTokens</c>; else speakers are unknown. Names of words that differ by blanks or by the
    /// form of their letters (composed or not) are one, those of speakers also where they differ by case; <see cref="Corpus.Warnings"/> tells
    /// what was guessed and joined.
    /// </remarks>
    /// <param name="path">A folder, or a manifest in CSV or JSON lines.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options name a layout that there is not.</exception>
    /// <exception cref="CorpusException">
    /// The path does not exist or cannot be read, holds no sound files, no layout fits, an option does
    /// not fit the corpus, or something is missing and the options are strict.
    /// </exception>
    public static Corpus Read(string path, CorpusOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CorpusOptions();
        return AddedCorpora.Join(ReadAlone(Path.GetFullPath(path), options), options).JudgedBySynthesisAtWorst();
    }

    /// <summary>Reads a corpus without those that are to be added.</summary>
    internal static Corpus ReadAlone(string path, CorpusOptions options)
    {
        if (!Enum.IsDefined(options.Layout))
            throw new ArgumentOutOfRangeException(nameof(options), options.Layout, "There is no such layout of a corpus.");
        var draft = new CorpusDraft(options.Strict);
        if (ShardsOf(path, options) is { } shards)
            return ReadTable(shards, CorpusLayout.Shards, ShardLayout.Read, draft, options);
        if (ManifestOf(path, options) is { } manifest)
            return ReadTable(manifest, CorpusLayout.Manifest, ManifestLayout.Read, draft, options);
        if (!Directory.Exists(path))
            throw new CorpusException(new Remark("corpus.missing", $"There is no folder and no manifest '{path}'.", ("path", path)));
        var folder = SoundFolder.Open(path, draft);
        if (folder.Files.Count == 0)
            throw new CorpusException(new Remark("corpus.no-sound",
                $"There are no sound files in '{path}'; a corpus is a folder of recordings, such as one folder for each word{Because(draft)}.", ("path", path)));
        var lists = ListFile.Find(path, options);
        var pattern = options.Pattern is null ? null : ClipPattern.Parse(options.Pattern);
        if (SpeakersOf(folder, options, draft) is { } speakers)
        {
            pattern = speakers;
            draft.Warn(new Remark("corpus.folders-as-speakers", $"The folders are taken for speakers, because the names of the files say so (pattern {speakers.Text}); if they are words, use --layout {CorpusLayout.FolderPerClass}.", ("pattern", speakers.Text)));
        }
        var layout = LayoutOf(folder, lists, options, pattern);
        if (layout == CorpusLayout.FileNamePattern)
            pattern ??= PatternLayout.Detect(folder) ?? throw NoPattern(path);
        ReadFolder(folder, layout, pattern, lists, draft);
        ListSplits.Apply(path, folder.Names, lists, draft);
        if (layout is CorpusLayout.FolderPerClass or CorpusLayout.Lists)
            draft.Replace(SpeakerTokens.Assign(draft.Clips));
        var found = new Corpus { Root = path, Layout = layout, Pattern = pattern?.Text, Lists = [.. lists.Select(list => list.Path)], Clips = [] };
        return Finish(found, draft, options);
    }

    /// <summary>Reads a manifest or shards; lists in the folder are not looked for, because these name the splits themselves.</summary>
    private static Corpus ReadTable(string table, CorpusLayout layout, Action<string, CorpusDraft> read, CorpusDraft draft, CorpusOptions options)
    {
        string root = Path.GetDirectoryName(table)!;
        read(table, draft);
        var lists = ListFile.Named(options);
        ListSplits.Apply(root, draft.Clips.Concat(draft.Noise).Select(clip => clip.Name).ToHashSet(), lists, draft);
        var found = new Corpus { Root = root, Layout = layout, Lists = [.. lists.Select(list => list.Path)], Clips = [] };
        return Finish(found, draft, options);
    }

    private static string? ShardsOf(string path, CorpusOptions options) => options.Layout switch
    {
        CorpusLayout.Auto when options.Pattern is null => ShardSet.Find(path),
        CorpusLayout.Shards => ShardSet.Find(path)
            ?? throw new CorpusException($"There is no {ShardSet.FileName} in '{path}'; 'mingling corpus pack' makes it."),
        _ => null,
    };

    private static string? ManifestOf(string path, CorpusOptions options) => options.Layout switch
    {
        _ when File.Exists(path) => !SoundFolder.IsSound(path) ? path
            : throw new CorpusException($"'{path}' is a sound file; name the folder of the recordings, such as '{Path.GetDirectoryName(path)}'."),
        CorpusLayout.Auto when options.Pattern is null => ManifestLayout.Find(path),
        CorpusLayout.Manifest => ManifestLayout.Find(path)
            ?? throw new CorpusException($"There is no manifest.csv, manifest.tsv or manifest.jsonl in '{path}'."),
        _ => null,
    };

    /// <summary>The pattern of a corpus with a folder for each speaker; null where a layout is given, or where the folders are none.</summary>
    private static ClipPattern? SpeakersOf(SoundFolder folder, CorpusOptions options, CorpusDraft draft)
    {
        if (options is not { Layout: CorpusLayout.Auto, Pattern: null } || SpeechCommandsLayout.Fits(folder) || !FolderLayout.Fits(folder)) return null;
        var found = SpeakerFolders.Detect(folder, out var doubtful);
        if (found is null && doubtful is not null)
            draft.Warn(new Remark("corpus.folders-as-words", $"The folders are taken for words, though the names of the files can also be read as {doubtful.Text} with a folder for each speaker; if so, use --pattern {doubtful.Text}.", ("pattern", doubtful.Text)));
        return found;
    }

    private static CorpusLayout LayoutOf(SoundFolder folder, IReadOnlyList<ListFile> lists, CorpusOptions options, ClipPattern? pattern)
    {
        if (options.Pattern is not null && options.Layout is not (CorpusLayout.Auto or CorpusLayout.FileNamePattern))
        {
            throw new CorpusException(
                $"A pattern of file names goes with the layout {nameof(CorpusLayout.FileNamePattern)}, not with {options.Layout}.");
        }
        return options.Layout != CorpusLayout.Auto ? options.Layout
            : pattern is not null ? CorpusLayout.FileNamePattern
            : SpeechCommandsLayout.Fits(folder) ? CorpusLayout.SpeechCommands
            : FolderLayout.Fits(folder) ? CorpusLayout.FolderPerClass
            : lists.Any(list => list.Entries.Any(entry => entry.Label is not null)) ? CorpusLayout.Lists
            : CorpusLayout.FileNamePattern;
    }

    private static void ReadFolder(SoundFolder folder, CorpusLayout layout, ClipPattern? pattern, IReadOnlyList<ListFile> lists, CorpusDraft draft)
    {
        switch (layout)
        {
            case CorpusLayout.SpeechCommands:
                SpeechCommandsLayout.Read(folder, hashSplits: lists.Count == 0, draft);
                break;
            case CorpusLayout.FolderPerClass:
                FolderLayout.Read(folder, draft);
                break;
            case CorpusLayout.Lists when lists.Count == 0:
                throw new CorpusException($"There are no lists such as train.csv in '{folder.Root}', and the options name none.");
            case CorpusLayout.Lists:
                foreach (var file in folder.Files)
                    draft.Add(file, label: "");
                break;
            default:
                PatternLayout.Read(folder, pattern!, draft);
                break;
        }
    }

    private static Corpus Finish(Corpus found, CorpusDraft draft, CorpusOptions options)
    {
        var labeled = AlikeNames.Join(draft.Clips.Where(clip => clip.Label.Length > 0), draft)
            .OrderBy(clip => clip.Name, StringComparer.Ordinal).ThenBy(clip => clip.StartSeconds ?? 0).ToList();
        var classes = labeled.Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        if (classes.Count == 0)
            throw new CorpusException(new Remark("corpus.nothing-usable", $"Nothing in '{found.Root}' can be used{Because(draft)}.", ("path", found.Root)));
        string[] wanted = [.. options.Words.Select(NameKey.Tidy)];
        if (wanted.FirstOrDefault(word => !classes.Contains(word)) is { } missing)
            throw new CorpusException($"The word '{missing}' is no class of '{found.Root}'; the classes are {string.Join(", ", classes)}.");
        if (options.NoiseFolder is not null)
            AddNoise(options.NoiseFolder, draft);
        var learned = (wanted.Length == 0 ? classes : [.. wanted]).ToHashSet(StringComparer.Ordinal);
        return found with
        {
            Clips = labeled.FindAll(clip => learned.Contains(clip.Label)),
            OtherClips = labeled.FindAll(clip => !learned.Contains(clip.Label)),
            Noise = draft.Noise,
            Negatives = Negatives(options.Negatives, draft),
            Problems = draft.Problems,
            Remarks = draft.Remarks,
            UnlistedFiles = draft.Unlisted,
        };
    }

    private static void AddNoise(string path, CorpusDraft draft)
    {
        if (!Directory.Exists(path))
            throw new CorpusException($"The folder of noise '{path}' does not exist.");
        foreach (var file in SoundFolder.Open(Path.GetFullPath(path), draft).Files)
            draft.Add(file, CorpusClip.NoiseLabel);
    }

    /// <summary>The recordings without a command; those that are empty are counted as skipped.</summary>
    private static List<CorpusClip> Negatives(IReadOnlyList<string> paths, CorpusDraft draft)
    {
        var found = new List<CorpusClip>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path)) found.AddRange(SoundFolder.Open(Path.GetFullPath(path), draft).Files.Where(draft.Accepts).Select(file => new CorpusClip(file.Path, file.Name, CorpusClip.UnknownLabel)));
            else if (File.Exists(path)) found.Add(new CorpusClip(Path.GetFullPath(path), path, CorpusClip.UnknownLabel));
            else throw new CorpusException($"There is no file or folder '{path}' of sound without commands.");
        }
        return paths.Count == 0 || found.Count > 0 ? found : throw new CorpusException($"There are no sound files in {string.Join(", ", paths)}{Because(draft)}.");
    }

    private static string Because(CorpusDraft draft) =>
        draft.Problems is [var first, ..]
            ? $": {draft.Problems.Count} files or rows were skipped, the first because '{first.Path}' {first.Reason}"
            : "";

    private static CorpusException NoPattern(string path) => new(
        $"The file names in '{path}' follow no pattern that tells their class; name one such as {{label}}_{{speaker}}_{{index}}.wav, "
        + "or put the recordings of each word into a folder of their own.");
}
