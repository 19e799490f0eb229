using System.Buffers.Binary;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingling.Corpora.Shards;

/// <summary>
/// Packs a corpus into shards: tar files as WebDataset has them, each sound file as it is (<c>000000017.wav</c>) beside a JSON file that tells
/// its word (<c>000000017.json</c>), and an index beside each tar file by which clips are read in any order. A corpus read from shards has the
/// same clips with the same names, words, speakers and splits, so that a training gives the same bytes.
/// </summary>
public static class CorpusPacker
{
    /// <summary>The default of <c>shardBytes</c>: 256 MiB.</summary>
    public const long DefaultShardBytes = 256L << 20;

    private const int Block = 512;
    private const ulong OrderSeed = 1;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Packs the clips, other clips and noise of a corpus.</summary>
    /// <param name="corpus">The corpus. Every clip is decoded once; what cannot be read is left out and named.</param>
    /// <param name="folder">The folder for the shards, made where it does not exist; it must be empty, or hold what a packing has left that did not end.</param>
    /// <param name="shardBytes">How long a shard becomes before the next one begins. Range: at least 1 MiB.</param>
    /// <param name="parallelism">Threads that decode. Range: at least 1.</param>
    /// <param name="strict">Whether a clip that cannot be read throws.</param>
    /// <param name="cancellation">Ends the work; the folder then holds nothing that is finished.</param>
    /// <exception cref="CorpusException">No clip can be read, the folder is not empty, or a clip cannot be read and <paramref name="strict"/> is set.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static PackReport Pack(
        Corpus corpus, string folder, long shardBytes = DefaultShardBytes, int parallelism = 1, bool strict = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(shardBytes, 1L << 20);
        using var packing = PackingFolder.Begin(folder);
        CorpusClip[] clips = [.. corpus.Clips.Concat(corpus.OtherClips).Concat(corpus.Noise)];
        var (seconds, groups, problems) = Listen(clips, parallelism, strict, cancellation);
        // A file with several excerpts is packed once.
        int[][] files = [.. Enumerable.Range(0, clips.Length).Where(i => seconds[i] > 0).GroupBy(i => SoundSource.Key(clips[i])).Select(file => file.ToArray())];
        if (files.Length == 0) throw new CorpusException($"None of the {clips.Length} recordings of '{corpus.Root}' can be read{(problems.Count > 0 ? $"; the first: {problems[0]}" : ".")}");
        string id = Identity(clips.Where((_, i) => seconds[i] > 0));
        // In random order, so that a reader of whole shards hears all words in each; noise last and in its own order, which a training draws from.
        int spoken = files.Count(file => clips[file[0]].Label != CorpusClip.NoiseLabel);
        int[] order = [.. SeededRandom.Permutation(spoken, OrderSeed), .. Enumerable.Range(spoken, files.Length - spoken)];
        var shards = new List<Shard>();
        for (int next = 0; next < order.Length;)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"corpus-{shards.Count:000000}.tar");
            var packed = new List<PackedClip>();
            long bytes = 0;
            OutputFile.Write(Path.Combine(folder, name), stream => bytes = WriteShard(stream, shardBytes, ref next));
            var shard = new Shard(name, bytes, packed.Count);
            OutputFile.Write(Path.Combine(folder, shard.IndexName), stream => stream.Write(ShardIndex.Write(id, shards.Count, bytes, packed)));
            shards.Add(shard);

            long WriteShard(Stream stream, long most, ref int next)
            {
                using var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
                do
                {
                    cancellation.ThrowIfCancellationRequested();
                    int[] file = files[order[next]];
                    byte[] sound = SoundSource.ReadBytes(clips[file[0]]);
                    string key = string.Create(CultureInfo.InvariantCulture, $"{next:000000000}");
                    var place = new ShardBytes(stream.Position + Block, sound.Length, SoundSource.Checksum(sound));
                    Add(tar, key + Path.GetExtension(clips[file[0]].Name).ToLowerInvariant(), sound);
                    Add(tar, key + ".json", Describe([.. file.Select(i => (clips[i], seconds[i]))]));
                    packed.AddRange(file.Select(i => new PackedClip(clips[i] with { Bytes = place, CopyGroup = groups[i] }, seconds[i])));
                    next++;
                }
                while (next < order.Length && stream.Position < most);
                tar.Dispose();
                return stream.Position;
            }
        }
        var set = new ShardSet { Id = id, Clips = files.Sum(file => (long)file.Length), Shards = shards };
        set.Write(folder);
        packing.Finish();
        return new PackReport(set.Clips, shards.Count, shards.Sum(shard => shard.Bytes), seconds.Sum() / 3600, [.. corpus.Problems, .. problems]);
    }

    /// <summary>The length of each clip, 0 where it cannot be read, and a number for those of equal sound.</summary>
    private static (double[] Seconds, int[] Groups, IReadOnlyList<CorpusProblem> Problems) Listen(
        CorpusClip[] clips, int parallelism, bool strict, CancellationToken cancellation)
    {
        double[] seconds = new double[clips.Length];
        var hashes = new UInt128[clips.Length];
        var problems = ClipDecoder.ForEach(clips, SoundSource.Read, (i, sound) =>
        {
            hashes[i] = BinaryPrimitives.ReadUInt128BigEndian(Convert.FromHexString(SampleHash.Compute(sound)));
            seconds[i] = sound.Duration.TotalSeconds;
        }, parallelism, strict, cancellation);
        int[] groups = new int[clips.Length];
        int next = 0;
        foreach (var same in Enumerable.Range(0, clips.Length).Where(i => seconds[i] > 0).GroupBy(i => hashes[i]).Where(same => same.Skip(1).Any()))
        {
            next++;
            foreach (int i in same) groups[i] = next;
        }
        return (seconds, groups, problems);
    }

    private static string Identity(IEnumerable<CorpusClip> clips)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var clip in clips) hash.AppendData(Encoding.UTF8.GetBytes($"{clip.Name}\n{clip.Label}\n{clip.Speaker}\n{clip.Split}\n{clip.StartSeconds}\n{clip.EndSeconds}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content, writable: false),
        ModificationTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
    });

    /// <summary>What readers of whole shards need: of a file with one clip its word, of one with several a list of them.</summary>
    private static byte[] Describe((CorpusClip Clip, double Seconds)[] clips) => JsonSerializer.SerializeToUtf8Bytes<object>(
        clips.Length == 1 ? Row(clips[0].Clip, clips[0].Seconds) : new { clips = clips.Select(clip => Row(clip.Clip, clip.Seconds)) }, Json);

    private static object Row(CorpusClip clip, double seconds) => new
    {
        name = clip.Name,
        label = clip.Label,
        speaker = clip.Speaker,
        split = clip.Split?.ToString().ToLowerInvariant(),
        seconds,
        start = clip.StartSeconds,
        end = clip.EndSeconds,
        synthetic = clip.Synthetic,
    };
}

/// <summary>What was packed.</summary>
/// <param name="Clips">The clips, noise among them.</param>
/// <param name="Shards">The shards.</param>
/// <param name="Bytes">The bytes of all shards.</param>
/// <param name="Hours">How long the clips are together.</param>
/// <param name="Problems">What was left out.</param>
public sealed record PackReport(long Clips, int Shards, long Bytes, double Hours, IReadOnlyList<CorpusProblem> Problems);
