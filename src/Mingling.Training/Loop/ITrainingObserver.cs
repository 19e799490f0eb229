using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Training.Loop;

/// <summary>Hears how a training goes on. Called on the training's own thread: what it does, the encoder waits for.</summary>
public interface ITrainingObserver
{
    /// <summary>The corpus was read, split and decoded; its warnings and problems are worth showing.</summary>
    void Prepared(PreparedCorpus corpus)
    {
    }

    /// <summary>The training decided something by itself that a user might want otherwise; the sentence says what, why, and how to choose.</summary>
    void Noted(string sentence)
    {
    }

    /// <summary>The training begins, or goes on after an interruption.</summary>
    void Started(TrainingStart start);

    /// <summary>A step is done.</summary>
    void StepDone(StepReport step);

    /// <summary>An epoch is done, validated and saved.</summary>
    void EpochDone(EpochReport epoch);

    /// <summary>Something goes wrong in the training; the sentence says what, and what to try. Each is said once, and again when an interrupted training goes on.</summary>
    void Warned(string sentence);
}
