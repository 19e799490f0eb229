using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>Tells recordings with equal sound by the SHA-256 of their rate and samples.</summary>
internal static class SampleHash
{
    /// <summary>The hash of a sound, in hexadecimal.</summary>
    public static string Compute(AudioClip sound)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(sound.SampleRate));
        hash.AppendData(MemoryMarshal.AsBytes<float>(sound.Samples));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>
    /// Equal texts for clips of equal sound; null for those that cannot be read, and for clips in shards that nothing equals, whose sound need
    /// not be read.
    /// </summary>
    public static string?[] ComputeAll(
        IReadOnlyList<CorpusClip> clips, Func<CorpusClip, AudioClip> read, int parallelism, CancellationToken cancellationToken)
    {
        string?[] hashes = new string?[clips.Count];
        int[] loose = [.. Enumerable.Range(0, clips.Count).Where(i => clips[i].Bytes is null)];
        ClipDecoder.ForEach([.. loose.Select(i => clips[i])], read, (i, sound) => hashes[loose[i]] = Compute(sound), parallelism, strict: false, cancellationToken);
        for (int i = 0; i < hashes.Length; i++)
            if (clips[i].CopyGroup > 0) hashes[i] = $"copies {clips[i].CopyGroup}";
        return hashes;
    }
}
