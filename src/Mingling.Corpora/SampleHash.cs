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

    /// <summary>The hashes of clips; null for those that cannot be read.</summary>
    public static string?[] ComputeAll(
        IReadOnlyList<CorpusClip> clips, Func<string, AudioClip> read, int parallelism, CancellationToken cancellationToken)
    {
        string?[] hashes = new string?[clips.Count];
        ClipDecoder.ForEach(clips, read, (i, sound) => hashes[i] = Compute(sound), parallelism, strict: false, cancellationToken);
        return hashes;
    }
}
