using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Tests.Streaming.Decisions;

/// <summary>The rules of the decision stage, each computed anew from all posteriors.</summary>
internal static class NaiveDecisions
{
    public static List<Decision> Of(float[][] posteriors, string[] classes, DecisionSettings settings, double hopMs)
    {
        int smoothing = Math.Max(1, (int)Math.Round(settings.SmoothingMs / hopMs));
        int maximum = Math.Max(1, (int)Math.Round(settings.MaximumMs / hopMs));
        float[][] means = [.. posteriors.Select((_, step) => Mean([.. posteriors.Take(step + 1).TakeLast(smoothing)]))];
        int[] candidates = [.. means.Select((mean, step) => step + 1 < smoothing ? -1 : Candidate(mean))];
        var decisions = new List<Decision>();
        for (int step = 0; step < posteriors.Length; step++)
        {
            int c = candidates[step];
            if (c < 0 || step + 1 < settings.AgreeingSteps || candidates[(step + 1 - settings.AgreeingSteps)..(step + 1)].Any(other => other != c)) continue;
            if (decisions.Any(d => d.Class == c && (step - d.Step) * hopMs < settings.RefractoryMs)) continue;
            if (decisions.Any(d => (step - d.Step) * hopMs < settings.OtherRefractoryMs)) continue;
            long since = decisions.FindLast(d => d.Class == c) is { Score: > 0 } last ? last.Step + 1 : 0;
            decisions.Add(new Decision(c, means.Take(step + 1).Index().Where(m => m.Index > step - maximum && m.Index >= since).Max(m => m.Item[c]), step));
        }

        return decisions;

        int Candidate(float[] mean)
        {
            int[] commands = [.. Enumerable.Range(0, classes.Length).Where(c => !classes[c].StartsWith('_'))];
            int[] passing = [.. commands.Where(c => mean[c] >= (float)settings.For(classes[c]).Threshold)];
            if (passing.Length == 0) return -1;
            int best = passing.MaxBy(c => mean[c]);
            return settings.Gap > 0 && commands.Any(c => c != best && mean[best] - mean[c] < (float)settings.Gap) ? -1 : best;
        }
    }

    private static float[] Mean(float[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(c => (float)(rows.Sum(row => (double)row[c]) / rows.Length))];
}
