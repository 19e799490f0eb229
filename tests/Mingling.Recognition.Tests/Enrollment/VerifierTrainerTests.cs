using Mingling.Audio;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Streaming;

namespace Mingling.Recognition.Tests.Enrollment;

public class VerifierTrainerTests
{
    private static readonly ModelCard Card = TwoToneModel.Card;

    private readonly VerifierTrainer _trainer = new(new TwoToneModel(), Card, [Said(0.4, 0.05), Said(0.3, 0.06), Said(0.35, 0.02)]);

    [Fact]
    public void Train_makes_what_raises_the_own_way_and_lowers_the_other()
    {
        var result = _trainer.Train("high", [Example("a", 0.05, 0.4), Example("b", 0.07, 0.4), Example("c", 0.05, 0.35)]);
        result.Findings.ShouldBeEmpty();
        (result.Verifier.Word, result.Verifier.Count).ShouldBe(("high", 3));
        var scores = new VerifiedScores(Card.Classes, [result.Verifier]);
        float[] own = [0.2f, 0.5f, 0.3f], other = [0.2f, 0.5f, 0.3f], again = [0.2f, 0.5f, 0.3f];
        scores.Apply([0.1f, 1], own);
        scores.Apply([1, 0.1f], other);
        scores.Apply([2, 0.2f], again);
        // The log odds rise by about 1: the recordings are as like each other as they are like this.
        own[1].ShouldBe((float)(1 / (1 + Math.Exp(-1))), 0.06f);
        other[1].ShouldBeLessThan(0.2f);
        again[1].ShouldBe(other[1], 1e-6f, "only the direction counts");
        (own[0], own[2], other[0], other[2]).ShouldBe((0.2f, 0.3f, 0.2f, 0.3f), "other words stay as they are");
    }

    [Fact]
    public void VerifiedScores_are_the_sum_of_the_log_odds()
    {
        var scores = new VerifiedScores(["a", "b"], [new CommandVerifier("b", [3, 4], -2, 1)]);
        float[] said = [0.1f, 0.7f];
        scores.Apply([6, 8], said);
        double odds = Math.Log(0.7 / 0.3) + (((3 * 6) + (4 * 8)) / 10.0) - 2;
        said[1].ShouldBe((float)(1 / (1 + Math.Exp(-odds))), 1e-6f);
        float[] silent = [0, 0], sure = [0, 1];
        scores.Apply([0, 0], silent);
        silent[1].ShouldBe(0);
        scores.Apply([6, 8], sure);
        sure[1].ShouldBeInRange(0.999f, 1);
    }

    [Fact]
    public void Train_leaves_out_recordings_that_cannot_be_used_and_copies()
    {
        EnrollmentExample good = Example("good", 0.05, 0.4), better = Example("better", 0.06, 0.4);
        var result = _trainer.Train("high", [good, Example("faint", 0.0001, 0.0004), good with { Name = "copy" }, better]);
        result.Verifier.Count.ShouldBe(2);
        result.Findings.ShouldNotBeEmpty();
        result.Findings.ShouldAllBe(finding => finding.Subject == "faint");
        result.Verifier.Weights.ShouldBe(_trainer.Train("high", [good, better]).Verifier.Weights);
        var faint = Example("faint", 0.0001, 0.0004);
        Should.Throw<ArgumentException>(() => _trainer.Train("high", [good, good])).Message.ShouldContain("at least 2 different recordings");
        Should.Throw<ArgumentException>(() => _trainer.Train("high", [faint, faint])).Message.ShouldContain("No recording of 'high' can be used: faint");
    }

    [Fact]
    public void Train_of_anything_wrong_says_what()
    {
        Should.Throw<ArgumentException>(() => _trainer.Train("new", [])).Message.ShouldBe("'new' is no command of the model, which has low, high.");
        Should.Throw<ArgumentException>(() => _trainer.Train("_unknown_", [])).Message.ShouldContain("no command of the model");
        Should.Throw<ArgumentException>(() => _trainer.Train("high", [])).Message.ShouldContain("2 to 100 recordings of a command, not 0");
        Should.Throw<ArgumentException>(() => new VerifierTrainer(new TwoToneModel(), Card, [])).Message.ShouldContain("There is no other speech");
    }

    [Fact]
    public void Set_replaces_verifiers_and_takes_out_thresholds_that_were_measured_without()
    {
        var card = Card with { Calibration = new Calibration(1, 2, "test") { Commands = [new CommandThreshold("low", 0.3, 1, 2), new CommandThreshold("high", 0.4, 1, 2)] } };
        CommandVerifier first = new("high", [1, 0], 0, 3), second = new("high", [0, 1], 1, 4), other = new("low", [1, 1], 0, 1);
        var changed = Verifiers.Set(Verifiers.Set(card, [first, other]), [second]);
        changed.Verifiers.ShouldBe([other, second]);
        changed.Calibration!.Commands.ShouldBeEmpty();
        Verifiers.Remove(Verifiers.Remove(changed, "high"), "low").Verifiers.ShouldBeNull();
        Should.Throw<ArgumentException>(() => Verifiers.Set(card, [first with { Word = "new" }])).Message.ShouldContain("'new' is no command");
    }

    [Fact]
    public void Verifier_of_an_enrolled_word_goes_where_the_word_goes()
    {
        var card = Verifiers.Set(EnrolledWords.Add(Card, new EnrolledWord("new", [1, 1], 2, 0.5)), [new CommandVerifier("new", [1, 0], 0, 3)]);
        var renamed = EnrolledWords.Rename(card, "new", "newer");
        renamed.Verifiers!.Single().Word.ShouldBe("newer");
        EnrolledWords.Remove(renamed, "newer").Verifiers.ShouldBeNull();
    }

    private static EnrollmentExample Example(string name, double low, double high) => new(name, Said(low, high));

    private static AudioClip Said(double low, double high) =>
        new([.. Sound.Mix(Sound.Tone(500, 0.5, amplitude: low), Sound.Tone(2000, 0.5, amplitude: high))], Sound.Rate);
}
