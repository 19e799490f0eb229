using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Experiments.Reports.Content;

/// <summary>How a run hears its commands in a long recording.</summary>
/// <param name="Name">The name of the recording's file.</param>
/// <param name="Evaluation">What was heard, missed and taken for a command.</param>
public sealed record ReportedStream(string Name, StreamEvaluation Evaluation);
