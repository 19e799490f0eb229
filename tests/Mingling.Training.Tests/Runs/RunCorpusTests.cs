using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Training.Tests.Runs;

public class RunCorpusTests
{
    [Fact]
    public void Run_remembers_added_clips_and_goes_on_with_no_others()
    {
        using var real = new TemporaryCorpus().RecordAll(TemporaryCorpus.FolderNames(["yes", "no", "stop"], ["anna", "ben", "carl"], takes: 3));
        using var added = new TemporaryCorpus().RecordAll("yes/x_1.wav", "no/x_2.wav");
        var source = new CorpusSource { Path = real.Root, Options = new CorpusOptions { Added = [added.Root] } };
        var cancellation = TestContext.Current.CancellationToken;
        var begun = RunCorpus.Describe(source, PreparedCorpus.Load(source, 8000, cancellation: cancellation).Data);
        begun.TrainingClips.ShouldContain("yes|+1/yes/x_1.wav");
        begun.ValidationClips.ShouldAllBe(id => !PreparedCorpus.IsOfAdded(id));
        begun.RequireSame(PreparedCorpus.Load(source, 8000, cancellation: cancellation).Data);
        File.Delete(added.PathOf("no/x_2.wav"));
        Should.Throw<CheckpointException>(() => begun.RequireSame(PreparedCorpus.Load(source, 8000, cancellation: cancellation).Data))
            .Message.ShouldContain("no|+1/no/x_2.wav");
    }
}
