using Mingling.Benchmarks;
using Mingling.Benchmarks.Encoders;
using Mingling.Benchmarks.Losses;
using Mingling.Benchmarks.Microbenchmarks;
using Mingling.Benchmarks.Recognition;
using Mingling.Benchmarks.Serving;
using Mingling.Benchmarks.Spotting;

var benchmarks = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["features"] = _ => FeatureBenchmark.Run(),
    ["evaluation"] = EvaluationBenchmark.Run,
    ["projection"] = ProjectionBenchmark.Run,
    ["depthwise"] = DepthwiseBenchmark.Run,
    ["encoders"] = EncodersBenchmark.Run,
    ["losses"] = LossesBenchmark.Run,
    ["recognition"] = RecognitionBenchmark.Run,
    ["streams"] = EnduranceBenchmark.Streams,
    ["spotting"] = SpottingBenchmark.Run,
    ["quiet"] = QuietBenchmark.Run,
    ["soak"] = EnduranceBenchmark.Soak,
    ["house"] = HouseBenchmark.Clients,
    ["house-endless"] = HouseBenchmark.Endless,
    ["house-churn"] = HouseBenchmark.Churn,
    ["training"] = TrainingBenchmark.Run,
    ["preparation"] = PreparationBenchmark.Run,
    ["shards"] = ShardsBenchmark.Run,
    ["threads"] = ThreadsBenchmark.Run,
    ["ranks"] = RanksBenchmark.Run,
    ["benchmarkdotnet"] = MicrobenchmarkMode.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Name one benchmark: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

run(args[1..]);
return 0;
