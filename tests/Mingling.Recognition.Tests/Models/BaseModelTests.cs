using Mingling.Audio;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Models;

public class BaseModelTests
{
    [Fact]
    public void The_base_encoder_knows_no_word_and_fits_into_a_small_package()
    {
        using var recognizer = Recognizer.Load("base");
        recognizer.Card.Classes.ShouldAllBe(word => !Vocabulary.IsCommand(word));
        recognizer.Card.Cohort.Count.ShouldBeGreaterThan(100);
        recognizer.Card.Stream.ShouldNotBeNull();
        BaseModel.Read().Length.ShouldBeLessThan(1_500_000);
        recognizer.Recognize(new float[16_000]).Word.ShouldBeNull();
    }

    [Fact]
    public void Enroll_to_the_base_encoder_makes_a_recognizer_of_the_new_word()
    {
        using var folder = new TemporaryFolder();
        using (var recognizer = Recognizer.Load("base"))
        {
            using var model = recognizer.OpenSpottingModel();
            var enroller = new WordEnroller(model, recognizer.Card);
            var card = recognizer.Card;
            foreach (var (word, start, end) in new[] { ("up", 300.0, 2400.0), ("down", 2400.0, 300.0) })
            {
                var result = enroller.Enroll(word, [.. Enumerable.Range(0, 3).Select(take => new EnrollmentExample($"{word} {take}", Sweep(start, end, take)))]);
                card = EnrolledWords.Add(card, result.Word);
            }
            ModelFile.WriteCard("base", card, folder["mine.onnx"]);
        }
        using var mine = Recognizer.Load(folder["mine.onnx"]);
        mine.Recognize(Sweep(300, 2400, 7)).Word.ShouldBe("up");
        mine.Recognize(Sweep(2400, 300, 7)).Word.ShouldBe("down");
    }

    [Fact]
    public void Enroll_takes_no_more_than_the_allowed_share_of_the_cohort_for_the_word()
    {
        using var recognizer = Recognizer.Load("base");
        using var model = recognizer.OpenSpottingModel();
        var word = new WordEnroller(model, recognizer.Card).Enroll("up", [new EnrollmentExample("a", Sweep(300, 2400, 1)), new EnrollmentExample("b", Sweep(350, 2300, 2))]).Word;
        var similarity = new WordSimilarity(word);
        double allowed = new EnrollmentSettings().FalseAcceptanceRate * recognizer.Card.Cohort.Count;
        recognizer.Card.Cohort.Count(other => similarity.Measure(other) > word.Threshold).ShouldBeLessThanOrEqualTo((int)allowed);
    }

    [Fact]
    public void Synthetic_examples_count_as_much_as_the_recordings_together_and_are_not_checked()
    {
        using var recognizer = Recognizer.Load("base");
        using var model = recognizer.OpenSpottingModel();
        var enroller = new WordEnroller(model, recognizer.Card);
        EnrollmentExample[] recorded = [new("a", Sweep(300, 2400, 1)), new("b", Sweep(300, 2400, 2))];
        EnrollmentExample[] spoken = [.. Enumerable.Range(0, 12).Select(i => new EnrollmentExample($"s{i}", Sweep(900, 900, i)) { IsSynthetic = true })];
        float[] both = enroller.Enroll("up", [.. recorded, .. spoken]).Word.Vector;
        float[] first = enroller.Enroll("up", recorded).Word.Vector, second = enroller.Enroll("up", spoken).Word.Vector;
        Cosine(both, first).ShouldBe(Cosine(both, second), 1e-5);
        enroller.Enroll("up", [new EnrollmentExample("quiet", new AudioClip([.. Sweep(300, 900, 1).Samples.Select(x => x * 1e-4f)], 16_000)) { IsSynthetic = true }]).Findings.ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => enroller.Enroll("up", [.. Enumerable.Repeat(spoken[0], 101)])).Message.ShouldContain("at most 100 synthetic examples, not 101");
        Should.Throw<ArgumentException>(() => enroller.Enroll("up", [.. Enumerable.Repeat(recorded[0], 11)])).Message.ShouldContain("from 1 to 10 examples, not 11");
    }

    /// <summary>Examples of a program are so alike that a threshold between them and others would refuse every person.</summary>
    [Fact]
    public void A_word_from_synthetic_examples_alone_is_accepted_as_far_as_other_words_allow()
    {
        using var recognizer = Recognizer.Load("base");
        using var model = recognizer.OpenSpottingModel();
        var enroller = new WordEnroller(model, recognizer.Card);
        EnrollmentExample[] examples = [.. Enumerable.Range(0, 5).Select(i => new EnrollmentExample($"s{i}", Sweep(300, 2400, i)))];
        var spoken = enroller.Enroll("up", [.. examples.Select(example => example with { IsSynthetic = true })]).Word;
        var recorded = enroller.Enroll("up", examples).Word;
        double[] others = [.. recognizer.Card.Cohort.Select(other => Cosine(other, spoken.Vector)).OrderDescending()];
        spoken.Threshold.ShouldBe(others[(int)(new EnrollmentSettings().FalseAcceptanceRate * others.Length)], 1e-5);
        recorded.Threshold.ShouldBeGreaterThan(spoken.Threshold);
    }

    [Fact]
    public void The_base_encoder_itself_cannot_be_overwritten() =>
        Should.Throw<ModelException>(() => ModelFile.WriteCard("base", ModelFile.ReadCard("base"))).Message.ShouldContain("the base encoder cannot be changed");

    [Fact]
    public void A_cohort_of_another_size_than_the_embedding_is_refused()
    {
        var card = ModelFile.ReadCard("base");
        Should.Throw<ModelException>(() => ModelFile.WriteCard("base", card with { Cohort = [new float[3]] }, "nowhere.onnx"))
            .Message.ShouldContain("an embedding of the cohort has 3 values");
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));

    /// <summary>A buzzing voice that glides from one pitch to another, a little different in each take.</summary>
    private static AudioClip Sweep(double start, double end, int take)
    {
        var random = new Random(take);
        double phase = 0;
        float[] samples = new float[16_000];
        for (int i = 0; i < samples.Length; i++)
        {
            double share = Math.Clamp((i - 4_000) / 8_000.0, 0, 1);
            phase += 2 * Math.PI * (start + (end - start) * share) * (1 + 0.01 * take) / 16_000;
            double loud = i is > 4_000 and < 12_000 ? 0.3 : 0;
            samples[i] = (float)(loud * (Math.Sin(phase) + 0.3 * Math.Sin(2 * phase)) + 0.002 * (random.NextDouble() - 0.5));
        }
        return new AudioClip(samples, 16_000);
    }
}
