using CsCheck;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming.Decisions;

public class DecisionStageTests
{
    private const double HopMs = 80;
    private static readonly string[] Classes = ["go", "no", "_unknown_"];
    private static readonly DecisionSettings Plain = new() { SmoothingMs = 240, MaximumMs = 800, RefractoryMs = 800, OtherRefractoryMs = 160, Threshold = 0.6 };

    private static readonly Gen<float[][]> Posteriors = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], Gen.Float[0.3f, 1])
        .Select((peak, length, height) => Enumerable.Repeat(Pulse(peak, height), length))
        .Array[1, 15].Select(pulses => pulses.SelectMany(pulse => pulse).ToArray());

    private static readonly Gen<DecisionSettings> Settings = Gen.Select(
        Gen.Int[0, 8], Gen.Int[8, 15], Gen.Int[0, 20], Gen.Double[0.3, 1], Gen.Double[0, 0.4], Gen.Int[1, 4],
        (smoothing, maximum, refractory, threshold, gap, agreeing) => new DecisionSettings
        {
            SmoothingMs = smoothing * HopMs,
            MaximumMs = maximum * HopMs,
            RefractoryMs = refractory * HopMs,
            OtherRefractoryMs = refractory / 3 * HopMs,
            Threshold = threshold,
            Gap = gap,
            AgreeingSteps = agreeing,
        });

    [Fact]
    public void DecisionStage_on_any_posteriors_decides_as_its_naive_twin() =>
        Gen.Select(Posteriors, Settings).Sample(
            (posteriors, settings) => Run(posteriors, settings).ShouldBe(NaiveDecisions.Of(posteriors, Classes, settings, HopMs)), iter: 2000);

    [Fact]
    public void DecisionStage_with_a_command_that_lasts_reports_it_when_the_mean_passes() =>
        Run([.. Steps(0, 0, 10), .. Steps(1, 1, 6)], Plain).ShouldBe([new Decision(0, 2 / 3f, 11)]);

    [Fact]
    public void DecisionStage_before_the_smoothing_span_is_full_decides_nothing() =>
        Run(Steps(1, 1, 2), Plain).ShouldBeEmpty();

    [Fact]
    public void DecisionStage_with_the_same_word_said_twice_reports_it_twice() =>
        Run([.. Steps(0, 0, 5), .. Steps(1, 1, 5), .. Steps(0, 0, 6), .. Steps(1, 1, 5), .. Steps(0, 0, 9)], Plain)
            .Select(decision => decision.Class).ShouldBe([0, 0]);

    [Fact]
    public void DecisionStage_with_a_lasting_word_reports_it_once_in_a_refractory_time() =>
        Run([.. Steps(0, 0, 5), .. Steps(1, 1, 12)], Plain).Select(decision => decision.Step).ShouldBe([6, 16]);

    [Fact]
    public void DecisionStage_with_another_word_reports_it_within_the_refractory_time_of_the_first()
    {
        var decisions = Run([.. Steps(0, 0, 5), .. Steps(1, 1, 3), .. Steps(2, 1, 3)], Plain);
        decisions.Select(decision => decision.Class).ShouldBe([0, 1]);
        (decisions[1].Step - decisions[0].Step).ShouldBeLessThan(10);
    }

    [Fact]
    public void DecisionStage_counts_agreement_on_raw_scores_also_while_it_may_not_decide()
    {
        // A counter that were fed by gated scores only would begin after the refractory time, or never.
        var settings = Plain with { AgreeingSteps = 5, RefractoryMs = 800 };
        var decisions = Run([.. Steps(0, 0, 5), .. Steps(1, 1, 30)], settings);
        decisions.Select(decision => decision.Step).ShouldBe([10, 20, 30]);
    }

    [Fact]
    public void DecisionStage_asks_for_agreement_without_a_break()
    {
        var settings = Plain with { SmoothingMs = 0, AgreeingSteps = 3 };
        Run([.. Steps(1, 1, 2), .. Steps(0, 0, 1), .. Steps(1, 1, 2)], settings).ShouldBeEmpty();
        Run([.. Steps(1, 1, 2), .. Steps(2, 1, 1), .. Steps(1, 1, 2)], settings).ShouldBeEmpty();
        Run([.. Steps(1, 1, 3)], settings).Count.ShouldBe(1);
    }

    [Fact]
    public void DecisionStage_asks_for_the_gap_to_every_other_command_but_not_to_other_classes()
    {
        var settings = Plain with { SmoothingMs = 0, Threshold = 0.4, Gap = 0.2 };
        Run([[0.5f, 0.4f, 0.1f]], settings).ShouldBeEmpty();
        Run([[0.6f, 0.3f, 0.1f]], settings).Count.ShouldBe(1);
        Run([[0.5f, 0.05f, 0.45f]], settings).Count.ShouldBe(1);
    }

    [Fact]
    public void DecisionStage_uses_the_threshold_of_each_command()
    {
        var settings = Plain with { SmoothingMs = 0, Thresholds = [new("go", 0.9), new("no", 0.3)] };
        Run([[0.6f, 0.35f, 0.05f]], settings).Single().Class.ShouldBe(1);
    }

    [Fact]
    public void DecisionStage_never_reports_a_class_in_underscores() => Run(Steps(3, 1, 20), Plain).ShouldBeEmpty();

    [Fact]
    public void DecisionStage_scores_an_event_by_the_maximum_of_the_longer_span()
    {
        // The mean peaks while the command must still wait for the other one's refractory time.
        var settings = Plain with { SmoothingMs = 80, OtherRefractoryMs = 400 };
        var decisions = Run([.. Steps(2, 0.7f, 1), .. Steps(1, 0.95f, 1), .. Steps(1, 0.65f, 6)], settings);
        decisions.ShouldBe([new Decision(1, 0.7f, 0), new Decision(0, 0.95f, 5)]);
    }

    [Fact]
    public void DecisionStage_in_any_step_allocates_nothing()
    {
        var stage = new DecisionStage(Classes, Plain, HopMs);
        float[] posteriors = [0.9f, 0.05f, 0.05f];
        int decided = 0;
        Allocations.Least(() => decided = Run(1000)).ShouldBe(0);
        decided.ShouldBeGreaterThan(50);

        int Run(int steps)
        {
            int decided = 0;
            for (int i = 0; i < steps; i++) decided += stage.TryDecide(posteriors, out _) ? 1 : 0;
            return decided;
        }
    }

    [Fact]
    public void DecisionStage_after_Reset_decides_as_at_the_beginning()
    {
        var stage = new DecisionStage(Classes, Plain, HopMs);
        float[][] posteriors = [.. Steps(0, 0, 5), .. Steps(1, 1, 12)];
        var first = Run(stage, posteriors);
        stage.Reset();
        Run(stage, posteriors).ShouldBe(first);
    }

    [Fact]
    public void DecisionStage_given_nonsense_says_so()
    {
        var stage = new DecisionStage(Classes, Plain, HopMs);
        Should.Throw<ArgumentException>(() => stage.TryDecide([1, 0], out _)).Message.ShouldStartWith("There are 2 posteriors for 3 classes");
        Should.Throw<ArgumentException>(() => stage.TryDecide([1, float.NaN, 0], out _)).Message.ShouldStartWith("The posterior of 'no' is not a finite number");
        Should.Throw<ArgumentException>(() => new DecisionStage(Classes, Plain with { Thresholds = [new("up", 0.5)] }, HopMs)).Message.ShouldContain("'up', which is no command");
        Should.Throw<ArgumentException>(() => new DecisionStage(["_unknown_"], Plain, HopMs)).Message.ShouldContain("no command");
        Should.Throw<ArgumentException>(() => new DecisionStage(Classes, Plain, 0)).Message.ShouldContain("above 0 ms");
    }

    [Fact]
    public void DecisionSettings_out_of_range_are_named_all_at_once()
    {
        var settings = new DecisionSettings
        {
            SmoothingMs = -1,
            MaximumMs = 20_000,
            RefractoryMs = double.NaN,
            Threshold = 0,
            Gap = 2,
            AgreeingSteps = 0,
            Thresholds = [new("go", 1.5), new("go", 0.5)],
        };
        string message = Should.Throw<ArgumentException>(settings.Validate).Message;
        foreach (string part in new[] { "SmoothingMs -1", "MaximumMs 20000", "RefractoryMs NaN", "Threshold 0", "Gap 2", "AgreeingSteps 0", "1.5 of 'go'", "'go' has more than one" })
            message.ShouldContain(part);
    }

    private static List<Decision> Run(float[][] posteriors, DecisionSettings settings) => Run(new DecisionStage(Classes, settings, HopMs), posteriors);

    private static List<Decision> Run(DecisionStage stage, float[][] posteriors)
    {
        var decisions = new List<Decision>();
        foreach (float[] each in posteriors)
        {
            if (stage.TryDecide(each, out var decision)) decisions.Add(decision);
        }

        return decisions;
    }

    /// <summary>Class 1, 2 or 3 at a height, the rest spread; 0 for none of them.</summary>
    private static float[][] Steps(int peak, float height, int count) => [.. Enumerable.Repeat(Pulse(peak, height), count)];

    private static float[] Pulse(int peak, float height)
    {
        float[] posteriors = new float[3];
        if (peak > 0) posteriors[peak - 1] = height;
        return posteriors;
    }
}
