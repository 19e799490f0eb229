namespace Mingling.Boards;

/// <summary>How a model becomes C.</summary>
public sealed record BoardExportOptions
{
    /// <summary>The name of the files and the beginning of every name in them: small letters, digits and underscores, a letter first, at most 40. Default: <c>commands</c>.</summary>
    public string Name { get; init; } = "commands";

    /// <summary>The rate (Hz) of the samples that the board pushes; other rates than the model's take a filter and some time. Null (default): the model's.</summary>
    public int? MicrophoneRate { get; init; }

    /// <summary>Whether weights and activations become 8-bit integers. Default: no. Needs <see cref="Calibration"/>.</summary>
    public bool Int8 { get; init; }

    /// <summary>Clips that decide the scales of the integers, at the model's rate; 100 to 500 with all words are enough. Default: none.</summary>
    public IReadOnlyList<float[]> Calibration { get; init; } = [];

    /// <summary>Clips on which the C is compared with the model file, at the model's rate, best others than those of <see cref="Calibration"/>. Default: none, which means made sound.</summary>
    public IReadOnlyList<float[]> Check { get; init; } = [];

    /// <summary>
    /// How many quiet stretches of 10 ms a stream keeps, of which the quietest is the room after its end. With as many as the window has frames the end is
    /// always that of the model file; with fewer it may be the second quietest in sound that grows steadily louder. Range: 1 to 255. Default: 16.
    /// </summary>
    public int RoomBlocks { get; init; } = 16;
}
