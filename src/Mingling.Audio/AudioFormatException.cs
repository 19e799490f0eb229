namespace Mingling.Audio;

/// <summary>
/// The content of a sound file cannot be read. The message is one sentence that names the file, says what is wrong with it
/// and, where there is one, what would be right; it can be shown to a user as it is.
/// </summary>
public sealed class AudioFormatException : MinglingException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence that names the file and what is wrong with it.</param>
    public AudioFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">One sentence that names the file and what is wrong with it.</param>
    /// <param name="innerException">What made the content unreadable.</param>
    public AudioFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception whose message other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public AudioFormatException(Remark remark)
        : base(remark)
    {
    }

    /// <summary>The codec of a WAV file that libsndfile may be able to read, as in a sentence "x is WAV with MS ADPCM"; null where there is none.</summary>
    internal string? WavCodec { get; init; }
}
