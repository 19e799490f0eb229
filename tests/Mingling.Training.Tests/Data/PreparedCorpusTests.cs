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
        var prepared = PreparedCorpus.Load(new CorpusSource { Path = corpus.Root }, files, threads: 2, TestContext.Current.CancellationToken);
        prepared.Data.Validation.ShouldNotBeEmpty();
        files.Count.ShouldBe(18);
    }
}
