namespace Mingling.Audio;

/// <summary>A mono recording: samples in −1…1 and their rate in hertz.</summary>
public sealed record AudioClip(float[] Samples, int SampleRate);
