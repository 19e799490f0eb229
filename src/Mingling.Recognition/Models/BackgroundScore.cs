namespace Mingling.Recognition.Models;

/// <summary>
/// How the posteriors of a model that has learned what is no command become scores in a stream. With the sum k of the posteriors of all
/// commands and u = 1 − k, a command with the posterior p has the score p / p* · 1 / (1 + exp(−ln(k / u) / τ)), where p* is the posterior of the
/// likeliest command: whether any command was said decides about the event, and which one about its name, so that two commands that sound alike
/// do not take each other's score.
/// </summary>
/// <param name="Temperature">τ. The smaller, the sooner scores come near 1. Range: above 0, at most 100.</param>
/// <param name="Threshold">The threshold of commands that have none of their own. Range: above 0, at most 1.</param>
/// <param name="SmoothingMs">The span over which scores are averaged, in milliseconds. Range: 0 to 2000.</param>
public sealed record BackgroundScore(double Temperature, double Threshold, double SmoothingMs)
{
    internal IEnumerable<string> Problems(ModelCard card)
    {
        if (!(Temperature is > 0 and <= 100)) yield return $"the temperature of the scores in streams must be above 0 and at most 100, not {Temperature}";
        if (!(Threshold is > 0 and <= 1)) yield return $"the threshold in streams must be above 0 and at most 1, not {Threshold}";
        if (!(SmoothingMs is >= 0 and <= 2000)) yield return $"scores in streams must be averaged over 0 to 2000 ms, not {SmoothingMs}";
        if (card.Classes.All(word => word is null || Vocabulary.IsCommand(word))) yield return "the scores in streams need a class that is no command";
    }
}
