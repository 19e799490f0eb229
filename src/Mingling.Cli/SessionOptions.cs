namespace Mingling.Cli;

/// <summary>How a training session treats what is there already, and how it shows itself.</summary>
internal sealed record SessionOptions
{
    /// <summary>Whether a run in the folder is continued; otherwise it is an error.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// The keys of the recipe that the user gave, each with the name by which he did, to be compared with those of a run that is continued.
    /// </summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the window is chosen from the clips.</summary>
    public bool ChooseWindow { get; init; }

    /// <summary>Whether trimmed clips get the recipe made for them.</summary>
    public bool ChooseForTrimmed { get; init; }

    /// <summary>Whether the number of epochs is chosen by the number of clips.</summary>
    public bool ChooseEpochs { get; init; }

    /// <summary>Threads that prepare clips ahead. Default: all cores but one, at least 1 and at most 4; one core trains.</summary>
    public int DataThreads { get; init; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 4);

    /// <summary>Whether the standard output belongs to a program.</summary>
    public bool ForProgram { get; init; }

    /// <summary>What the user did not give is chosen from the clips.</summary>
    /// <param name="given">The keys that the user gave.</param>
    public static SessionOptions For(IReadOnlyDictionary<string, string> given) => new()
    {
        Given = given,
        ChooseWindow = !given.ContainsKey("window-seconds"),
        ChooseForTrimmed = !given.ContainsKey("trimmed"),
        ChooseEpochs = !given.ContainsKey("epochs"),
    };
}
