using System.Text.Json.Serialization;

namespace Mingling.Training.Recipes;

/// <summary>
/// Training on running sound: commands among other speech, at any place that a window in a stream meets them, and windows without a whole
/// command, which learn the class <c>_unknown_</c>. Off unless <see cref="Ratio"/> is above 0.
/// </summary>
public sealed record NegativeSettings
{
    /// <summary>
    /// Windows without a command for each command clip of an epoch. Range: 0 to 20. Default: 0, which leaves training to clips alone.
    /// </summary>
    public double Ratio { get; init; }

    /// <summary>
    /// Utterances that eSpeak NG says beside the recordings without commands (<see cref="Mingling.Corpora.Speech.OtherSpeech"/>); none
    /// where the program is not installed. Range: 0 to 100,000. Default: 0.
    /// </summary>
    public int Synthetic { get; init; }

    /// <summary>
    /// Recordings of people that other programs of the machine bring, beside those that are given
    /// (<see cref="Mingling.Corpora.Speech.InstalledSpeech"/>): at most so many, of at most ten seconds. Range: 0 to 100,000. Default: 0.
    /// </summary>
    public int People { get; init; }

    /// <summary>
    /// The weight of a window without a command in the classifier's loss, where a command has 1: it rises from 1 in a straight line and
    /// reaches this at the end. Range: above 0, at most 1000. Default: 1.
    /// </summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// The share of the windows that the present model takes for commands, once it has searched the whole of the other sound (every
    /// <see cref="BatchSettings.MiningInterval"/> epochs). Range: 0 to 1. Default: 0.5.
    /// </summary>
    public double HardShare { get; init; } = 0.5;

    /// <summary>
    /// The share of the command clips that are heard in running sound; the others are heard as clips are. Range: 0 to 1. Default: 0.7.
    /// </summary>
    public double RunningShare { get; init; } = 0.7;

    /// <summary>The longest time in milliseconds from the end of a command to the end of its window. Range: 0 to 2000. Default: 320.</summary>
    public double LatestMilliseconds { get; init; } = 320;

    /// <summary>The sounds of other speech that are made ready before a training: <see cref="Synthetic"/> and <see cref="People"/>; none where <see cref="Ratio"/> is 0.</summary>
    [JsonIgnore]
    public int Sounds => Ratio > 0 ? Synthetic + People : 0;
}
