using Mingling.Audio;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Streaming;

namespace Mingling.Recognition.Tests.Enrollment;

public class WordEnrollerTests
{
    private static readonly ModelCard Card = TwoToneModel.Card with
    {
        Prototypes = new Dictionary<string, float[]> { ["low"] = [1, 0], ["_unknown_"] = [1, 1] },
    };

    /// <summary>The embedding is the peak of the clip in the first 400 Hz band and in all above: what a test says with two tones.</summary>
    private static readonly WordEnroller Enroller = new(new TwoToneModel(), Card);

    [Fact]
    public void Enroll_makes_the_mean_direction_of_the_examples()
    {
        var result = Enroller.Enroll("new", [Example("a", 0.2, 0.4), Example("b", 0.3, 0.3), Example("c", 0.25, 0.35)]);
        result.Findings.ShouldBeEmpty();
        (result.Word.Word, result.Word.Count).ShouldBe(("new", 3));
        result.Word.Vector.Sum(x => (double)x * x).ShouldBe(1, 1e-5);
        ((double)result.Word.Vector[1] / result.Word.Vector[0]).ShouldBe(1.5, 0.2);
        double low = result.Word.Vector[0];
        result.Word.Threshold.ShouldBeInRange(low, 1);
    }

    /// <summary>A word that is said in two ways has a prototype near each, so that both are nearer to it than to the mean.</summary>
    [Fact]
    public void Enroll_gives_each_example_a_prototype_between_it_and_the_mean()
    {
        var word = Enroller.Enroll("new", [Example("a", 0.05, 0.4), Example("b", 0.3, 0.3)]).Word;
        word.Prototypes.ShouldNotBeNull().Count.ShouldBe(2);
        var similarity = new WordSimilarity(word);
        foreach (float[] prototype in word.Prototypes) similarity.Measure(prototype).ShouldBe(1, 1e-4);
        similarity.Measure(word.Vector).ShouldBeLessThan(0.999);
        // Two examples lie equally far from their mean, on either side.
        Angle(word.Prototypes[0]).ShouldBe(-Angle(word.Prototypes[1]), 1e-3);
        new WordSimilarity(word with { Prototypes = null }).Measure(word.Vector).ShouldBe(1, 1e-6);

        double Angle(float[] x) => Math.Atan2(x[1], x[0]) - Math.Atan2(word.Vector[1], word.Vector[0]);
    }

    /// <summary>Of two enrolled words the more similar one is taken; a threshold between them would refuse clips of both.</summary>
    [Fact]
    public void Enroll_with_background_keeps_away_from_it_and_not_from_other_enrolled_words()
    {
        float[][] background = [.. Enumerable.Range(0, 200).Select(i => new float[] { 1, 0 })];
        var card = Card with { Prototypes = new Dictionary<string, float[]>() };
        var alone = new WordEnroller(new TwoToneModel(), card).Enroll("new", [Example("a", 0.1, 0.4), Example("b", 0.15, 0.35)], background).Word;
        var beside = new WordEnroller(new TwoToneModel(), EnrolledWords.Add(card, new EnrolledWord("first", [0.8f, 1], 1, 0.8))).Enroll("new", [Example("a", 0.1, 0.4), Example("b", 0.15, 0.35)], background).Word;
        beside.Threshold.ShouldBe(alone.Threshold);
        var trained = new WordEnroller(new TwoToneModel(), Card with { Prototypes = new Dictionary<string, float[]> { ["low"] = [0.8f, 1] } }).Enroll("new", [Example("a", 0.1, 0.4), Example("b", 0.15, 0.35)], background).Word;
        trained.Threshold.ShouldBeGreaterThan(alone.Threshold);
    }

    [Theory]
    [InlineData(new float[0], "'new' has 0 prototypes instead of 1 to 1000")]
    [InlineData(new float[] { 0, 0 }, "the prototype of 'new' has no direction")]
    [InlineData(new float[] { 1, 2, 3 }, "the prototype of 'new' has 3 values instead of 2")]
    public void Prototypes_that_do_not_fit_are_refused(float[] prototype, string why)
    {
        var word = new EnrolledWord("new", [1, 0], 2, 0.5) { Prototypes = prototype.Length == 0 ? [] : [[1, 0], prototype] };
        ModelCardCheck.Problems(Card with { Enrolled = [word] }).ShouldContain(why);
    }

    /// <summary>A copy tells nothing of how much a word varies.</summary>
    [Fact]
    public void Enroll_counts_copies_of_a_recording_once()
    {
        var once = Enroller.Enroll("new", [Example("a", 0.2, 0.4), Example("b", 0.3, 0.3)]).Word;
        var copied = Enroller.Enroll("new", [Example("a", 0.2, 0.4), Example("b", 0.3, 0.3), Example("c", 0.2, 0.4), Example("d", 0.2, 0.4)]).Word;
        (copied.Count, copied.Threshold).ShouldBe((2, once.Threshold));
        copied.Vector.ShouldBe(once.Vector);
    }

    [Theory]
    [InlineData("new\nline", "'new\\u000aline' holds characters")]
    [InlineData("tab\tword", "'tab\\u0009word' holds characters")]
    [InlineData("\u001b[31mred", "'\\u001b[31mred' holds characters")]
    [InlineData("\u202Edesrever", "'\\u202edesrever' holds characters")]
    [InlineData("\uFFFD", "holds characters")]
    [InlineData("–", "'–' is the sign for no word")]
    [InlineData(" go", "begins or ends with a blank")]
    [InlineData("LOW", "was trained with a word 'low'")]
    [InlineData("Low", "was trained with a word 'low'")]
    [InlineData("known  word", "There is an enrolled word 'Known word'")]
    [InlineData("la\u0308uter", "There is an enrolled word 'läuter'")]
    public void Names_that_cannot_be_shown_or_are_taken_are_refused(string name, string why)
    {
        var card = Card with { Enrolled = [new EnrolledWord("Known word", [1, 0], 1, 0.5), new EnrolledWord("läuter", [1, 0], 1, 0.5)] };
        Should.Throw<ArgumentException>(() => new WordEnroller(new TwoToneModel(), card).Enroll(name, [Example("a", 0.1, 0.4)])).Message.ShouldContain(why);
        Should.Throw<ArgumentException>(() => EnrolledWords.Add(card, new EnrolledWord(name, [1, 0], 1, 0.5))).Message.ShouldContain(why);
    }

    [Fact]
    public void Rename_may_change_the_case_of_a_word()
    {
        var card = Card with { Enrolled = [new EnrolledWord("new", [1, 0], 1, 0.5)] };
        EnrolledWords.Rename(card, "new", "New").Enrolled[0].Word.ShouldBe("New");
        EnrolledWords.Rename(card, "new", "نه\u200Cخیر").Enrolled[0].Word.ShouldBe("نه\u200Cخیر");
    }

    [Fact]
    public void Enroll_from_one_example_works() => Enroller.Enroll("new", [Example("a", 0.1, 0.4)]).Word.Count.ShouldBe(1);

    [Fact]
    public void Enroll_with_background_sets_the_threshold_above_all_but_the_allowed_share_of_it()
    {
        float[][] background = [.. Enumerable.Range(0, 200).Select(i => new float[] { 1, i < 10 ? 1 : i < 12 ? 50 : 0 })];
        var result = Enroller.Enroll("new", [Example("a", 0, 0.4), Example("b", 0, 0.35)], background);
        double[] similarities = [.. background.Select(e => ((e[0] * result.Word.Vector[0]) + (e[1] * result.Word.Vector[1])) / Math.Sqrt((e[0] * e[0]) + (e[1] * e[1])))];
        similarities.Count(similarity => similarity > result.Word.Threshold).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Enroll_names_examples_with_bad_sound()
    {
        float[] loud = [.. Sound.Tone(2000, 0.5).Select(x => Math.Clamp(10 * x, -1, 1))];
        EnrollmentExample[] examples =
        [
            Example("quiet.wav", 0, 0.01), new("clipped.wav", new AudioClip([.. Room(), .. loud, .. Room()], Sound.Rate)),
            new("short.wav", new AudioClip([.. Room(), .. Sound.Tone(2000, 0.05), .. Room()], Sound.Rate)),
            new("long.wav", new AudioClip([.. Room(), .. Sound.Tone(2000, 1.5), .. Room()], Sound.Rate)),
        ];
        var findings = Enroller.Enroll("new", examples).Findings;
        findings.Select(finding => (finding.Subject, finding.Problem)).ShouldBe(
        [
            ("quiet.wav", EnrollmentProblem.TooQuiet), ("clipped.wav", EnrollmentProblem.Clipped), ("short.wav", EnrollmentProblem.TooShort), ("long.wav", EnrollmentProblem.TooLong),
        ]);
        findings.ShouldAllBe(finding => finding.Text.StartsWith(finding.Subject) && finding.Text.EndsWith('.'));
    }

    [Fact]
    public void Enroll_names_the_outlier_with_its_distance()
    {
        var result = Enroller.Enroll("new", [Example("a", 0, 0.4), Example("b", 0.02, 0.4), Example("odd.wav", 0.4, 0), Example("d", 0, 0.3)]);
        var outlier = result.Findings.Single(finding => finding.Problem == EnrollmentProblem.Outlier);
        outlier.Subject.ShouldBe("odd.wav");
        outlier.Distance!.Value.ShouldBeGreaterThan(0.5);
        outlier.Text.ShouldStartWith("odd.wav does not sound like the other examples (distance ");
    }

    [Fact]
    public void Enroll_of_a_word_like_a_command_names_that_command_and_the_distance()
    {
        var result = Enroller.Enroll("new", [Example("a", 0.4, 0.02), Example("b", 0.4, 0.01)]);
        var close = result.Findings.Single();
        (close.Problem, close.Subject).ShouldBe((EnrollmentProblem.TooClose, "low"));
        close.Distance!.Value.ShouldBeInRange(0, 0.1);
        close.Text.ShouldStartWith("'new' sounds like the command 'low' (distance 0.0");
    }

    [Fact]
    public void Enroll_of_a_word_like_an_enrolled_one_names_that()
    {
        var card = EnrolledWords.Add(Card, new EnrolledWord("first", [0.2f, 1], 1, 0.8));
        var result = new WordEnroller(new TwoToneModel(), card).Enroll("second", [Example("a", 0.08, 0.4)]);
        result.Findings.Select(finding => finding.Subject).ShouldBe(["first"]);
    }

    [Theory]
    [InlineData("low", "The model was trained with a word 'low'")]
    [InlineData("_new_", "'_new_' is in underscores")]
    [InlineData(" ", "The word has no name")]
    public void Enroll_under_a_name_that_cannot_be_says_so(string name, string message) =>
        Should.Throw<ArgumentException>(() => Enroller.Enroll(name, [Example("a", 0, 0.4)])).Message.ShouldStartWith(message);

    [Fact]
    public void Enroll_from_what_is_no_example_says_so()
    {
        Should.Throw<ArgumentException>(() => Enroller.Enroll("new", [])).Message.ShouldStartWith("A word is enrolled from 1 to 10 examples, not 0");
        Should.Throw<ArgumentException>(() => Enroller.Enroll("new", [.. Enumerable.Repeat(Example("a", 0, 0.4), 11)])).Message.ShouldContain("not 11");
        Should.Throw<ArgumentException>(() => Enroller.Enroll("new", [new("dead.wav", new AudioClip(new float[16_000], 16_000))])).Message.ShouldStartWith("dead.wav has no sound at all");
        Should.Throw<ArgumentException>(() => Enroller.Enroll("new", [new("nan.wav", new AudioClip([float.NaN], 16_000))])).Message.ShouldStartWith("sample 0 of nan.wav is not a finite number");
    }

    [Fact]
    public void EnrolledWords_are_added_renamed_and_removed_with_their_thresholds()
    {
        var calibration = new Mingling.Recognition.Models.Calibration(1, 2, "test") { Commands = [new("low", 0.6), new("new", 0.7)] };
        var added = EnrolledWords.Add(Card, new EnrolledWord("new", [0, 1], 3, 0.8)) with { Calibration = calibration };
        Should.Throw<ArgumentException>(() => EnrolledWords.Add(added, added.Enrolled[0])).Message.ShouldStartWith("There is an enrolled word 'new'");

        var renamed = EnrolledWords.Rename(added, "new", "newer");
        renamed.Enrolled.Single().Word.ShouldBe("newer");
        renamed.Calibration!.Commands.Select(threshold => (threshold.Command, threshold.Threshold)).ShouldBe([("low", 0.6), ("newer", 0.7)]);
        Should.Throw<ArgumentException>(() => EnrolledWords.Rename(renamed, "new", "x")).Message.ShouldBe("No word 'new' is enrolled; 'newer' is.");
        Should.Throw<ArgumentException>(() => EnrolledWords.Rename(renamed, "newer", "low")).Message.ShouldStartWith("The model was trained with");

        var removed = EnrolledWords.Remove(renamed, "newer");
        removed.Enrolled.ShouldBeEmpty();
        removed.Calibration!.Commands.Single().Command.ShouldBe("low");
        Should.Throw<ArgumentException>(() => EnrolledWords.Remove(removed, "newer")).Message.ShouldBe("No word 'newer' is enrolled; none is.");
    }

    [Fact]
    public void FromCard_gives_the_settings_that_the_card_was_calibrated_for()
    {
        var card = EnrolledWords.Add(Card, new EnrolledWord("new", [0, 1], 3, 0.8));
        SpotterSettings.FromCard(card).Decision.Thresholds.ShouldBe([new("new", 0.5)]);
        var calibrated = SpotterSettings.FromCard(card with { Calibration = new(1, 2, "test") { HopMs = 40, SmoothingMs = 200, Commands = [new("low", 0.9, 0.5, 1)] } });
        (calibrated.HopMs, calibrated.Decision.SmoothingMs).ShouldBe((40, 200));
        calibrated.Decision.Thresholds.ShouldBe([new("low", 0.9, 0.5, 1), new("new", 0.5)]);
    }

    [Fact]
    public void EnrollmentSettings_out_of_range_are_named_all_at_once()
    {
        var settings = new EnrollmentSettings { QuietestPeakDb = 1, LargestClippedShare = 2, ShortestSeconds = -1, LargestExtraDistance = 3, SmallestDistance = -1, FalseAcceptanceRate = 0 };
        string message = Should.Throw<ArgumentException>(() => new WordEnroller(new TwoToneModel(), Card, settings)).Message;
        foreach (string part in new[] { "QuietestPeakDb 1", "LargestClippedShare 2", "ShortestSeconds -1", "LargestExtraDistance 3", "SmallestDistance -1", "FalseAcceptanceRate 0" })
            message.ShouldContain(part);
    }

    private static float[] Room() => Sound.Noise(0.3, 0.0005);

    private static EnrollmentExample Example(string name, double low, double high) => new(name, new AudioClip(
        [.. Room(), .. Sound.Mix(Sound.Tone(500, 0.5, amplitude: low), Sound.Tone(2000, 0.5, amplitude: high)), .. Room()], Sound.Rate));
}
