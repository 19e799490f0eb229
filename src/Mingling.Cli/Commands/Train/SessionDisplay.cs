using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary>Shows a training from its corpus on: first what is worth knowing of the corpus, then steps and epochs.</summary>
/// <param name="forProgram">Whether the standard output belongs to a program.</param>
/// <param name="sampleRate">The rate of the clips in hertz.</param>
internal sealed class SessionDisplay(bool forProgram, int sampleRate) : ITrainingObserver, IDisposable
{
    private TrainingDisplay? _display;

    private TrainingDisplay Display => _display ??= TrainingDisplay.Create(forProgram);

    public void Prepared(PreparedCorpus corpus) => CorpusNotes.Print(corpus, sampleRate);

    public void Noted(string sentence) => CommandLine.Complain($"note: {sentence}");

    public void Started(TrainingStart start) => Display.Started(start);

    public void StepDone(StepReport step) => Display.StepDone(step);

    public void EpochDone(EpochReport epoch) => Display.EpochDone(epoch);

    public void Warned(string sentence) => Display.Warned(sentence);

    public void Dispose() => _display?.Dispose();
}
