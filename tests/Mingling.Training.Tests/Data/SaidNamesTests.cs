using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Speech;
using Mingling.Training.Data;

namespace Mingling.Training.Tests.Data;

/// <summary>Whether the names of commands are what is said in their recordings.</summary>
public sealed class SaidNamesTests
{
    private const int Rate = 16_000;
    private static readonly string[] Languages = ["en-us", "cmn", "de"];
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_of_the_sample_corpus_are_said_and_exchanged_ones_are_not()
    {
        var espeak = Espeak();
        var clips = Samples();
        double? own = SaidNames.Distance(espeak, clips, Rate, Languages, 2, Cancellation);
        own.ShouldNotBeNull().ShouldBeLessThan(0.2);
        SaidNames.AreTranslations(own).ShouldBeFalse();

        string[] words = [.. clips.Select(clip => clip.Clip.Label).Distinct().Order(StringComparer.Ordinal)];
        var others = clips.Select(clip => clip with { Clip = clip.Clip with { Label = words[(Array.IndexOf(words, clip.Clip.Label) + 3) % words.Length] } }).ToArray();
        double? exchanged = SaidNames.Distance(espeak, others, Rate, Languages, 2, Cancellation);
        exchanged.ShouldNotBeNull().ShouldBeGreaterThan(0.33);
        SaidNames.AreTranslations(exchanged).ShouldBeTrue();
    }

    [Fact]
    public void Few_commands_are_taken_for_what_their_names_say()
    {
        var clips = Samples().Where(clip => clip.Clip.Label is "start" or "stop" or "left" or "right").ToArray();
        clips.ShouldNotBeEmpty();
        double? distance = SaidNames.Distance(Espeak(), clips, Rate, Languages, 1, Cancellation);
        distance.ShouldBeNull();
        SaidNames.AreTranslations(distance).ShouldBeFalse();
    }

    private static EspeakNg Espeak()
    {
        try
        {
            return EspeakNg.Open(cancellation: Cancellation);
        }
        catch (SpeechException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    /// <summary>Some clips of each word of the sample corpus.</summary>
    private static LoadedClip[] Samples()
    {
        var corpus = CorpusReader.Read(SampleClips.Folder);
        return [.. ClipLoader.Load([.. corpus.Clips.GroupBy(clip => clip.Label).SelectMany(word => word.Take(6))], Rate, 2, strict: true, Cancellation).Clips];
    }
}
