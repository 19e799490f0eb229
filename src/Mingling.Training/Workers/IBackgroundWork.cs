namespace Mingling.Training.Workers;

/// <summary>Work that is done where nothing else is to do.</summary>
internal interface IBackgroundWork
{
    /// <summary>Does one small piece of it.</summary>
    /// <param name="worker">The number of the thread, from 0.</param>
    /// <returns>False where there is nothing to do now.</returns>
    bool TryRun(int worker);
}
