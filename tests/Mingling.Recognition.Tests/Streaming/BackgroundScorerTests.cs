using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Streaming;

public class BackgroundScorerTests
{
    private static readonly ModelCard Card = new()
    {
        Version = "0",
        Encoder = "tone",
        Features = FeatureSettings.LogMel40,
        WindowSeconds = 1,
        Classes = ["low", "_unknown_", "high", "_silence_"],
        EmbeddingSize = 3,
        Background = new BackgroundScore(5, 0.9, 240),
    };

    [Theory]
    [InlineData(0.6f, 0.1f, 0.25f, 0.05f)]
    [InlineData(0.001f, 0.998f, 0.0005f, 0.0005f)]
    [InlineData(1f, 0f, 0f, 0f)]
    public void Apply_scores_the_likeliest_command_by_all_commands_and_the_others_by_their_share(float low, float unknown, float high, float silence)
    {
        float[] scores = [low, unknown, high, silence];
        new BackgroundScorer(Card, Card.Background!).Apply(scores);
        double odds = Math.Log(low + high + 1e-9) - Math.Log(unknown + silence + 1e-9), certainty = 1 / (1 + Math.Exp(-odds / 5));
        ((double)scores[0]).ShouldBe(certainty, 1e-5);
        ((double)scores[2]).ShouldBe(certainty * high / low, 1e-5);
        scores[1].ShouldBe(unknown);
        scores[3].ShouldBe(silence);
    }

    [Fact]
    public void Apply_leaves_a_window_that_was_not_evaluated()
    {
        float[] scores = new float[4];
        new BackgroundScorer(Card, Card.Background!).Apply(scores);
        scores.ShouldAllBe(score => score == 0);
    }

    [Fact]
    public void Streams_take_threshold_and_span_of_the_card_unless_it_is_calibrated()
    {
        var decision = SpotterSettings.FromCard(Card).Decision;
        (decision.Threshold, decision.SmoothingMs).ShouldBe((0.9, 240));
        SpotterSettings.FromCard(Card with { Background = null }).Decision.Threshold.ShouldBe(0.7);
        var calibrated = SpotterSettings.FromCard(Card with { Calibration = new Mingling.Recognition.Models.Calibration(1, 1, "room") { Commands = [new CommandThreshold("low", 0.5)], HopMs = 80, SmoothingMs = 400 } }).Decision;
        (calibrated.For("low").Threshold, calibrated.For("high").Threshold, calibrated.SmoothingMs).ShouldBe((0.5, 0.9, 400));
    }

    [Theory]
    [InlineData(0, 0.9, 240, "the temperature")]
    [InlineData(double.NaN, 0.9, 240, "the temperature")]
    [InlineData(5, 0, 240, "the threshold in streams")]
    [InlineData(5, 1.1, 240, "the threshold in streams")]
    [InlineData(5, 0.9, -1, "averaged over")]
    public void A_card_out_of_range_is_refused(double temperature, double threshold, double smoothing, string told) =>
        Should.Throw<ModelException>(() => ModelFile.Seal("m", BaseModel.Read(), Card with { Background = new BackgroundScore(temperature, threshold, smoothing) })).Message.ShouldContain(told);

    [Fact]
    public void A_card_without_a_class_that_is_no_command_is_refused() =>
        Should.Throw<ModelException>(() => ModelFile.Seal("m", BaseModel.Read(), Card with { Classes = ["low", "high"] })).Message.ShouldContain("need a class that is no command");
}
