using Mingling.Corpora;
using Mingling.Training.Data;

namespace Mingling.Training.Tests.Data;

public class PreparedCorpusTests
{
    [Fact]
    public void Corpus_that_is_split_by_its_sound_is_decoded_once()
    {
        using var corpus = new TemporaryCorpus().RecordAll(TemporaryCorpus.FolderNames(["yes", "no", "stop"], ["anna", "ben", "carl"], takes: 2));
        var files = new DecodedFiles(16000);
        var prepared = PreparedCorpus.Load(new CorpusSource { Path = corpus.Root }, files, threads: 2, hearsOthers: false, TestContext.Current.CancellationToken);
        prepared.Data.Validation.ShouldNotBeEmpty();
        files.Count.ShouldBe(18);
    }

    [Fact]
    public void One_command_suffices_where_other_sound_is_heard_too()
    {
        using var corpus = new TemporaryCorpus().RecordAll(TemporaryCorpus.FolderNames(["yes"], ["anna", "ben", "carl"], takes: 2));
        var source = new CorpusSource { Path = corpus.Root };
        Should.Throw<CorpusException>(() => PreparedCorpus.Load(source, 16_000, cancellation: TestContext.Current.CancellationToken)).Message
            .ShouldBe($"There are training clips of only one class in '{corpus.Root}', 'yes'; a model needs at least two to tell apart, or a recipe that hears other sound too, such as room.");
        PreparedCorpus.Load(source, new DecodedFiles(16_000), threads: 1, hearsOthers: true, TestContext.Current.CancellationToken).Data.WithUnknown().Classes.ShouldBe(["_unknown_", "yes"]);
    }
}
