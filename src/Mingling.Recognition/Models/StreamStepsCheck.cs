namespace Mingling.Recognition.Models;

/// <summary>Finds everything that is wrong with the steps of a card.</summary>
internal static class StreamStepsCheck
{
    private const long MostValues = 1 << 24;

    /// <summary>One clause for each thing; none where the steps can be used.</summary>
    public static IEnumerable<string> Problems(ModelCard card, StreamSteps steps)
    {
        if (steps.Frames is < 1 or > 1000) yield return $"a step must have 1 to 1000 frames, not {steps.Frames}";
        if (steps.States is null)
        {
            yield return "the states of the steps are null";
            yield break;
        }
        if (steps.States.Any(state => state is null || string.IsNullOrWhiteSpace(state.Input) || string.IsNullOrWhiteSpace(state.Output)))
        {
            yield return "a state of the steps has no name";
            yield break;
        }
        if (steps.States.Any(state => state.Channels < 1 || state.Length < 1)) yield return "a state of the steps has no values";
        else if (steps.States.Sum(state => (long)state.Channels * state.Length) > MostValues) yield return "the states of the steps would fill too much memory";
        foreach (string? twice in ModelCardCheck.Twice(steps.States.SelectMany(state => (string[])[state.Input, state.Output])))
            yield return $"the steps have two states '{twice}'";
    }
}
