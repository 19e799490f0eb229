using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mingling.Audio;

namespace Mingling.Base;

/// <summary>
/// eSpeak NG within this process: starting its program for each of a hundred thousand clips takes ten times as long as speaking them.
/// The library has one state for the whole process, so this is for one thread.
/// </summary>
internal static unsafe partial class EspeakLibrary
{
    private const string Library = "libespeak-ng.so.1";
    private const int Synchronous = 2, Utf8 = 1;
    private const int Rate = 1, Volume = 2, Pitch = 3;
    private static readonly List<short> Said = [];
    private static int _sampleRate;

    /// <summary>Says a text.</summary>
    /// <param name="voice">A voice with its variant, such as <c>en-us+f3</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="speed">Words a minute, 80 to 450.</param>
    /// <param name="pitch">0 to 99.</param>
    /// <param name="amplitude">0 to 200.</param>
    public static AudioClip Speak(string voice, string text, int speed, int pitch, int amplitude)
    {
        if (_sampleRate == 0)
        {
            _sampleRate = espeak_Initialize(Synchronous, 0, null, 0);
            if (_sampleRate <= 0) throw new InvalidOperationException("eSpeak NG could not be started; is its data installed?");
            espeak_SetSynthCallback(&Take);
        }
        if (espeak_SetVoiceByName(voice) != 0) throw new InvalidOperationException($"eSpeak NG has no voice '{voice}'.");
        if (espeak_SetParameter(Rate, speed, 0) + espeak_SetParameter(Pitch, pitch, 0) + espeak_SetParameter(Volume, amplitude, 0) != 0)
            throw new InvalidOperationException($"eSpeak NG takes no speed {speed}, pitch {pitch} or amplitude {amplitude}.");
        Said.Clear();
        nuint size = (nuint)System.Text.Encoding.UTF8.GetByteCount(text) + 1;
        if (espeak_Synth(text, size, 0, 1, 0, Utf8, null, null) + espeak_Synchronize() != 0) throw new InvalidOperationException($"eSpeak NG could not say '{text}'.");
        return new AudioClip([.. Said.Select(sample => sample / 32768f)], _sampleRate);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Take(short* samples, int count, void* events)
    {
        if (samples is not null) Said.AddRange(new ReadOnlySpan<short>(samples, count));
        return 0;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int espeak_Initialize(int output, int bufferLength, string? path, int options);

    [LibraryImport(Library)]
    private static partial void espeak_SetSynthCallback(delegate* unmanaged[Cdecl]<short*, int, void*, int> callback);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int espeak_SetVoiceByName(string name);

    [LibraryImport(Library)]
    private static partial int espeak_SetParameter(int parameter, int value, int relative);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int espeak_Synth(string text, nuint size, uint position, int positionType, uint end, uint flags, uint* identifier, void* data);

    [LibraryImport(Library)]
    private static partial int espeak_Synchronize();
}
