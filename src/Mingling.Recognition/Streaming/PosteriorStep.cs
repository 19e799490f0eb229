namespace Mingling.Recognition.Streaming;

/// <summary>One window of a stream.</summary>
/// <param name="Step">Its number, counted from 0; the first windows reach before the beginning of the stream (<see cref="SpotterSettings.LeadMs"/>).</param>
/// <param name="Time">
/// The end of the sound that the posteriors need, in seconds since the stream began: the end of the window, and at least that of the first
/// window that lies within the stream.
/// </param>
/// <param name="IsEvaluated">Whether the model was evaluated; all posteriors are 0 where the window was silent or the gate closed.</param>
public readonly record struct PosteriorStep(long Step, double Time, bool IsEvaluated);

/// <summary>Receives the posteriors of a window.</summary>
/// <param name="step">Which window it is.</param>
/// <param name="posteriors">The probability of each class; valid during the call only.</param>
/// <param name="embedding">The embedding of the window, all 0 where the model was not evaluated; valid during the call only.</param>
public delegate void PosteriorHandler(PosteriorStep step, ReadOnlySpan<float> posteriors, ReadOnlySpan<float> embedding);
