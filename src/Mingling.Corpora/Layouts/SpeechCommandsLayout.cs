using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Mingling.Corpora.Layouts;

/// <summary>
/// Google Speech Commands (Warden 2018): a folder per class, names such as <c>bb05582b_nohash_3.wav</c> whose first part is the
/// speaker, noise in <c>_background_noise_</c>.
/// </summary>
internal static class SpeechCommandsLayout
{
    private const string Mark = "_nohash_";
    private const int Buckets = 1 << 27;
    private const double ValidationPercent = 10;
    private const double TestPercent = 10;

    /// <summary>Whether most files bear the mark <c>_nohash_</c>.</summary>
    public static bool Fits(SoundFolder folder)
    {
        var inClasses = folder.Files.Where(file => file.Name.Contains('/') && !IsNoise(file)).ToList();
        return inClasses.Count > 0 && inClasses.Count(file => file.FileName.Contains(Mark, StringComparison.Ordinal)) * 2 > inClasses.Count;
    }

    /// <summary>Adds the files of all classes; their splits come from the hash unless lists or folders say them.</summary>
    public static void Read(SoundFolder folder, bool hashSplits, CorpusDraft draft)
    {
        var splits = SplitFolders.Of(folder);
        hashSplits &= !splits.HasAny;
        foreach (var file in folder.Files)
        {
            var (folders, split) = splits.Read(file);
            if (folders.Length == 0)
                draft.Skip(file.Name, new Remark("problem.outside", "lies outside the class folders, so that its class is unknown"));
            else
                draft.Add(file, folders[0], Speaker(file.FileName), hashSplits ? SplitOf(file.FileName) : split);
        }
    }

    /// <summary>
    /// The split of a file by the corpus' rule: the SHA-1 of the name up to <c>_nohash_</c>, as an integer modulo 2^27, times
    /// 100 / (2^27 − 1), is below 10 for validation and below 20 for test. All clips of a speaker share it.
    /// </summary>
    [SuppressMessage("Security", "CA5350", Justification = "The corpus defines its splits by SHA-1; nothing is kept secret with it.")]
    public static Split SplitOf(string fileName)
    {
        byte[] hash = SHA1.HashData(Encoding.UTF8.GetBytes(Speaker(fileName) ?? fileName));
        uint bucket = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash.Length - 4)) % Buckets;
        double percent = bucket * (100.0 / (Buckets - 1));
        return percent < ValidationPercent ? Split.Validation
            : percent < ValidationPercent + TestPercent ? Split.Test
            : Split.Train;
    }

    private static string? Speaker(string fileName)
    {
        int end = fileName.IndexOf(Mark, StringComparison.Ordinal);
        return end < 0 ? null : fileName[..end];
    }

    private static bool IsNoise(SoundFile file) => file.Name.StartsWith(CorpusClip.NoiseLabel + '/', StringComparison.Ordinal);
}
