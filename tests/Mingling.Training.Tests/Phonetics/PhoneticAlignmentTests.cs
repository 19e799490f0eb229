using CsCheck;
using Mingling.Training.Phonetics;

namespace Mingling.Training.Tests.Phonetics;

public class PhoneticAlignmentTests
{
    private static readonly SoundWeights Weights = new();

    private static readonly Gen<PhoneticForm> Forms = IpaTests.AnyIpa.Select(ipa => Transcription.ReadIpa("a" + ipa));

    [Fact]
    public void Distance_isTheCheapestOfAllEdits() => Gen.Select(Short, Short).Sample((a, b) =>
    {
        var (massA, massB) = (Weights.Masses(a.Sounds), Weights.Masses(b.Sounds));
        var alignment = PhoneticAlignment.Of(a, b);
        alignment.Distance.ShouldBe(Naive(0, 0), 1e-12);

        double Naive(int i, int k)
        {
            if (i == massA.Length) return massB[k..].Sum();
            if (k == massB.Length) return massA[i..].Sum();
            double replaced = Weights.Difference(a.Sounds[i], b.Sounds[k]) * (massA[i] + massB[k]) + Naive(i + 1, k + 1);
            return Math.Min(replaced, Math.Min(massA[i] + Naive(i + 1, k), massB[k] + Naive(i, k + 1)));
        }
    }, iter: 300);

    [Fact]
    public void Alignment_holdsEachSoundOnceInOrder_andCostsItsDistance() => Gen.Select(Forms, Forms).Sample((a, b) =>
    {
        var alignment = PhoneticAlignment.Of(a, b);
        alignment.Sounds.Where(pair => pair.First is not null).Select(pair => pair.First).ShouldBe(a.Sounds);
        alignment.Sounds.Where(pair => pair.Second is not null).Select(pair => pair.Second).ShouldBe(b.Sounds);
        var (massA, massB) = (Weights.Masses(a.Sounds), Weights.Masses(b.Sounds));
        int i = 0, k = 0;
        double cost = alignment.Sounds.Sum(pair =>
            pair.Difference * ((pair.First is null ? 0 : massA[i++]) + (pair.Second is null ? 0 : massB[k++])));
        cost.ShouldBe(alignment.Distance, 1e-9);
    }, iter: 1000);

    [Fact]
    public void Similarity_isSymmetric_andOneOnlyForTheSameSounds() => Gen.Select(Forms, Forms).Sample((a, b) =>
    {
        var (there, back) = (PhoneticAlignment.Of(a, b), PhoneticAlignment.Of(b, a));
        there.Similarity.ShouldBe(back.Similarity);
        there.Similarity.ShouldBeInRange(0, 1);
        (there.Similarity == 1).ShouldBe(there.Sounds.All(pair => !pair.Differ));
        PhoneticAlignment.Of(a, a).Similarity.ShouldBe(1);
    }, iter: 1000);

    [Fact]
    public void Difference_ofConsonantsAndOfVowels_isAMetric()
    {
        Sound[] all = [.. "ptkʔbdɡqfsʃxħhvzmnŋlrɹjwʕɫɓiyɨuɪʊeoəɛɔæaɑɚ".Select(letter => Transcription.ReadIpa(letter.ToString()).Sounds[0]),
            .. new[] { "tʃ", "tʰ", "tˤ", "aː", "ã", "i˥˩", "i˧˥" }.Select(ipa => Transcription.ReadIpa(ipa).Sounds[0])];
        foreach (var kind in all.GroupBy(sound => sound.Kind))
        {
            foreach (var a in kind)
            {
                foreach (var b in kind)
                {
                    double ab = Weights.Difference(a, b);
                    ab.ShouldBe(Weights.Difference(b, a));
                    (ab == 0).ShouldBe(ReferenceEquals(a, b), $"{a} {b}");
                    foreach (var c in kind) ab.ShouldBeLessThanOrEqualTo(Weights.Difference(a, c) + Weights.Difference(c, b) + 1e-12);
                }
            }
        }
    }

    [Theory]
    [InlineData("pat", "bat", "mat")]
    [InlineData("pat", "pæt", "put")]
    [InlineData("kaŋ", "kan", "kas")]
    [InlineData("taʔ", "ta", "t")]
    [InlineData("ma55", "ma35", "mi55")]
    [InlineData("tima", "timo", "mati")]
    [InlineData("laː", "la", "l")]
    [InlineData("tija", "tia", "tika")]
    [InlineData("ˈpata", "paˈta", "ˈpasa")]
    public void Similarity_isGreaterWhereTheEarHearsLessDifference(string word, string near, string far) =>
        Similarity(word, near).ShouldBeGreaterThan(Similarity(word, far));

    [Fact]
    public void Similarity_countsTheBeginningMoreThanTheEnd() => Similarity("tana", "sana").ShouldBeLessThan(Similarity("anat", "anas"));

    private static Gen<PhoneticForm> Short => Forms.Where(form => form.Sounds.Count <= 6);

    private static double Similarity(string a, string b) => PhoneticAlignment.Of(Transcription.ReadIpa(a), Transcription.ReadIpa(b)).Similarity;
}
