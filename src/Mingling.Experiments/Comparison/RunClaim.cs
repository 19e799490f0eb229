namespace Mingling.Experiments.Comparison;

/// <summary>A run that this worker makes: gives signs of life until it ends, and stops where another worker has taken the run over.</summary>
internal sealed class RunClaim : IDisposable
{
    private readonly RunClaims _claims;
    private readonly string _run;
    private readonly int _generation;
    private readonly CancellationTokenSource _lost = new(), _ended = new();
    private readonly Task _beating;

    public RunClaim(RunClaims claims, string run, int generation)
    {
        (_claims, _run, _generation) = (claims, run, generation);
        _beating = Task.Run(Beat);
    }

    /// <summary>Cancelled where another worker took the run, because this one gave no sign of life for too long.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Says how the run ended.</summary>
    /// <param name="ended">Null where there is a result; otherwise as in <see cref="ClaimNote"/>.</param>
    /// <param name="error">Why it failed.</param>
    public async Task End(string? ended, string? error)
    {
        await _ended.CancelAsync();
        await _beating;
        try
        {
            if (ended is not null && !Lost.IsCancellationRequested) _claims.Write(_run, _generation, new ClaimNote { Ended = ended, Error = error });
        }
        catch (OutputException)
        {
            // Without the note, others find the claim abandoned after a while.
        }
    }

    public void Dispose()
    {
        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task Beat()
    {
        for (long beat = 1; ; beat++)
        {
            await Task.Delay(_claims.Beat, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ended.IsCancellationRequested) return;
            try
            {
                if (_claims.IsLost(_run, _generation))
                {
                    await _lost.CancelAsync();
                    return;
                }
                _claims.Write(_run, _generation, new ClaimNote { Beat = beat });
            }
            catch (OutputException)
            {
                // The shared folder may be away for a moment; the next beat tries again.
            }
        }
    }
}
