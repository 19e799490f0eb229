using Mingling.Studio.Folders;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests.Attacks;

/// <summary>Notes of the trash in a studio that came from somebody else: emptying it must not reach beyond it.</summary>
public sealed class TrashTests
{
    [Theory]
    [InlineData("../../victim")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("ABSOLUTE")]
    public void Note_that_names_another_folder_is_none(string id)
    {
        using var temporary = new TemporaryFolder();
        var folder = StudioFolder.Open(temporary["studio"]);
        string victim = temporary["studio/victim"], place = Path.Combine(folder.Trash, "0123");
        foreach (string made in new[] { victim, place, Path.Combine(place, "kept") }) Directory.CreateDirectory(made);
        File.WriteAllText(Path.Combine(victim, "mine.txt"), "mine");
        string named = id == "ABSOLUTE" ? victim : id;
        File.WriteAllText(Path.Combine(place, "deleted.json"), $$"""{"Id":"{{named}}","Corpus":"","Word":"x","File":null,"When":"2026-01-01T00:00:00Z"}""");
        var trash = new Trash(folder);
        trash.List("").ShouldBeEmpty();
        trash.Empty("");
        Should.Throw<StudioException>(() => trash.Restore("0123"));
        File.ReadAllText(Path.Combine(victim, "mine.txt")).ShouldBe("mine");
        Directory.Exists(place).ShouldBeTrue();
    }

    [Fact]
    public void Notes_with_any_field_changed_are_read_or_none()
    {
        using var temporary = new TemporaryFolder();
        var folder = StudioFolder.Open(temporary["studio"]);
        string word = Path.Combine(folder.Corpora, "c", "go");
        Directory.CreateDirectory(word);
        File.WriteAllText(Path.Combine(word, "anna_001.wav"), "sound");
        var trash = new Trash(folder);
        string id = trash.Take(Path.Combine(word, "anna_001.wav"), "c", "go", "anna_001.wav"), note = Path.Combine(folder.Trash, id, "deleted.json"), whole = File.ReadAllText(note);
        foreach (string changed in ChangedJson.Of(whole))
        {
            File.WriteAllText(note, changed);
            foreach (var deleted in trash.List("c")) deleted.Id.ShouldBe(id);
            Directory.GetFiles(Path.Combine(folder.Trash, id), "kept").ShouldHaveSingleItem();
        }
        File.WriteAllText(note, whole);
        trash.Restore(id).File.ShouldBe("anna_001.wav");
        File.ReadAllText(Path.Combine(word, "anna_001.wav")).ShouldBe("sound");
    }
}
