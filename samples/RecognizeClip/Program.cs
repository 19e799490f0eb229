// Which word is in each sound file: RecognizeClip MODEL.onnx FILE…
using Mingling;
using Mingling.Audio;
using Mingling.Recognition;

if (args.Length < 2)
{
    Console.Error.WriteLine("RecognizeClip MODEL.onnx FILE…");
    return 2;
}

try
{
    using var recognizer = Recognizer.Load(args[0]);
    foreach (string file in args[1..])
    {
        RecognizedClip clip = recognizer.Recognize(AudioFile.Read(file, recognizer.SampleRate));
        Console.WriteLine($"{file}\t{clip.Word ?? "–"}\t{clip.Score:0.000}");
    }
    return 0;
}
catch (Exception e) when (e is MinglingException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
