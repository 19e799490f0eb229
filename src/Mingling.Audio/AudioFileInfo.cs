namespace Mingling.Audio;

/// <summary>What a sound file holds, before it was mixed down and resampled.</summary>
/// <param name="SampleRate">Frames per second in the file (Hz).</param>
/// <param name="Channels">Channels in the file: 1 is mono, 2 is stereo.</param>
/// <param name="Encoding">How samples are stored: "PCM 16", "float 32", "A-law", "mu-law", "FLAC", "Opus" and the like.</param>
/// <param name="Frames">Frames that could be read (one sample of every channel each); a truncated last frame does not count.</param>
public sealed record AudioFileInfo(int SampleRate, int Channels, string Encoding, long Frames);
