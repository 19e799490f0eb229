// Commands as they are said, in a recording or from 16-bit samples on the standard input:
//   SpotStream MODEL.onnx evening.wav
//   arecord -f S16_LE -r 16000 -c 1 | SpotStream MODEL.onnx 16000
using System.Globalization;
using System.Runtime.InteropServices;
using Mingling;
using Mingling.Audio;
using Mingling.Recognition;

if (args.Length != 2)
{
    Console.Error.WriteLine("SpotStream MODEL.onnx (FILE | RATE < samples)");
    return 2;
}

try
{
    using var recognizer = Recognizer.Load(args[0]);
    bool isPipe = int.TryParse(args[1], CultureInfo.InvariantCulture, out int rate);
    var recording = isPipe ? null : AudioFile.Read(args[1]);
    using var spotter = recognizer.OpenStream(recording?.SampleRate ?? rate);
    foreach (float[] piece in recording is null ? Samples() : recording.Samples.Chunk(1024))
    {
        spotter.Push(piece);
        Report();
    }
    spotter.Complete();
    Report();
    return 0;

    void Report()
    {
        while (spotter.TryRead(out var heard)) Console.WriteLine($"{heard.Time:0.00} s\t{heard.Word}\t{heard.Score:0.000}");
    }
}
catch (Exception e) when (e is MinglingException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static IEnumerable<float[]> Samples()
{
    using var input = Console.OpenStandardInput();
    var bytes = new byte[2048];
    for (int count; (count = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 1;)
    {
        var samples = new float[count / 2];
        for (int i = 0; i < samples.Length; i++) samples[i] = MemoryMarshal.Cast<byte, short>(bytes)[i] / 32768f;
        yield return samples;
    }
}
