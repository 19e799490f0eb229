using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>Turns posteriors into the scores of <see cref="BackgroundScore"/>.</summary>
internal sealed class BackgroundScorer(ModelCard card, BackgroundScore score)
{
    // Posteriors are single precision: nearer to 0 or 1 they tell nothing.
    private const double Least = 1e-9;

    private readonly bool[] _isCommand = [.. card.Classes.Select(Vocabulary.IsCommand)];

    /// <summary>Replaces posteriors of the trained classes by scores; those of what is no command stay.</summary>
    public void Apply(Span<float> scores)
    {
        double commands = 0, others = 0;
        float best = 0;
        for (int c = 0; c < _isCommand.Length; c++)
        {
            if (!_isCommand[c])
            {
                others += scores[c];
                continue;
            }
            commands += scores[c];
            best = Math.Max(best, scores[c]);
        }
        if (best <= 0) return;
        double certainty = 1 / (1 + Math.Exp((Math.Log(others + Least) - Math.Log(commands + Least)) / score.Temperature));
        for (int c = 0; c < _isCommand.Length; c++)
            if (_isCommand[c]) scores[c] = (float)(certainty * scores[c] / best);
    }
}
