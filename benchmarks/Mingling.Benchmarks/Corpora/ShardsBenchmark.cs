using System.Diagnostics;
using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Shards;
using Mingling.Corpora.Splitting;
using Mingling.MetricLearning.Sampling;
using Mingling.Training.Data;
using Mingling.Training.Recipes;

namespace Mingling.Benchmarks;

/// <summary>
/// Corpora in shards. --clips N (1,000,000): how long such a corpus takes to open, to split, and to plan an epoch of P words with K clips each,
/// the processor time of the three, and the memory for each clip; the index is real, the sound of a few clips recurs. Then the resident memory while clips are prepared for
/// training, with corpora of several sizes and room for 64 MiB of sound. --corpus DIR (optional): how fast the clips of a folder of files are
/// read, and those of its shards.
/// </summary>
internal static class ShardsBenchmark
{
    private const int ClipsPerShard = 10_000, Words = 35, Speakers = 2_000, Rate = 16_000, Sounds = 50;
    private const long Room = 64L << 20;

    private sealed record PlanRow(string Name, int Clips, double OpenSeconds, double SplitSeconds, double PlanSeconds, double CpuSeconds, double BytesPerClip, int Batches);

    private sealed record MemoryRow(string Name, int Clips, int Prepared, double ResidentMegabytes, double ClipsPerSecond);

    private sealed record LoadRow(string Name, int Clips, double ClipsPerSecond, double CpuMicrosecondsPerClip);

    public static void Run(string[] args)
    {
        int clips = Options.Number(args, "--clips", 1_000_000);
        string folder = Directory.CreateTempSubdirectory("mingling-shards-").FullName;
        try
        {
            if (Options.Text(args, "--corpus", "") is { Length: > 0 } corpus) Load(corpus, Path.Combine(folder, "packed"));
            foreach (int count in (int[])[10_000, 100_000, clips])
            {
                string path = Path.Combine(folder, $"{count}");
                Make(path, count);
                Plan(path, count);
                Directory.Delete(path, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Plan(string path, int count)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var used = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var corpus = CorpusReader.Read(path);
        double open = clock.Elapsed.TotalSeconds;
        var splits = CorpusSplitter.Split(corpus);
        double split = clock.Elapsed.TotalSeconds - open;
        var index = corpus.Classes.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => (long)pair.i);
        var sampler = new PkBatchSampler([.. splits.Train.Select(clip => index[clip.Label])], new PkBatchOptions { ClassesPerBatch = 16, ClipsPerClass = 4, Seed = 1 });
        int[] first = sampler.Next().ToArray();
        double plan = clock.Elapsed.TotalSeconds - open - split;
        double cpu = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        var files = new DecodedFiles(Rate, Room);
        var train = ClipLoader.Load(splits.Train, files, 1, true, CancellationToken.None).Clips;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        JsonLines.Write(new PlanRow("open, split, plan", count, Math.Round(open, 2), Math.Round(split, 2), Math.Round(plan, 2), Math.Round(cpu, 2), Math.Round(bytes, 1), sampler.BatchesPerEpoch));
        Prepare(train, count, first);
        GC.KeepAlive(corpus);
        GC.KeepAlive(sampler);
    }

    /// <summary>Augmentation and front end of the usual recipe over clips at random.</summary>
    private static void Prepare(IReadOnlyList<LoadedClip> train, int count, int[] batch)
    {
        var recipe = TrainingRecipe.For("tc-resnet8");
        var window = new ClipWindow(recipe.Features, recipe.WindowSeconds);
        var data = new TrainingData([.. train.Select(clip => clip.Clip.Label).Distinct()], train, [], []);
        var prepare = new AugmentedClips(data, new HeardWindow(window), recipe, new HardPlaces()).Preparation();
        float[] features = new float[window.Values];
        foreach (int clip in batch) prepare(0, clip, features);
        var random = new Random(1);
        const int prepared = 20_000;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < prepared; i++) prepare(1, random.Next(train.Count), features);
        double speed = prepared / clock.Elapsed.TotalSeconds;
        GC.Collect();
        JsonLines.Write(new MemoryRow("prepare", count, prepared, Math.Round(Environment.WorkingSet / 1e6), Math.Round(speed)));
    }

    /// <summary>All clips at 16 kHz on one thread, best of three passes in turn; the files are in the cache of the system.</summary>
    private static void Load(string path, string packed)
    {
        var files = CorpusReader.Read(path);
        CorpusPacker.Pack(files, packed, parallelism: Environment.ProcessorCount);
        var shards = CorpusReader.Read(packed);
        double[] seconds = [double.MaxValue, double.MaxValue], cpu = [double.MaxValue, double.MaxValue];
        for (int round = 0; round < 3; round++)
        {
            foreach (int side in (int[])[0, 1])
            {
                var clips = (side == 0 ? files : shards).Clips;
                var used = Environment.CpuUsage.TotalTime;
                var clock = Stopwatch.StartNew();
                foreach (var clip in clips) SoundSource.Read(clip, Rate);
                seconds[side] = Math.Min(seconds[side], clock.Elapsed.TotalSeconds);
                cpu[side] = Math.Min(cpu[side], (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            }
        }
        foreach (int side in (int[])[0, 1])
            JsonLines.Write(new LoadRow(side == 0 ? "files" : "shards", files.Clips.Count, Math.Round(files.Clips.Count / seconds[side]), Math.Round(1e6 * cpu[side] / files.Clips.Count, 1)));
    }

    /// <summary>Shards with an index of their own, whose clips share a few sounds.</summary>
    private static void Make(string folder, int clips)
    {
        string sounds = Path.Combine(folder, "sounds"), one = Path.Combine(folder, "one");
        Directory.CreateDirectory(Path.Combine(sounds, "word"));
        for (int i = 0; i < Sounds; i++)
        {
            var random = new Random(i);
            WavWriter.Write(Path.Combine(sounds, "word", $"{i}.wav"), new AudioClip([.. Enumerable.Range(0, Rate).Select(_ => (random.Next(20_000) - 10_000) / 32_768f)], Rate));
        }
        CorpusPacker.Pack(CorpusReader.Read(sounds), one);
        var packed = CorpusReader.Read(one).Clips;
        string shard = Path.Combine(one, "corpus-000000.tar");
        var shards = new List<Shard>();
        for (int first = 0; first < clips; first += ClipsPerShard)
        {
            var rows = new List<PackedClip>();
            for (int i = first; i < Math.Min(clips, first + ClipsPerShard); i++)
            {
                string word = $"word{i % Words:00}", speaker = $"{(uint)(i / Words % Speakers) * 2_654_435_761u:x8}";
                rows.Add(new PackedClip(packed[i % Sounds] with { Name = $"{word}/{speaker}_nohash_{i / Words / Speakers}.wav", Label = word, Speaker = speaker }, 1));
            }
            var file = new Shard($"corpus-{shards.Count:000000}.tar", new FileInfo(shard).Length, rows.Count);
            File.Copy(shard, Path.Combine(folder, file.Name));
            File.WriteAllBytes(Path.Combine(folder, file.IndexName), ShardIndex.Write("made", shards.Count, file.Bytes, rows));
            shards.Add(file);
        }
        new ShardSet { Id = "made", Clips = clips, Shards = shards }.Write(folder);
        Directory.Delete(sounds, recursive: true);
        Directory.Delete(one, recursive: true);
    }
}
