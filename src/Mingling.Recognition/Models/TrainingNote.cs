using System.Text.Json.Serialization;

namespace Mingling.Recognition.Models;

/// <summary>What a model learned from, for those who pass it on. Holds no paths and no names of people.</summary>
public sealed record TrainingNote
{
    /// <summary>The recordings in words, such as the name of the corpus.</summary>
    public string Data { get; init => field = value ?? ""; } = "";

    /// <summary>The licence of the recordings, or what is known of it. Default: not stated.</summary>
    public string License { get; init => field = value ?? "not stated"; } = "not stated";

    /// <summary>The name of <see cref="License"/> in files of earlier versions; read and not written.</summary>
    [JsonInclude, JsonPropertyName("licence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? EarlierLicense { get => null; init => License = value ?? License; }

    /// <summary>The number of clips that the model learned from.</summary>
    public int Clips { get; init; }

    /// <summary>The number of finished epochs.</summary>
    public int Epochs { get; init; }

    /// <summary>The share of the held-out clips that were recognised; null where none were held out.</summary>
    public double? ValidationAccuracy { get; init; }
}
