using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

[Collection("environment")]
public sealed class InstalledSpeechTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(InstalledSpeech.Variable);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(InstalledSpeech.Variable, _before);
        _folder.Dispose();
    }

    [Fact]
    public void Find_lists_the_sound_of_the_folders_without_tones_and_empty_files()
    {
        foreach (string file in new[] { "en/one.wav", "en/silence/1.wav", "en/beeperr.wav", "en/dialtone.wav", "en/notes.txt", "fr/deux.ogg", "fr/trois.opus" }) Write("first/" + file, "sound");
        Write("first/en/empty.wav", "");
        Write("second/b.wav", "sound");
        Environment.SetEnvironmentVariable(InstalledSpeech.Variable, string.Join(Path.PathSeparator, _folder["first"], _folder["nowhere"], _folder["second"]));
        InstalledSpeech.Find(100).Select(clip => Path.GetFileName(clip.Path)).Order().ShouldBe(["b.wav", "deux.ogg", "one.wav", "trois.opus"]);
        var some = InstalledSpeech.Find(2);
        some.Count.ShouldBe(2);
        InstalledSpeech.Find(2).ShouldBe(some);
        some.ShouldBeSubsetOf(InstalledSpeech.Find(100));

        Environment.SetEnvironmentVariable(InstalledSpeech.Variable, "");
        InstalledSpeech.Find(100).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => InstalledSpeech.Find(-1));
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }
}
