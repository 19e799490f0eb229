namespace Mingling.Corpora;

/// <summary>How a corpus says which class a recording belongs to.</summary>
public enum CorpusLayout
{
    /// <summary>Found out from the files; see <see cref="Layouts.CorpusReader.Read"/>.</summary>
    Auto,

    /// <summary>
    /// One folder for each class, named like the class: <c>yes/anna_1.wav</c>, or below split folders:
    /// <c>train/yes/anna_1.wav</c>.
    /// </summary>
    FolderPerClass,

    /// <summary>Google Speech Commands: a folder per class, <c>yes/bb05582b_nohash_3.wav</c>, splits by lists or by hash.</summary>
    SpeechCommands,

    /// <summary>The names tell class, speaker and index: <c>yes_anna_1.wav</c>; see <see cref="CorpusOptions.Pattern"/>.</summary>
    FileNamePattern,

    /// <summary>Lists of the splits in CSV tell the class of each file, wherever it lies: <c>file,class</c>.</summary>
    Lists,

    /// <summary>One table, CSV or JSON lines, tells path, label, speaker, split, start and end of each clip, and whether it is synthetic.</summary>
    Manifest,

    /// <summary>Tar files with an index beside each, as <c>mingling corpus pack</c> makes them: <c>corpus-000000.tar</c>, <c>shards.json</c>.</summary>
    Shards,
}
