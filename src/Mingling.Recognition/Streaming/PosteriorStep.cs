namespace Mingling.Recognition.Streaming;

/// <summary>One judgement of a stream.</summary>
/// <param name="Step">Its number, counted from 0; the first is that of the first full window.</param>
/// <param name="Time">When it could be made, in seconds since the stream began: the end of the sound that it needed.</param>
/// <param name="IsJudged">Whether the model was asked; where the window was silent or the gate shut, all posteriors are 0.</param>
public readonly record struct PosteriorStep(long Step, double Time, bool IsJudged);

/// <summary>Takes a judgement of a stream.</summary>
/// <param name="step">Which it is.</param>
/// <param name="posteriors">The probability of each class; valid during the call only.</param>
/// <param name="embedding">The embedding of the window, all 0 where the model was not asked; valid during the call only.</param>
public delegate void PosteriorHandler(PosteriorStep step, ReadOnlySpan<float> posteriors, ReadOnlySpan<float> embedding);
